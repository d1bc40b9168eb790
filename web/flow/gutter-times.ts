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

/** The row whose time of day those after it are told from. */
interface Anchor {
  readonly place: number
  /** ms; null until such a row has come. */
  readonly at: number | null
}

/**
 * Row id → `22:44:23` or `+0.03 s`, of a diagram that grows. What is asked again for more rows begins where they differ, and
 * answers the same map: the time of a row that is the same has not changed.
 */
export function startTimes(): (rows: readonly FlowRow[]) => ReadonlyMap<string, string> {
  const times = new Map<string, string>()
  const anchors: Anchor[] = []
  let before: readonly FlowRow[] = []
  return (rows) => {
    const start = before.findIndex((row, place) => row !== rows[place])
    const from = start < 0 ? before.length : start
    before = rows
    while ((anchors.at(-1)?.place ?? -1) >= from) anchors.pop()
    for (let place = from; place < rows.length; place++) tell(rows, place, times, anchors)
    return times
  }
}

function tell(rows: readonly FlowRow[], place: number, times: Map<string, string>, anchors: Anchor[]): void {
  const row = rows[place]
  if (row?.kind === 'gap' && row.durationMs >= LONG_SILENCE_MS) anchors.push({ place, at: null })
  const time = row === undefined ? null : rowTime(row)
  if (row === undefined || time === null) return
  const at = Date.parse(time)
  const anchor = anchors.at(-1)?.at ?? null
  times.set(row.id, anchor === null ? clockTime(time) : since(at - anchor))
  if (anchor === null) anchors.push({ place, at })
}
