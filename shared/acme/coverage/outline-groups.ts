/** The outline as a person looks at it: what this recording exercised first, what it has nothing of folded away. */
import { definitionsOf } from '../registry/definitions.ts'
import { type DocumentOutline, type OutlineSection, outlines } from '../registry/outline.ts'
import type { Coverage } from './coverage.ts'
import { tallyOf } from './tally.ts'

export type GroupId = 'base' | 'extensions' | 'basis' | 'absent'

export interface OutlineGroup {
  readonly id: GroupId
  /** Null for RFC 8555, which stands for itself. */
  readonly title: string | null
  readonly documents: readonly DocumentOutline[]
}

/** Groups without documents are left out. */
export function toGroups(coverage: Coverage): readonly OutlineGroup[] {
  const groupOf = (document: DocumentOutline): GroupId => {
    if (document.role === 'base') return 'base'
    if (tallyOf(document, coverage).exercised === 0) return 'absent'
    return document.role === 'basis' ? 'basis' : 'extensions'
  }
  return GROUPS.flatMap(({ id, title }) => {
    const documents = outlines.filter((document) => groupOf(document) === id)
    return documents.length ? [{ id, title, documents }] : []
  })
}

const GROUPS: readonly Pick<OutlineGroup, 'id' | 'title'>[] = [
  { id: 'base', title: null },
  { id: 'extensions', title: 'Extensions in this recording' },
  { id: 'basis', title: 'What ACME builds on' },
  { id: 'absent', title: 'Not in this recording' },
]

// ───────────────────────────── search

const texts = new WeakMap<OutlineSection, string>()

/** Number, title, words, and the names of what it defines: whoever looks for `finalize` finds where it is written. */
function textOf(section: OutlineSection): string {
  const known = texts.get(section)
  if (known !== undefined) return known
  const { reference, text, cite } = section
  const names = definitionsOf(cite).map(({ name }) => name)
  const all = [`§${reference.section}`, cite, reference.title, text, ...names].join('\n').toLowerCase()
  texts.set(section, all)
  return all
}

/** Whether every word of the query is in it; an empty query is in all. */
export const fitsSearch = (section: OutlineSection, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => textOf(section).includes(word))
