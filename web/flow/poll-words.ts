/** Repeated questions in words and as moments on their arrow. */
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import type { Step } from '../../shared/acme/model.ts'
import { duration } from '../theme/time.ts'
import { statusTone } from '../theme/tone.ts'
import type { Tick } from './arrow.tsx'

export type PollRowOf = FlowRow & { readonly kind: 'poll' }

export const lastOf = ({ steps }: PollRowOf): Step => steps[steps.length - 1] ?? steps[0]

/** `asked 4 times in 24 s: pending → valid` */
export function pollWords({ steps, durationMs, fromStatus, toStatus }: PollRowOf): string {
  const path = [...new Set([fromStatus, toStatus].filter((status) => status !== null))].join(' → ')
  return `asked ${steps.length} times in ${duration(durationMs)}${path && `: ${path}`}`
}

/** `15–18`; of long numbers only the first has room. */
export const pollRange = (first: number, last: number): string => (last < 1000 ? `${first}–${last}` : `${first}…`)

/** More than this are one thick line. */
const MOST_TICKS = 24
/** The line's ends are the lifelines'. */
const [TICKS_FROM, TICKS_TO] = [0.06, 0.94]

/** When each question was asked, from the first to the last; evenly thinned out where there are very many. */
export function pollTicks({ steps }: PollRowOf): readonly Tick[] {
  const every = Math.ceil(steps.length / MOST_TICKS)
  const [from, to] = [Date.parse(steps[0].time), Date.parse(steps.at(-1)?.time ?? '')]
  const span = to - from
  const shown = steps.filter((_, index) => index % every === 0 || index === steps.length - 1)
  return shown.map((step, index) => {
    const share = span > 0 ? (Date.parse(step.time) - from) / span : index / Math.max(1, shown.length - 1)
    const at = TICKS_FROM + Math.min(1, Math.max(0, share)) * (TICKS_TO - TICKS_FROM)
    return { at, tone: statusTone(step.objectStatus) }
  })
}
