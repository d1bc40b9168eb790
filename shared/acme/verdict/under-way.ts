/** Whether an order is in the middle of its course: then is no time to end its recording. */
import { endedAt } from '../../exchange.ts'
import type { Analysis, Order, Step } from '../model.ts'

/** ms. Between its account and its order, or between two orders, a client pauses for less. */
const PAUSE = 5_000
/** ms. An order nobody has spoken of for so long was left behind. Clients wait for DNS for a quarter of an hour, rarely longer. */
const LEFT_BEHIND = 3_600_000

/**
 * True while something came a moment ago, or an order that was spoken of lately is neither invalid nor has its
 * certificate been fetched. @param now ms since the epoch, of the clock that the recording has its times from
 */
export function isUnderWay(analysis: Analysis, now: number): boolean {
  const { steps, orders } = analysis
  const last = steps.at(-1)
  if (last && now - endOf(last) < PAUSE) return true
  const heard = new Map(steps.flatMap((step) => (step.order === null ? [] : [[step.order, endOf(step)] as const])))
  return [...orders.values()].some(
    (order) => !isOver(analysis, order) && now - (heard.get(order.url) ?? 0) < LEFT_BEHIND,
  )
}

/** One invalid authorization makes its order invalid (RFC 8555 section 7.1.6), whether or not the client asks. */
const isOver = ({ authorizations, certificates }: Analysis, order: Order): boolean =>
  order.status === 'invalid' ||
  certificates.has(order.certificate ?? '') ||
  order.authorizations.some((url) => authorizations.get(url)?.status === 'invalid')

const endOf = ({ decoded }: Step): number => endedAt(decoded.head)
