/**
 * How did it end? A finding about something that failed is an error where it ended badly, and a remark where the same
 * thing succeeded later. What succeeded is remembered by what it was about, with the last time it did.
 */
import type { Severity } from '../../finding.ts'
import { hostOf } from '../fold/lanes.ts'
import { payloadObject } from '../fold/traits.ts'
import { listField } from '../json.ts'
import { caLabel } from '../known/cas.ts'
import type { Analysis, Step } from '../model.ts'
import { readIdentifier } from '../problem.ts'
import { bare } from '../proof/proof.ts'

/** What may succeed. Two findings about the same thing have the same subjects. */
export const subjects = {
  /** A certificate for the name. @param ca URL of the directory, or host of the CA */
  certificate: (ca: string, name: string): string => `certificate ${ca} ${name.toLowerCase()}`,
  /** A proof that the name is the client's. */
  proof: (ca: string, name: string): string => `proof ${ca} ${name.toLowerCase()}`,
  /** A certificate for the name from any CA whose certificates are good for something. */
  served: (name: string): string => `served ${name.toLowerCase()}`,
  object: (url: string): string => `object ${url}`,
  host: (host: string): string => `host ${host}`,
  /** An account that this CA gave or accepted. */
  account: (host: string, url: string): string => `account ${host} ${url}`,
  /** Any certificate for this client. */
  client: (lane: string): string => `client ${lane}`,
  request: (step: Step): string => `request ${step.from} ${step.operation} ${step.url} ${particulars(step)}`,
  /** The same at a DNS provider: its zones and records have new ids each time. */
  dns: ({ from, to, operation, changes, dns }: Step): string =>
    `dns ${from} ${to} ${operation} ${bare(changes[0]?.name ?? dns?.zone?.name ?? '')}`,
}

/** Of several requests to one URL, which ones ask for the same. */
function particulars({ operation, decoded }: Step): string {
  if (operation === 'newOrder') return namesOf(decoded).toSorted().join(' ')
  if (operation !== 'revokeCert') return ''
  const certificate = payloadObject(decoded)?.certificate
  return typeof certificate === 'string' ? certificate : ''
}

/** The names a new order asks for. */
export const namesOf = (decoded: Step['decoded']): readonly string[] =>
  listField(payloadObject(decoded), 'identifiers').flatMap((one) => readIdentifier(one)?.value.toLowerCase() ?? [])

export interface Outcomes {
  /** Whether one of the groups succeeded whole after this sequence number. */
  readonly healed: (sequence: number, groups: readonly (readonly string[])[]) => boolean
  /** Whether this ever succeeded. */
  readonly ever: (subject: string) => boolean
}

interface Known {
  readonly analysis: Analysis
  readonly stepOf: (exchange: string) => Step | undefined
  readonly caOf: (url: string) => string
}

export function readOutcomes(known: Known): Outcomes {
  const last = new Map<string, number>()
  const note = (subject: string, at: number): unknown => last.set(subject, Math.max(at, last.get(subject) ?? 0))
  for (const step of known.analysis.steps) {
    if (step.decoded.head.response) note(subjects.host(hostOf(step.url)), step.sequence)
    if (!isGood(step)) continue
    note(subjects.request(step), step.sequence)
    if (step.account !== null) note(subjects.account(hostOf(step.url), step.account), step.sequence)
    if (step.dns) note(subjects.dns(step), step.sequence)
  }
  noteObjects(known, note)
  const isLater = (subject: string, sequence: number): boolean => (last.get(subject) ?? 0) > sequence
  return {
    healed: (sequence, groups) =>
      groups.some((group) => group.length > 0 && group.every((subject) => isLater(subject, sequence))),
    ever: (subject) => last.has(subject),
  }
}

function noteObjects({ analysis, stepOf, caOf }: Known, note: (subject: string, at: number) => unknown): void {
  const { orders, authorizations, challenges } = analysis
  for (const { url, history, identifiers, client } of orders.values()) {
    const at = stepOf(validIn(history) ?? '')?.sequence
    if (at === undefined) continue
    note(subjects.object(url), at)
    note(subjects.client(client), at)
    const isTest = IS_TEST_CA.test(caLabel(hostOf(url)))
    for (const { value } of identifiers) {
      note(subjects.certificate(caOf(url), value), at)
      if (!isTest) note(subjects.served(value), at)
      note(subjects.proof(caOf(url), value), at)
    }
  }
  for (const { url, history, identifier, wildcard } of authorizations.values()) {
    const at = stepOf(validIn(history) ?? '')?.sequence
    if (at === undefined || !identifier) continue
    note(subjects.object(url), at)
    note(subjects.proof(caOf(url), wildcard ? `*.${identifier.value}` : identifier.value), at)
  }
  for (const { url, history } of challenges.values()) {
    const at = stepOf(validIn(history) ?? '')?.sequence
    if (at !== undefined) note(subjects.object(url), at)
  }
}

/** Its certificates replace nobody's. */
const IS_TEST_CA = /\b(staging|test)\b/i

/** The exchange that first showed it valid. */
const validIn = (history: readonly { readonly status: string; readonly exchange: string }[]): string | undefined =>
  history.find(({ status }) => status === 'valid')?.exchange

const isGood = ({ status, problem, dns }: Step): boolean =>
  status !== null && status < 400 && problem === null && (dns?.accepted ?? true)

/** The one rule of this page. */
export const severityAfter = (
  outcomes: Outcomes,
  sequence: number,
  groups: readonly (readonly string[])[],
): Severity => (outcomes.healed(sequence, groups) ? 'info' : 'error')
