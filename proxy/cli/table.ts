// Recordings and steps as lines of text, for a terminal. Captured words stand in them: none may steer it.
import { toFlows } from '../../shared/acme/flow/flows.ts'
import { byWhatItFollows, type InferredStep, infer, lanesWith } from '../../shared/acme/flow/infer.ts'
import type { Analysis, Lane, Step } from '../../shared/acme/model.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { oneLine } from '../../shared/report/text.ts'

/** Characters of a captured name in a column. */
const MAX_NAME = 80

/** Left-aligned columns, two spaces apart; the last one is not padded. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  )
  return rows.map((row) =>
    row.map((cell, column) => cell.padEnd(column + 1 < row.length ? (widths[column] ?? 0) : 0)).join('  '),
  )
}

/**
 * One line a step: number, time, who asks whom, operation, section, status, and what happened in words. What was seen beside
 * the exchanges has no number, and what is inferred dots for an arrow as well.
 * @param isWanted which steps alone are shown; then nothing inferred is, since it may belong to what is left out
 */
export function stepLines(
  analysis: Analysis,
  stream: NodeJS.WriteStream,
  isWanted: ((step: Step) => boolean) | null = null,
): readonly string[] {
  const inferred = infer(analysis)
  const following = byWhatItFollows(inferred)
  const label = labelsOf(lanesWith(analysis.lanes, inferred))
  const withClient = analysis.lanes.filter(({ role }) => role === 'client').length > 1
  const route = ({ from, to }: Ends, arrow: string) => `${withClient ? `${label(from)} ` : ''}${arrow} ${label(to)}`
  const rows = isWanted
    ? analysis.steps.filter(isWanted).map((step) => stepCells(step, route(step, '→')))
    : analysis.steps.flatMap((step) => [
        stepCells(step, route(step, '→')),
        ...(following.get(step.exchange) ?? []).map((one) =>
          inferredCells(one, route(one, one.seen === null ? '⋯' : '→')),
        ),
      ])
  return columns(rows).map((line) => fitted(line, stream))
}

type Ends = Pick<Step, 'from' | 'to'>

/** Lane id → its name, on one line. */
function labelsOf(lanes: readonly Lane[]): (id: string) => string {
  const labels = new Map(lanes.map(({ id, label }) => [id, label]))
  return (id) => oneLine(labels.get(id) ?? id, MAX_NAME)
}

const inferredCells = (inferred: InferredStep, route: string): readonly string[] => [
  '',
  clock(inferred.time),
  route,
  oneLine(inferred.operation, MAX_NAME),
  badge(inferred),
  '',
  `${oneLine(inferred.summary)} (${inferred.seen === null ? 'inferred' : 'seen'})`,
]

const clock = (time: string): string =>
  Number.isNaN(Date.parse(time)) ? '' : new Date(time).toISOString().slice(11, 23)

const stepCells = (step: Step, route: string): readonly string[] => [
  String(step.sequence).padStart(3),
  step.time.slice(11, 23),
  route,
  step.operation,
  badge(step),
  String(step.status ?? '–'),
  oneLine(step.summary),
]

/** One line an order, where there are several: whose, for which names, what came of it, and what it renews. */
export function orderLines(analysis: Analysis, stream: NodeJS.WriteStream): readonly string[] {
  const flows = toFlows(analysis)
  if (flows.length < 2) return []
  const label = labelsOf(analysis.lanes)
  const numbers = new Map(analysis.steps.map(({ exchange, sequence }) => [exchange, sequence]))
  const place = new Map(flows.map(({ order }, index) => [order, index + 1]))
  return columns(
    flows.map((flow, index) => [
      `order ${index + 1}`,
      `${label(flow.client)} → ${label(flow.ca)}`,
      oneLine(flow.status ?? '–', MAX_NAME),
      `#${numbers.get(flow.exchanges[0] ?? '')}–${numbers.get(flow.exchanges.at(-1) ?? '')}`,
      `${oneLine(flow.names.join(', '))}${flow.renews ? ` (renews order ${place.get(flow.renews.order) ?? '–'})` : ''}`,
    ]),
  ).map((line) => fitted(line, stream))
}

/** Without its name where it is RFC 8555, which most are. */
function badge({ references: [first] }: Pick<Step, 'references'>): string {
  return first ? shortCitationOf(first) : ''
}

/** On a terminal a line ends where the window does. */
function fitted(line: string, stream: NodeJS.WriteStream): string {
  const width = stream.isTTY ? stream.columns : Number.POSITIVE_INFINITY
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}
