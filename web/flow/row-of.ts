/** Rows as a selection knows them: by the exchange or connection they show. */
import type { FlowRow } from '../../shared/acme/flow/flow.ts'

/** The row that shows an exchange or a connection: its own, or the poll that folds it. Null when none does. */
export function rowOf(rows: readonly FlowRow[], id: string | null): FlowRow | null {
  if (id === null) return null
  const own = rows.find((row) => row.id === id)
  const folded = () =>
    rows.find((row) => row.kind === 'poll' && !row.open && row.steps.some(({ exchange }) => exchange === id))
  return own ?? folded() ?? null
}

/** What selecting a row selects; null for rows that only tell of others. */
export function subjectOf(row: FlowRow): string | null {
  if (row.kind === 'step') return row.step.exchange
  if (row.kind === 'connection') return row.connection.id
  return row.kind === 'poll' && !row.open ? (row.steps.at(-1)?.exchange ?? null) : null
}
