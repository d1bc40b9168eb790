/** What the cells of the table look things up in, the same for all of its rows. */
import { createContext, useContext, useMemo } from 'react'
import type { Lane } from '../../shared/acme/model.ts'
import type { Finding } from '../../shared/finding.ts'
import { beginningOf, instantOf } from '../../shared/query/fields/measures.ts'
import { findingsBySubject, idOf, isStep, type Known, notesBySubject, type Subject } from '../../shared/query/query.ts'
import { useFindings } from '../findings/use-findings.ts'
import { useSession } from '../session/session.ts'

export interface Scene {
  readonly lanes: ReadonlyMap<string, Lane>
  /** Exchange or connection → the findings that speak of it. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  /** When the recording began, in ms since the epoch; null while nothing is in it. */
  readonly beginning: number | null
  /** From the first to the last moment of what is shown, in ms since the epoch. */
  readonly span: Span
}

export interface Span {
  readonly from: number
  readonly to: number
}

export const SceneContext = createContext<Scene | null>(null)

export function useScene(): Scene {
  const scene = useContext(SceneContext)
  if (scene === null) throw new Error('a cell of the table was drawn outside of it')
  return scene
}

/** What queries are asked with. Its parts are the same until they change. */
export function useKnown(): Known {
  const analysis = useSession((session) => session.analysis)
  const written = useSession((session) => session.notes)
  const told = useFindings()
  const findings = useMemo(() => findingsBySubject(told), [told])
  const notes = useMemo(() => notesBySubject(written), [written])
  return useMemo(() => ({ analysis, findings, notes }), [analysis, findings, notes])
}

export function useSceneOf({ analysis, findings }: Known, { from, to }: Span): Scene {
  const beginning = beginningOf(analysis)
  const lanes = useMemo(() => new Map(analysis.lanes.map((lane) => [lane.id, lane])), [analysis.lanes])
  return useMemo(() => ({ lanes, findings, beginning, span: { from, to } }), [lanes, findings, beginning, from, to])
}

const ranks = { error: 0, warning: 1, info: 2 } as const

/**
 * The worst finding that speaks of it; remarks aside, which speak of whole recordings.
 * @param isFirst only of those that show first in it
 */
export function worstOf(row: Subject, { findings }: Scene, isFirst = false): Finding | null {
  const id = idOf(row)
  const told = findings
    .get(id)
    ?.filter(({ severity, exchanges }) => severity !== 'info' && !(isFirst && exchanges[0] !== id))
  return told?.toSorted((a, b) => ranks[a.severity] - ranks[b.severity])[0] ?? null
}

/** Bytes of both bodies, as far as they are known. */
export const bytesOf = (subject: Subject): number =>
  isStep(subject)
    ? (subject.decoded.head.request.body.bytes ?? 0) + (subject.decoded.head.response?.body.bytes ?? 0)
    : (subject.bytes?.sent ?? 0) + (subject.bytes?.received ?? 0)

export const tookOf = (subject: Subject): number | null =>
  isStep(subject) ? (subject.decoded.head.timings.total ?? null) : null

export interface Totals {
  readonly exchanges: number
  readonly connections: number
  readonly bytes: number
  readonly span: Span
}

/** What is shown, added up. */
export function totalsOf(rows: readonly Subject[]): Totals {
  let [exchanges, bytes, from, to] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of rows) {
    if (isStep(row)) exchanges++
    bytes += bytesOf(row)
    const at = instantOf(row)
    if (at === null) continue
    from = Math.min(from, at)
    to = Math.max(to, at + (tookOf(row) ?? 0))
  }
  return { exchanges, connections: rows.length - exchanges, bytes, span: { from, to } }
}
