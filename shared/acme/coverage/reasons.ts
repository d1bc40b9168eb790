/** Why a step of an operation exercised a section, in a few words: by the row that says so. */
import { grouped } from '../grouped.ts'
import type { Operation } from '../model.ts'
import { operationRow, rowsOf } from '../registry/registry.ts'
import type { Citation, RowTrait, Trait } from '../specs/row.ts'

const TRAITS: Readonly<Record<Exclude<Trait, RowTrait>, string>> = {
  signed: 'Is signed',
  postAsGet: 'Reads by a signed POST with an empty payload',
  plainGet: 'Reads by a plain GET',
  problem: 'Is answered with a problem document',
  subproblems: 'Is answered with a problem that holds others',
  polling: 'Asks again while the CA is at it',
  onlyReturnExisting: 'Looks for the account of a key',
  existingAccount: 'Looks for the account of a key',
  externalAccountBinding: 'Binds the account to one the CA knows',
  terms: 'Agrees to the terms',
  deactivation: 'Sets the status to deactivated',
  cancellation: 'Sets the status to canceled',
  csr: 'Sends a CSR',
  token: 'Rests on a token and the thumbprint of the account key',
  revocationReason: 'Gives a reason',
  shortTermCertificate: 'Fetches a certificate that its CA renews',
}

interface Reason {
  readonly operation: Operation | null
  readonly cite: Citation
  readonly words: string
}

/** What an operation is cited for goes first, then what was true of a step, then what every such step shows. */
const reasons: readonly Reason[] = [
  ...rowsOf('operations').flatMap(({ operation, cites, purpose }) =>
    cites.map((cite) => ({ operation, cite, words: purpose })),
  ),
  ...rowsOf('traits').flatMap(({ operation, trait, cite }) =>
    trait in TRAITS ? [{ operation, cite, words: TRAITS[trait as keyof typeof TRAITS] }] : [],
  ),
  ...rowsOf('challenges').map(({ type, cite }) => ({
    operation: 'challenge' as const,
    cite,
    words: `Answers a challenge ${type}`,
  })),
  ...rowsOf('problems').map(({ type, cite }) => ({ operation: null, cite, words: `Is answered with ${type}` })),
  ...rowsOf('exercises').map(({ why, cite }) => ({ operation: null, cite, words: why })),
  ...rowsOf('fields').map(({ field, cite }) => ({ operation: null, cite, words: `Shows ${field}` })),
  ...rowsOf('identifiers').map(({ type, cite }) => ({
    operation: null,
    cite,
    words: `Names an identifier of type ${type}`,
  })),
]

const byCite = grouped(reasons, ({ cite }) => cite)

/** @returns the beginning of a sentence about the step; for a step nobody names, what its operation is for */
export function reasonOf(operation: Operation, cite: Citation): string {
  const fitting = (byCite.get(cite) ?? []).find((one) => one.operation === operation || one.operation === null)
  return fitting?.words ?? operationRow(operation)?.purpose ?? 'Something else at the CA'
}
