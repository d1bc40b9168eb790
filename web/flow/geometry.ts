/** Places in the diagram, across; what runs down comes with the flow's rows. CSS pixels at zoom 1. */
import type { Lane } from '../../shared/acme/model.ts'

/** Sequence number and time, left of the first lifeline. */
export const GUTTER = 128
/** What stands around the lifelines, roomy where the window allows it. */
const ROOMY = { firstLane: GUTTER + 62, answer: 208 } as const
const TIGHT = { firstLane: GUTTER + 44, answer: 150 } as const
const TIGHT_BELOW = 760
const SPACING = { least: 148, most: 340 } as const
/** Where the one-line summary starts, right of the last lifeline, if there is room for it. */
const SUMMARY_AFTER = { few: 276, many: 196 } as const
const SUMMARY_LEAST = 220

/** Room below the last row, so that it does not stick to the edge. */
export const END_HEIGHT = 56

export interface Geometry {
  readonly width: number
  /** Lane id → x of its lifeline. */
  readonly laneX: ReadonlyMap<string, number>
  /** x of the summaries; null where there is no room. */
  readonly summaryX: number | null
  /** Between two lifelines. */
  readonly spacing: number
}

/** Spreads the lanes over `available` pixels; wider than that only when they would stand too close. */
export function toGeometry(lanes: readonly Lane[], available: number): Geometry {
  const spaces = Math.max(1, lanes.length - 1)
  const { firstLane, answer } = available < TIGHT_BELOW ? TIGHT : ROOMY
  const wanted = (available - firstLane - answer) / spaces
  const spacing = Math.floor(Math.min(SPACING.most, Math.max(SPACING.least, wanted)))
  const laneX = new Map(lanes.map((lane, index) => [lane.id, firstLane + index * spacing]))
  const last = firstLane + (lanes.length - 1) * spacing
  const width = Math.max(Math.floor(available), last + answer)
  // With two lanes all answers stand after the last lifeline, the long ones of folded polls too.
  const summary = last + (lanes.length > 2 ? SUMMARY_AFTER.many : SUMMARY_AFTER.few)
  const summaryX = width - summary >= SUMMARY_LEAST ? summary : null
  return { width, laneX, summaryX, spacing }
}

/** Index of the first of `rows` (sorted by y) that ends below `y`. */
export function firstBelow(rows: readonly { readonly y: number; readonly height: number }[], y: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && row.y + row.height <= y) low = middle + 1
    else high = middle
  }
  return low
}
