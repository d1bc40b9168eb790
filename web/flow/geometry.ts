/** Places in the diagram, across; what runs down comes with the flow's rows. CSS pixels at zoom 1. */
import type { Lane } from '../../shared/acme/model.ts'

/** The phase's bracket, sequence number and time, left of the first lifeline. */
export const GUTTER = 120
/** From the gutter to the first lifeline: the curves of what ties steps together are drawn there. */
const LEAD = { roomy: 56, tight: 38 } as const
const TIGHT_BELOW = 760
/** What came back, right of the last lifeline: with two lanes that is the CA's, whose answers say more than a provider's. */
const ANSWER = { roomy: 196, tight: 142, few: 2, aside: 136 } as const
const SPACING = { least: 148, most: 400 } as const
/** An arrow shorter than this has no room for an operation and a name side by side. */
export const DENSE_BELOW = 250
/** The facts at the right edge: size, duration, section. */
const COLUMNS = { size: 52, took: 58, reference: 92, gap: 10, edge: 14 } as const
const COLUMNS_WIDTH = COLUMNS.size + COLUMNS.took + COLUMNS.reference + 3 * COLUMNS.gap + COLUMNS.edge
const SUMMARY_LEAST = 230

/** From a row's top to the line of its arrow. */
export const LINE_Y = 25

/** Room below the last row, so that it does not stick to the edge. */
export const END_HEIGHT = 56

interface Span {
  readonly left: number
  readonly width: number
}

export interface Columns {
  readonly size: Span
  readonly took: Span
  readonly reference: Span
}

export interface Geometry {
  readonly width: number
  /** Lane id → x of its lifeline. */
  readonly laneX: ReadonlyMap<string, number>
  /** Lane id → pixels right of its lifeline until something else stands there. */
  readonly room: ReadonlyMap<string, number>
  /** One line on each step, right of the answers; null where there is no room. */
  readonly summary: Span | null
  /** Columns for the facts; null where there is no room, and they stand beneath each answer. */
  readonly columns: Columns | null
  /** Between two lifelines. */
  readonly spacing: number
}

/** From the most that can be shown to the least. */
const plans = [
  { columns: COLUMNS_WIDTH, summary: SUMMARY_LEAST, spacing: DENSE_BELOW },
  { columns: COLUMNS_WIDTH, summary: 0, spacing: DENSE_BELOW },
  { columns: 0, summary: 0, spacing: 0 },
] as const

/** Spreads the lanes over `available` pixels; wider than that only when they would stand too close. */
export function toGeometry(lanes: readonly Lane[], available: number): Geometry {
  const spaces = Math.max(1, lanes.length - 1)
  const size = available < TIGHT_BELOW ? 'tight' : 'roomy'
  const firstLane = GUTTER + LEAD[size]
  const answer = size === 'roomy' && lanes.length > ANSWER.few ? ANSWER.aside : ANSWER[size]
  const spread = (taken: number) => (available - firstLane - answer - taken) / spaces
  const plan =
    lanes.length < 2 ? plans[2] : (plans.find((one) => spread(one.columns + one.summary) >= one.spacing) ?? plans[2])
  const wanted = Math.min(SPACING.most, spread(plan.columns + plan.summary))
  const spacing = Math.floor(Math.max(SPACING.least, wanted))
  const last = firstLane + Math.max(0, lanes.length - 1) * spacing
  const width = Math.max(Math.floor(available), last + answer)
  const columns = plan.columns === 0 ? null : toColumns(width)
  const end = columns?.size.left ?? width
  const summary = last + answer
  return {
    width,
    laneX: new Map(lanes.map(({ id }, index) => [id, firstLane + index * spacing])),
    room: new Map(lanes.map(({ id }, index) => [id, index + 1 < lanes.length ? spacing : end - last])),
    summary: columns !== null && end - summary >= SUMMARY_LEAST ? { left: summary, width: end - summary } : null,
    columns,
    spacing,
  }
}

function toColumns(width: number): Columns {
  const reference = width - COLUMNS.edge - COLUMNS.reference
  const took = reference - COLUMNS.gap - COLUMNS.took
  return {
    size: { left: took - COLUMNS.gap - COLUMNS.size, width: COLUMNS.size },
    took: { left: took, width: COLUMNS.took },
    reference: { left: reference, width: COLUMNS.reference },
  }
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
