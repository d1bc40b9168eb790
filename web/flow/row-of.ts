/** Rows as a selection knows them: by the exchange or connection they show. */
import type { FlowRow } from '../../shared/acme/flow/flow.ts'

type Rows = readonly FlowRow[]

const known = new WeakMap<Rows, ReadonlyMap<string, number>>()

/** Id of a row, an exchange or a connection → place of the row that shows it; built once for each list of rows. */
function placesIn(rows: Rows): ReadonlyMap<string, number> {
  const before = known.get(rows)
  if (before !== undefined) return before
  const places = new Map<string, number>()
  for (const [place, row] of rows.entries()) {
    places.set(row.id, place)
    if (row.kind === 'poll' && !row.open) for (const { exchange } of row.steps) places.set(exchange, place)
  }
  known.set(rows, places)
  return places
}

/** Place of the row that shows an exchange or a connection: its own, or the poll that folds it; −1 where none does. */
export const placeOf = (rows: Rows, id: string | null): number => (id === null ? -1 : (placesIn(rows).get(id) ?? -1))

export const rowOf = (rows: Rows, id: string | null): FlowRow | null => rows[placeOf(rows, id)] ?? null

/** What selecting a row selects; null for rows that only tell of others. */
export function subjectOf(row: FlowRow): string | null {
  if (row.kind === 'step') return row.step.exchange
  if (row.kind === 'connection') return row.connection.id
  if (row.kind === 'inferred') return row.inferred.id
  return row.kind === 'poll' && !row.open ? (row.steps.at(-1)?.exchange ?? null) : null
}

/** The next row that can be selected, from `place` on in steps of `by`; null at the end. */
export function nextSubject(rows: Rows, place: number, by: 1 | -1): string | null {
  for (let at = place; at >= 0 && at < rows.length; at += by) {
    const row = rows[at]
    const subject = row === undefined ? null : subjectOf(row)
    if (subject !== null) return subject
  }
  return null
}
