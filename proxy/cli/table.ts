// Recordings and steps as lines of text, for a terminal. Captured words stand in them: none may steer it.
import type { Analysis, Lane, Step } from '../../shared/acme/model.ts'
import { plain } from './output.ts'

/** Left-aligned columns, two spaces apart; the last one is not padded. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  )
  return rows.map((row) =>
    row.map((cell, column) => cell.padEnd(column + 1 < row.length ? (widths[column] ?? 0) : 0)).join('  '),
  )
}

/** One line a step: number, time, who asks whom, operation, section, status, and what happened in words. */
export function stepLines({ steps, lanes }: Analysis): readonly string[] {
  const label = (id: string): string => lanes.find((lane: Lane) => lane.id === id)?.label ?? id
  return columns(steps.map((step) => stepCells(step, label))).map(fitted)
}

const stepCells = (step: Step, label: (lane: string) => string): readonly string[] => [
  String(step.sequence).padStart(3),
  step.time.slice(11, 23),
  `→ ${label(step.to)}`,
  step.operation,
  badge(step),
  String(step.status ?? '–'),
  plain(step.summary),
]

/** Without its name where it is RFC 8555, which most are. */
function badge({ references: [first] }: Step): string {
  if (!first) return ''
  return first.document === 'RFC 8555' ? `§${first.section}` : `${first.document} §${first.section}`
}

/** On a terminal a line ends where the window does. */
function fitted(line: string): string {
  const width = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}
