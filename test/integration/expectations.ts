/** What every recorded run is held to: who did what, in order, where it is written, signed how, and with what outcome. */
import { expect, test } from 'vitest'
import type { Recorded } from './recorded.ts'
import { causesOf, operationsOf, recordedSteps } from './shown.ts'

export interface Issuance {
  /** A nonce is fetched before each request, and not named among the operations. */
  readonly isNonceEach?: boolean
  /** Of the certificate, and of its order. */
  readonly names: readonly string[]
  readonly challenge: 'http-01' | 'dns-01' | 'tls-alpn-01'
  readonly operations: Operations
}

/**
 * In order, a run of the same one counted once. One that ends in `?` may be missing: Pebble validates while it answers, and
 * now and then its first answer tells the outcome already, so that the client need not ask again.
 */
export type Operations = readonly string[]

/** A run that works: a certificate, and nothing to say about it. */
export function itIssues(run: () => Recorded, { names, challenge, operations, isNonceEach = false }: Issuance): void {
  test('the client ends well, and acmescope with it', () => {
    expect(run().outcome, printed(run())).toMatchObject({ code: 0 })
  })
  const itReads = isNonceEach ? itIsReadBesideNonces : itIsRead
  itReads(run, operations)
  test('the order is valid, and every name is proven by the challenge it was meant to be', () => {
    const { orders } = run().shown
    expect(orders.map(({ status }) => status)).toEqual(['valid'])
    const proven = orders.flatMap(({ authorizations }) => authorizations.map((one) => one.challenge))
    expect(proven).toEqual(names.map(() => expect.objectContaining({ type: challenge, status: 'valid' })))
  })
  test('the certificate holds the names', () => {
    const sans = run().shown.certificates.map(({ sans }) => sans.map(nameOf).toSorted())
    expect(sans).toContainEqual(names.toSorted())
  })
  itFindsNothing(run)
}

export interface Failure {
  /** A nonce is fetched before each request, and not named among the operations. */
  readonly isNonceEach?: boolean
  readonly operations: Operations
  /** All errors that follow from no other, the first first. */
  readonly causes: readonly string[]
  /** The client's own exit code. */
  readonly code: number
}

/** A run that ends badly. */
export function itFails(run: () => Recorded, { operations, causes, code, isNonceEach = false }: Failure): void {
  test("acmescope ends with the client's own exit code", () => {
    expect(run().outcome, printed(run())).toMatchObject({ code })
  })
  const itReads = isNonceEach ? itIsReadBesideNonces : itIsRead
  itReads(run, operations)
  test(`what it comes from is ${causes.join(', ')}`, () => {
    expect(causesOf(run().shown)).toEqual(causes)
    expect(run().shown.findings[0]).toMatchObject({ id: causes[0], severity: 'error', consequenceOf: null })
  })
  test('check says the same, and ends with 1', () => {
    expect(run().checked).toEqual({ code: 1, findings: run().shown.findings })
  })
}

export function itFindsNothing(run: () => Recorded): void {
  test('nothing is found wrong', () => {
    expect(run().shown.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(run().checked).toEqual({ code: 0, findings: run().shown.findings })
  })
}

/** Every step is known for what it is, in this order. */
export function itIsRead(run: () => Recorded, operations: Operations): void {
  test('the steps come in order', () => {
    const seen = operationsOf(run().shown)
    expect(seen).toEqual(asSeen(operations, seen))
  })
  itIsCitedAndVerified(run)
}

/** For clients that fetch a nonce before every request that they sign: what they do beside that, in order. */
export function itIsReadBesideNonces(run: () => Recorded, operations: Operations): void {
  const beside = ({ shown }: Recorded) => operationsOf({ ...shown, steps: shown.steps.filter(isNoNonce) })
  test('the steps come in order', () => {
    expect(beside(run())).toEqual(asSeen(operations, beside(run())))
  })
  test('a nonce is fetched before each of them', () => {
    const steps = recordedSteps(run().shown)
    const before = steps.flatMap(({ jws }, index) => (jws === null ? [] : steps[index - 1]?.operation))
    expect(before).toEqual(before.map(() => 'newNonce'))
  })
  itIsCitedAndVerified(run)
}

const isNoNonce = ({ operation }: { readonly operation: string }): boolean => operation !== 'newNonce'

/** The expected operations, without those that may be missing and are. */
function asSeen(expected: Operations, seen: readonly string[]): readonly string[] {
  const resolved: string[] = []
  for (const operation of expected) {
    const name = operation.replace(/\?$/, '')
    if (name === operation || seen[resolved.length] === name) resolved.push(name)
  }
  return resolved
}

/** Each step has the badge of its operation, and each signature verifies, whatever their order. */
export function itIsCitedAndVerified(run: () => Recorded): void {
  test('every step says where it is written', () => {
    const shown = recordedSteps(run().shown).map(({ operation, references: [badge] }) => ({
      operation,
      badge: badge && `${badge.document} §${badge.section}`,
    }))
    expect(shown).toEqual(shown.map(({ operation }) => ({ operation, badge: badges.get(operation) })))
  })
  test('every signature verifies', () => {
    const signed = recordedSteps(run().shown).filter(({ to, method }) => to.startsWith('ca') && method === 'POST')
    expect(signed.map(({ jws }) => jws?.signature)).toEqual(signed.map(() => 'valid'))
  })
}

/** Stated here again on purpose: the operations and where RFC 8555 defines them. */
const badges = new Map([
  ['directory', 'RFC 8555 §7.1.1'],
  ['newNonce', 'RFC 8555 §7.2'],
  ['newAccount', 'RFC 8555 §7.3'],
  ['account', 'RFC 8555 §7.3.2'],
  ['ordersList', 'RFC 8555 §7.1.2.1'],
  ['keyChange', 'RFC 8555 §7.3.5'],
  ['newOrder', 'RFC 8555 §7.4'],
  ['order', 'RFC 8555 §7.1.3'],
  ['finalize', 'RFC 8555 §7.4'],
  ['authorization', 'RFC 8555 §7.5'],
  ['challenge', 'RFC 8555 §7.5.1'],
  ['certificate', 'RFC 8555 §7.4.2'],
  ['revokeCert', 'RFC 8555 §7.6'],
  ['dns.findZone', 'RFC 8555 §8.4'],
  ['dns.listRecords', 'RFC 8555 §8.4'],
  ['dns.createRecord', 'RFC 8555 §8.4'],
  ['dns.deleteRecord', 'RFC 8555 §8.4'],
  ['validation.http-01', 'RFC 8555 §8.3'],
])

const printed = ({ outcome }: Recorded): string => outcome.stdout + outcome.stderr

const nameOf = (san: unknown) => (typeof san === 'string' ? san : String(Object(san).value))
