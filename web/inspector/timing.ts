/** When an exchange was, and how long each of its stages took, as far as anybody measured them. */
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { endedAt, type Timings } from '../../shared/exchange.ts'
import { neighboursOf, stepAt } from '../session/fact-index.ts'

export interface Stage {
  readonly id: 'send' | 'wait' | 'receive' | 'rest'
  readonly label: string
  /** ms after the head of the request. */
  readonly from: number
  /** Null: not measured. */
  readonly ms: number | null
}

const LABELS = {
  send: 'Request sent',
  wait: 'Waited for the answer',
  receive: 'Answer received',
} as const

const known = (ms: number | undefined): number | null =>
  ms !== undefined && Number.isFinite(ms) ? Math.max(0, ms) : null

/** In their order, each beginning where the one before ended; what of the whole belongs to none comes last. */
export function stagesOf(timings: Timings): readonly Stage[] {
  const stages: Stage[] = []
  let from = 0
  for (const id of ['send', 'wait', 'receive'] as const) {
    const ms = known(timings[id])
    stages.push({ id, label: LABELS[id], from, ms })
    from += ms ?? 0
  }
  const rest = (known(timings.total) ?? 0) - from
  return rest >= 1 ? [...stages, { id: 'rest', label: 'Not told apart', from, ms: rest }] : stages
}

/** ms; null when nothing was measured. */
export function wholeOf(timings: Timings): number | null {
  const sum = stagesOf(timings).reduce((all, { ms }) => all + (ms ?? 0), 0)
  return known(timings.total) ?? (sum > 0 ? sum : null)
}

export interface Position {
  /** ms from the first step of the recording to the last. */
  readonly span: number
  /** ms after the first step. */
  readonly start: number
  readonly end: number
}

/** Null where the times are none. */
export function positionOf({ steps }: Analysis, { time, decoded }: Step): Position | null {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return null
  const zero = Date.parse(first.time)
  const [start, end] = [Date.parse(time) - zero, endedAt(decoded.head) - zero]
  const span = Math.max(endedAt(last.decoded.head) - zero, end)
  return [span, start, end].every(Number.isFinite) && span > 0 ? { span, start: Math.max(0, start), end } : null
}

export interface Neighbour {
  readonly step: Step
  /** ms of silence between the two; negative when they overlap. */
  readonly silence: number
}

/** So many others are passed by on the way to one of the same client. */
const FARTHEST = 500

/** What the same client did before, or after. */
export function neighbourOf(analysis: Analysis, step: Step, where: 'before' | 'after'): Neighbour | null {
  let id: string | null = step.exchange
  for (let far = 0; far < FARTHEST && id !== null; far++) {
    id = neighboursOf(analysis, id)[where]
    const other = stepAt(analysis, id)
    if (other?.from === step.from) return { step: other, silence: silenceBetween(step, other, where) }
  }
  return null
}

function silenceBetween(step: Step, other: Step, where: 'before' | 'after'): number {
  const [first, second] = where === 'before' ? [other, step] : [step, other]
  return Date.parse(second.time) - endedAt(first.decoded.head)
}

/** Octets that headers take as HTTP/1.1 writes them; HTTP/2 packs them smaller. */
export const headerBytes = (headers: readonly (readonly [string, string])[]): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
