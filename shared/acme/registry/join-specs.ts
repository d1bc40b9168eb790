/** The machinery that makes one table of the rows of many specs. Throws on a row that cites nothing we know. */
import type { Reference } from '../../reference.ts'
import type { Citation, SectionRow, Spec } from '../specs/row.ts'

export interface Section extends SectionRow {
  readonly reference: Reference
}

/** Sections by their full citation: `RFC 8555 §7.4`. */
export const toSections = (specs: readonly Spec[]): ReadonlyMap<string, Section> =>
  index(
    specs.flatMap((spec) => spec.sections.map((row) => toSection(spec, row))),
    (row) => `${row.reference.document} §${row.section}`,
  )

function toSection(spec: Spec, row: SectionRow): Section {
  const { id, url } = spec.document
  const reference = { document: id, section: row.section, title: row.title, url: url.replace('{section}', row.section) }
  return { ...row, reference }
}

type Tables = Exclude<keyof Spec, 'document' | 'sections'>
type RowOf<T extends Tables> = NonNullable<Spec[T]>[number]

/** All rows of one table, with every citation resolved to its full form. */
export function gather<T extends Tables>(
  specs: readonly Spec[],
  sections: ReadonlyMap<string, unknown>,
  table: T,
): readonly RowOf<T>[] {
  return specs.flatMap((spec) => (spec[table] ?? []).map((row) => withCitations(spec, sections, row) as RowOf<T>))
}

function withCitations(spec: Spec, sections: ReadonlyMap<string, unknown>, row: object): object {
  const full = (cite: Citation): Citation => (cite.startsWith('§') ? `${spec.document.id} ${cite}` : cite)
  const cited = 'cites' in row ? { ...row, cites: (row.cites as Citation[]).map(full) } : row
  const resolved = 'cite' in cited ? { ...cited, cite: full(cited.cite as Citation) } : cited
  const all = [
    ...('cites' in resolved ? (resolved.cites as Citation[]) : []),
    'cite' in resolved ? resolved.cite : null,
  ]
  const unknown = all.filter((cite) => typeof cite === 'string' && !sections.has(cite))
  if (unknown.length || all.every((cite) => cite === null))
    throw new Error(`${spec.document.id}: ${JSON.stringify(row)} cites ${unknown.join(', ') || 'nothing'}`)
  return resolved
}

/** Rows by a key that each has for itself; throws when two have the same. */
export function index<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const row of rows) {
    const key = keyOf(row)
    if (map.has(key)) throw new Error(`Two specs describe ${key}`)
    map.set(key, row)
  }
  return map
}

/** Rows by a key that they share, in their order. */
export function group<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>()
  for (const row of rows) {
    const known = map.get(keyOf(row))
    if (known) known.push(row)
    else map.set(keyOf(row), [row])
  }
  return map
}
