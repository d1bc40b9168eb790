/** Which rows the table shows, in which order. What was judged once is not judged again when more arrives. */
import { useEffect, useReducer, useRef } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import { compile, type Matcher } from '../../shared/query/match.ts'
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

export interface Verdicts {
  readonly query: Query
  readonly matcher: Matcher
  /** What the verdicts depend on beside the subject: when one of these is another, all are void. */
  readonly basis: readonly unknown[]
  readonly known: WeakMap<Subject, boolean>
}

/** The verdicts of before, where they still hold. */
export function verdictsFor(query: Query, known: Known, before: Verdicts | null): Verdicts {
  const matcher = before?.query === query ? before.matcher : compile(query)
  const basis = [
    matcher.from.has('findings') && known.findings,
    matcher.from.has('notes') && known.notes,
    matcher.from.has('lanes') && known.analysis.lanes,
  ]
  const holds = before?.query === query && basis.every((one, at) => one === before.basis[at])
  return holds ? before : { query, matcher, basis, known: new WeakMap() }
}

/** A query that takes longer, in ms, is asked a slice at a time, so that nobody who types waits for it. */
const SLICE_MS = 12

/** Judges what is not judged yet, until the slice is over; whether all is. An exchange that goes on is another object. */
export function judge(verdicts: Verdicts, subjects: readonly Subject[], known: Known, sliceMs: number): boolean {
  const until = performance.now() + sliceMs
  for (const [at, subject] of subjects.entries()) {
    if (verdicts.known.has(subject)) continue
    if (at % 16 === 0 && performance.now() > until) return false
    verdicts.known.set(subject, verdicts.matcher.fits(subject, known))
  }
  return true
}

interface Sifted {
  readonly subjects: readonly Subject[]
  readonly verdicts: Verdicts | null
  readonly rows: readonly Subject[]
}

/** Those of the subjects that fit; while that is being found out, those that were shown before. */
export function useSifted(subjects: readonly Subject[], query: Query, known: Known): readonly Subject[] {
  const [, goOn] = useReducer((slices: number) => slices + 1, 0)
  const verdicts = useRef<Verdicts | null>(null)
  const latest = useRef<Sifted>({ subjects: [], verdicts: null, rows: [] })
  verdicts.current = query.kind === 'all' ? null : verdictsFor(query, known, verdicts.current)
  const current = verdicts.current
  const isNew = latest.current.subjects !== subjects || latest.current.verdicts !== current
  const isJudged = !isNew || current === null || judge(current, subjects, known, SLICE_MS)
  if (isNew && isJudged) {
    const rows = current === null ? subjects : subjects.filter((subject) => current.known.get(subject))
    latest.current = { subjects, verdicts: current, rows }
  }
  useEffect(() => {
    if (isJudged) return
    const timer = setTimeout(goOn)
    return () => clearTimeout(timer)
  })
  return latest.current.rows
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
