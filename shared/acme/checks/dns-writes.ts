/** What was written for a name, and whether it was what its challenge wants (RFC 8555 §8.4): the facts behind the dns.* checks. */

import { placeOf } from '../fold/sequence.ts'
import type { Challenge, DnsChange, Step } from '../model.ts'
import { bare } from '../proof/proof.ts'
import type { Evidence } from './evidence.ts'

/** A change, and where it stands in the recording. */
export interface Write {
  readonly change: DnsChange
  readonly step: Step
}

export interface Writes {
  /** What was accepted, by the name that is proven, in order. */
  readonly byName: ReadonlyMap<string, readonly Write[]>
  /** The same by the challenge they belong to. */
  readonly byChallenge: ReadonlyMap<string, readonly Write[]>
  /** What took a record away, by what it is known by. */
  readonly deleted: ReadonlyMap<string, readonly Write[]>
  /** Deletions that were refused, likewise. */
  readonly kept: ReadonlyMap<string, readonly Write[]>
}

/** `mismatch` is proof; `unknown` cannot be told, for values were cut or the key is not known. Null: no API was seen. */
export type Verdict = 'written' | 'mismatch' | 'never-written' | 'unknown' | null

export interface Judged {
  readonly verdict: Verdict
  /** The writes it is about: right ones, wrong ones, or those nobody can judge. */
  readonly writes: readonly Write[]
}

/** A record is known by its id, or by its name and value where the API has no ids. */
function keysOf({ provider, recordId, name, value }: DnsChange): readonly string[] {
  const id = recordId === null ? [] : [`${provider} # ${recordId}`]
  return name === null || value === null ? id : [...id, `${provider} ${bare(name)} ${value}`]
}

export function readWrites(changes: readonly DnsChange[], stepOf: Evidence['stepOf']): Writes {
  const map = () => new Map<string, Write[]>()
  const [byName, byChallenge, deleted, kept] = [map(), map(), map(), map()]
  for (const change of changes) {
    const step = stepOf(change.exchange)
    if (!step || (change.type !== null && change.type !== 'TXT')) continue
    const write = { change, step }
    if (change.action === 'delete') for (const key of keysOf(change)) put(change.accepted ? deleted : kept, key, write)
    if (change.action === 'delete' || !change.accepted) continue
    if (change.name !== null) put(byName, bare(change.name), write)
    for (const { challenge } of change.matches) put(byChallenge, challenge, write)
  }
  return { byName, byChallenge, deleted, kept }
}

function put(map: Map<string, Write[]>, key: string, write: Write): void {
  const list = map.get(key)
  if (list) list.push(write)
  else map.set(key, [write])
}

/** What took a record away again after it was written. */
export const takenBack = ({ deleted }: Writes, write: Write): Write | undefined => after(deleted, write)

/** What was to take it away, and was refused. */
export const keptBy = ({ kept }: Writes, write: Write): Write | undefined => after(kept, write)

function after(map: Writes['deleted'], { change, step }: Write): Write | undefined {
  for (const key of keysOf(change)) {
    const writes = map.get(key) ?? []
    const next = writes[placeOf(writes, step.sequence, sequenceOf)]
    if (next) return next
  }
  return undefined
}

const sequenceOf = ({ step }: Write): number => step.sequence

/** More writes of one name than any client makes for one challenge. */
const MOST_WRITES = 100

/** Whether the value of a challenge was written since its authorization was known. */
export function judgeWrites(evidence: Evidence, challenge: Challenge): Judged {
  const { proof } = challenge
  if (proof?.kind !== 'txt' && proof?.kind !== 'persistent-txt') return { verdict: null, writes: [] }
  const { writes } = evidence
  const tied = (writes.byChallenge.get(challenge.url) ?? []).slice(-MOST_WRITES)
  const judged = (matches: boolean | null) => tied.filter(({ change }) => verdictOn(change, challenge.url) === matches)
  const [right, unjudged] = [judged(true), judged(null)]
  if (right.length) return { verdict: 'written', writes: right }
  // A lasting record may stand since before the recording, and beside others: what is wrong with it cannot be proven.
  if (proof.kind === 'persistent-txt') return { verdict: null, writes: tied }
  if (unjudged.length) return { verdict: 'unknown', writes: unjudged }
  const named = since(writes.byName.get(bare(proof.name)) ?? [], firstSeen(evidence, challenge))
  if (proof.value === null && named.length) return { verdict: 'unknown', writes: named }
  const wrong = named.filter((write) => !isForAnother(evidence, write, challenge))
  if (wrong.length) return { verdict: 'mismatch', writes: wrong }
  return { verdict: proof.value !== null && hasSeenApi(evidence, challenge) ? 'never-written' : null, writes: [] }
}

const verdictOn = ({ matches }: DnsChange, challenge: string): boolean | null | undefined =>
  matches.find((match) => match.challenge === challenge)?.matches

function since(writes: readonly Write[], sequence: number): readonly Write[] {
  const from = placeOf(writes, sequence, sequenceOf)
  return writes.slice(from, from + MOST_WRITES)
}

const firstSeen = ({ stepOf }: Evidence, { exchanges }: Challenge): number => stepOf(exchanges[0] ?? '')?.sequence ?? 0

/**
 * Several challenges may share a name, each with a value of its own: those of the apex and its wildcard (§8.4), or of
 * another order. One that nobody answered after its value was written is no such: the value may be an old one.
 */
function isForAnother({ analysis, stepOf }: Evidence, { change, step }: Write, challenge: Challenge): boolean {
  const ordersOf = (authorization: string | null): readonly string[] =>
    analysis.authorizations.get(authorization ?? '')?.orders.slice(-MOST_ORDERS) ?? []
  const orders = ordersOf(challenge.authorization)
  return change.matches.some(({ matches, challenge: url, authorization }) => {
    if (matches !== true) return false
    const answered = stepOf(analysis.challenges.get(url)?.answeredBy ?? '')
    const isSibling = ordersOf(authorization).some((order) => orders.includes(order))
    return isSibling || (answered?.sequence ?? 0) > step.sequence
  })
}

/** That one authorization serves at the same time. */
const MOST_ORDERS = 8

/** Whether the client spoke to a DNS provider after it knew of the challenge. */
function hasSeenApi(evidence: Evidence, challenge: Challenge): boolean {
  const order = evidence.analysis.orders.get(orderOf(evidence, challenge) ?? '')
  const asked = evidence.dnsStepsOf(order?.client ?? '')
  return (asked.at(-1)?.sequence ?? 0) > firstSeen(evidence, challenge)
}

const orderOf = ({ analysis }: Evidence, { authorization }: Challenge): string | undefined =>
  analysis.authorizations.get(authorization ?? '')?.orders[0]
