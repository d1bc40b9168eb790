/** Times of the left gutter: the time of day first, then how long after it; anew after a long silence. */
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { clockTime, since } from '../theme/time.ts'

/** A silence from which the time of day says more than an offset, in ms. */
const LONG_SILENCE_MS = 60_000

/** ISO time at which a row begins; null for rows that stand for no event. */
export function rowTime(row: FlowRow): string | null {
  if (row.kind === 'step') return row.step.time
  if (row.kind === 'poll') return row.steps[0].time
  return row.kind === 'connection' ? row.connection.startedAt : null
}

/** Row id → `22:44:23` or `+0.03 s`. */
export function gutterTimes(rows: readonly FlowRow[]): ReadonlyMap<string, string> {
  const times = new Map<string, string>()
  let anchor: number | null = null
  for (const row of rows) {
    if (row.kind === 'gap' && row.durationMs >= LONG_SILENCE_MS) anchor = null
    const time = rowTime(row)
    if (time === null) continue
    const at = Date.parse(time)
    times.set(row.id, anchor === null ? clockTime(time) : since(at - anchor))
    anchor ??= at
  }
  return times
}
