/** Which rows the table shows, in which order. What was judged once is not judged again when more arrives. */
import { useMemo, useRef } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import { compile } from '../../shared/query/match.ts'
import type { Known, Query, Subject } from '../../shared/query/query.ts'
import type { Column } from './columns.tsx'
import type { Scene } from './scene.ts'

/** Exchanges and connections by their number in the recording: a list of its own, since the analysis grows its lists in place. */
export function subjectsOf({ steps, connections }: Analysis): readonly Subject[] {
  if (connections.length === 0) return [...steps]
  const all: Subject[] = []
  let next = 0
  for (const step of steps) {
    for (let one = connections[next]; one && one.sequence < step.sequence; one = connections[++next]) all.push(one)
    all.push(step)
  }
  return [...all, ...connections.slice(next)]
}

interface Verdicts {
  readonly query: Query
  readonly fits: ReturnType<typeof compile>['fits']
  /** What the verdicts depend on beside the subject: when one of these is another, all are void. */
  readonly basis: readonly unknown[]
  readonly known: WeakMap<Subject, boolean>
}

function verdictsFor(query: Query, known: Known, before: Verdicts | null): Verdicts {
  const { fits, from } = before?.query === query ? { fits: before.fits, from: null } : compile(query)
  const sources = from ?? compile(query).from
  const basis = [
    sources.has('findings') && known.findings,
    sources.has('notes') && known.notes,
    sources.has('lanes') && known.analysis.lanes,
  ]
  const holds = before?.query === query && basis.every((one, at) => one === before.basis[at])
  return holds ? before : { query, fits, basis, known: new WeakMap() }
}

/** Those of the subjects that fit. An exchange that goes on is another object than before, and so is judged anew. */
export function useSifted(subjects: readonly Subject[], query: Query, known: Known): readonly Subject[] {
  const latest = useRef<Verdicts | null>(null)
  return useMemo(() => {
    if (query.kind === 'all') return subjects
    const verdicts = verdictsFor(query, known, latest.current)
    latest.current = verdicts
    return subjects.filter((subject) => {
      const judged = verdicts.known.get(subject)
      if (judged !== undefined) return judged
      const fits = verdicts.fits(subject, known)
      verdicts.known.set(subject, fits)
      return fits
    })
  }, [subjects, query, known])
}

export interface Order {
  readonly column: string
  readonly descending: boolean
}

export const FIRST_ORDER: Order = { column: 'sequence', descending: false }

/** Sorted by one column, what has nothing there last, then by number; the given list where that is its order already. */
export function sortRows(
  rows: readonly Subject[],
  column: Column | undefined,
  descending: boolean,
  scene: Scene,
): readonly Subject[] {
  if (column === undefined) return rows
  if (column.id === FIRST_ORDER.column) return descending ? rows.toReversed() : rows
  const keyed = rows.map((row) => ({ row, key: column.sortBy(row, scene) }))
  const sign = descending ? -1 : 1
  keyed.sort((a, b) => compare(a.key, b.key, sign) || a.row.sequence - b.row.sequence)
  return keyed.map(({ row }) => row)
}

type Key = string | number | null

function compare(a: Key, b: Key, sign: number): number {
  if (a === b) return 0
  if (a === null || a === '') return 1
  if (b === null || b === '') return -1
  return a < b ? -sign : sign
}

/** The same column again turns its order round; another starts with its smallest. */
export const nextOrder = (order: Order, column: string): Order =>
  order.column === column ? { column, descending: !order.descending } : { column, descending: false }
