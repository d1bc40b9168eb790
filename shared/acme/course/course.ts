/**
 * The course of one object through the statuses of its machine (RFC 8555 §7.1.6): what was seen and when, what must have
 * been passed through unseen, and what no document allows. Of certificates, which have no status, the same is computed
 * from what happened to them.
 */
import { leafOf } from '../../x509/leaf.ts'
import { answeredAt } from '../fold/objects.ts'
import type { Analysis, IssuedCertificate, JsonObject, Problem, StatusSeen, Step } from '../model.ts'
import { isReachable, statusRow, transitionsOf } from '../registry/registry.ts'
import { stepsOf } from './answers.ts'
import { type Found, objectAt } from './found.ts'
import { type Jump, jumpOf } from './jumps.ts'
import { between, firstStatus, type Machine, type MachineKind, machineFor } from './machine.ts'
import { revocationsIn } from './revocations.ts'
import { stepsByExchange } from './steps-by-exchange.ts'

/**
 * How an object came to a status. `first`: it was so when it was first seen · `implied`: by way of others that no answer
 * showed · `unknown`: no document we know describes one of the two.
 */
export type Arrival = 'first' | 'move' | 'implied' | 'unknown' | Jump

export interface Visit {
  /** From 1. */
  readonly number: number
  readonly status: string
  /** ISO 8601: when the first answer that showed it was complete. */
  readonly at: string
  /** The step that showed it first; null for what time alone brought about. */
  readonly step: Step | null
  /** Answers that showed it in a row. */
  readonly answers: number
  /** Milliseconds until another status was seen; null for the last. */
  readonly stayed: number | null
  readonly arrival: Arrival
  /** Statuses that were passed through unseen on the way here. */
  readonly through: readonly string[]
  /** What the last move to it takes, as the specs have it; null for a move that they do not have. */
  readonly when: string | null
}

/** A move that was made, once or more. */
export interface Taken {
  readonly from: string
  readonly to: string
  readonly how: 'seen' | 'implied' | 'unknown' | Jump
  /** The visits it led to. */
  readonly visits: readonly Visit[]
}

/** What was asked about the object and refused. */
export interface Refusal {
  readonly step: Step
  readonly at: string
  readonly problem: Problem | null
}

export interface Course {
  readonly found: Found
  readonly machine: Machine
  readonly visits: readonly Visit[]
  readonly taken: readonly Taken[]
  /** Statuses that were passed through unseen. */
  readonly implied: ReadonlySet<string>
  readonly refusals: readonly Refusal[]
}

/** Null for a URL that names no object with a course. */
export function courseOf(analysis: Analysis, url: string): Course | null {
  const found = objectAt(analysis, url)
  if (!found || found.kind === 'directory') return null
  const { kind } = found
  const history = kind === 'certificate' ? courseOfCertificate(analysis, found.object) : found.object.history
  const visits = toVisits(analysis, kind, history)
  const wire: JsonObject | null = kind === 'certificate' ? null : found.object.wire
  return {
    found,
    machine: machineFor(
      kind,
      visits.map(({ status }) => status),
      wire,
    ),
    visits,
    taken: toTaken(visits),
    implied: new Set(visits.flatMap(({ through }) => through)),
    refusals: stepsOf(analysis, found).flatMap(toRefusal),
  }
}

type Seen = Omit<StatusSeen, 'exchange'> & { readonly exchange: string | null }

/** A certificate is issued when it is first fetched; it is revoked by a request, and expired by the recording's clock. */
function courseOfCertificate(analysis: Analysis, { chain, exchanges }: IssuedCertificate): readonly Seen[] {
  const fetched = stepsByExchange(analysis).get(exchanges[0] ?? '')
  const leaf = leafOf(chain)
  const revocation = leaf && revocationsIn(analysis).get(leaf.fingerprintSha256)
  const end = analysis.steps.at(-1)?.time ?? ''
  const hasExpired = leaf !== undefined && Date.parse(leaf.notAfter) < Date.parse(end)
  return [
    ...(fetched ? [seen('issued', fetched)] : []),
    ...(revocation ? [seen('revoked', revocation)] : []),
    ...(hasExpired && !revocation ? [{ status: 'expired', at: leaf.notAfter, exchange: null }] : []),
  ]
}

const seen = (status: string, { exchange, decoded }: Step): Seen => ({ status, exchange, at: answeredAt(decoded) })

/** Answers in a row that showed the same status are one visit. */
function toVisits(analysis: Analysis, kind: MachineKind, history: readonly Seen[]): readonly Visit[] {
  const steps = stepsByExchange(analysis)
  const starts = history.flatMap((one, place) => (one.status === history[place - 1]?.status ? [] : [place]))
  return starts.map((start, place) => {
    const [next = history.length, first] = [starts[place + 1], history[start]]
    const [before, after] = [history[start - 1], history[next]]
    const { status, at, exchange } = first ?? { status: '', at: '', exchange: null }
    const arrival = before && first ? arrivalOf(kind, before, first, steps) : 'first'
    const from = before?.status ?? firstStatus(kind) ?? status
    const passed = arrival === 'first' || arrival === 'implied' ? through(kind, from, status, arrival) : []
    return {
      number: place + 1,
      status,
      at,
      step: steps.get(exchange ?? '') ?? null,
      answers: next - start,
      stayed: after ? Date.parse(after.at) - Date.parse(at) : null,
      arrival,
      through: passed,
      when: whenOf(kind, passed.at(-1) ?? from, status),
    }
  })
}

const whenOf = (kind: MachineKind, from: string, to: string): string | null =>
  transitionsOf(kind).find((row) => row.from === from && row.to === to && from !== to)?.when ?? null

/** What an object was before it was first seen includes the status it began with. */
const through = (kind: MachineKind, from: string, to: string, arrival: Arrival): readonly string[] =>
  arrival === 'first' && from !== to && statusRow(kind, to)
    ? [from, ...between(kind, from, to)]
    : between(kind, from, to)

function arrivalOf(kind: MachineKind, from: Seen, to: Seen, steps: ReadonlyMap<string, Step>): Arrival {
  if (!statusRow(kind, from.status) || !statusRow(kind, to.status)) return 'unknown'
  const [before, after] = [steps.get(from.exchange ?? ''), steps.get(to.exchange ?? '')]
  if (isReachable(kind, from.status, to.status))
    return between(kind, from.status, to.status).length ? 'implied' : 'move'
  const [one, other] = [withExchange(from), withExchange(to)]
  return (before && after && jumpOf(kind, one, other, before, after)) ?? 'crossed'
}

const withExchange = (one: Seen): StatusSeen => ({ ...one, exchange: one.exchange ?? '' })

function toTaken(visits: readonly Visit[]): readonly Taken[] {
  const taken = new Map<string, Taken & { readonly visits: Visit[] }>()
  for (const [place, visit] of visits.entries()) {
    const before = visits[place - 1]?.status ?? null
    for (const { from, to, how } of movesTo(visit, before)) {
      const key = `${from} ${to}`
      const known = taken.get(key)
      if (known) known.visits.push(visit)
      else taken.set(key, { from, to, how, visits: [visit] })
    }
  }
  return [...taken.values()]
}

function movesTo({ status, arrival, through }: Visit, before: string | null): readonly Omit<Taken, 'visits'>[] {
  const stops = [...(before === null ? [] : [before]), ...through, status]
  const how = arrival === 'move' ? 'seen' : arrival === 'first' ? 'implied' : arrival
  return stops.slice(1).map((to, place) => ({ from: stops[place] ?? '', to, how }))
}

function toRefusal(step: Step): readonly Refusal[] {
  const { problem, decoded, status } = step
  if (problem === null && (status ?? 0) < 400) return []
  return [{ step, at: answeredAt(decoded), problem }]
}
