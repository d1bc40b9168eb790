/** What ties rows together as curves left of the lifelines, cut where the window ends. Pure; the flow's own pixels. */
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { type LinkKind, linksOf } from '../../shared/acme/flow/links.ts'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { LINE_Y } from './geometry.ts'
import { rowOf } from './row-of.ts'

/** All that ties two rows together in one direction. */
export interface Tie {
  readonly id: string
  readonly kinds: readonly LinkKind[]
  /** What the other row did. */
  readonly words: string
  /** The row that was asked about gives, instead of being given. */
  readonly outward: boolean
  readonly own: FlowRow
  readonly other: FlowRow
  readonly otherStep: Step | null
}

const stepsOf = (row: FlowRow): readonly Step[] => {
  if (row.kind === 'step') return [row.step]
  return row.kind === 'poll' && !row.open ? [...new Set([row.steps[0], row.steps.at(-1) ?? row.steps[0]])] : []
}

/** Lane a row's ties begin and end at. */
export const laneOf = (row: FlowRow): string | null => stepsOf(row)[0]?.from ?? null

/** The ties of a row to other rows that are drawn. */
export function tiesOf(analysis: Analysis, rows: readonly FlowRow[], own: FlowRow | null): readonly Tie[] {
  if (own === null) return []
  const ties = new Map<string, Tie>()
  for (const step of stepsOf(own))
    for (const { kind, from, to, words } of linksOf(analysis, step)) {
      const outward = from === step.exchange
      const exchange = outward ? to : from
      const other = rowOf(rows, exchange)
      if (other === null || other === own) continue
      const id = `${outward ? 'to' : 'from'} ${other.id}`
      const known = ties.get(id)
      const kinds = [...new Set([...(known?.kinds ?? []), kind])]
      const otherStep = stepsOf(other).find((one) => one.exchange === exchange) ?? stepsOf(other)[0] ?? null
      ties.set(id, { id, kinds, words: kinds.length > 1 ? kinds.join(' + ') : words, outward, own, other, otherStep })
    }
  return [...ties.values()]
}

/** The part of the flow that is seen. */
export interface Sight {
  readonly top: number
  readonly bottom: number
}

/** Beyond which edge a row is; null: in sight. */
export function beyond(row: FlowRow, { top, bottom }: Sight): 'top' | 'bottom' | null {
  const y = row.y + LINE_Y
  return y < top ? 'top' : y > bottom ? 'bottom' : null
}

/** How far left of the lifeline a curve goes; those of far rows farther than those of near ones. */
const bulge = (distance: number): number => Math.min(40, 20 + distance / 12)
const EDGE_X = 24

/** SVG path from one row to another at `x`; null where no part of it is in sight. */
export function curve(from: FlowRow, to: FlowRow, x: number, sight: Sight): string | null {
  const [start, end] = [beyond(from, sight), beyond(to, sight)]
  const [y1, y2] = [from.y + LINE_Y, to.y + LINE_Y]
  if (start !== null && end !== null) return null
  if (start === null && end === null) {
    const out = x - bulge(Math.abs(y2 - y1))
    return `M${x} ${y1} C${out} ${y1} ${out} ${y2} ${x} ${y2}`
  }
  const [y, edge] = start === null ? [y1, end] : [y2, start]
  const at = edge === 'top' ? sight.top : sight.bottom
  const middle = (y + at) / 2
  const toEdge = `M${x} ${y} C${x - EDGE_X} ${y} ${x - EDGE_X} ${middle} ${x - EDGE_X} ${at}`
  const fromEdge = `M${x - EDGE_X} ${at} C${x - EDGE_X} ${middle} ${x - EDGE_X} ${y} ${x} ${y}`
  return start === null ? toEdge : fromEdge
}
