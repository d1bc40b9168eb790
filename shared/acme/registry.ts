/** Joins the specs into look-up tables. Throws at start on a duplicate key or a row that cites nothing we know. */
import type { Reference } from '../reference.ts'
import type { Operation } from './model.ts'
import { rfc2986, rfc7515, rfc7807 } from './specs/cited.ts'
import { profiles } from './specs/draft-ietf-acme-profiles.ts'
import { rfc8555 } from './specs/rfc8555/spec.ts'
import { rfc8737 } from './specs/rfc8737-tls-alpn.ts'
import { rfc9773 } from './specs/rfc9773-ari.ts'
import type {
  ChallengeRow,
  Citation,
  FieldRow,
  LinkRow,
  OperationRow,
  ProblemRow,
  SectionRow,
  Spec,
  Trait,
} from './specs/row.ts'

const specs: readonly Spec[] = [rfc8555, rfc8737, rfc9773, profiles, rfc2986, rfc7515, rfc7807]

interface Section extends SectionRow {
  readonly reference: Reference
}

const sections = index(
  specs.flatMap((spec) => spec.sections.map((row) => toSection(spec, row))),
  (row) => `${row.reference.document} §${row.section}`,
)

function toSection(spec: Spec, row: SectionRow): Section {
  const { id, url } = spec.document
  const reference = { document: id, section: row.section, title: row.title, url: url.replace('{section}', row.section) }
  return { ...row, reference }
}

const operations = index(gather('operations'), (row) => row.operation)
const problems = index(gather('problems'), (row) => row.type)
const challenges = index(gather('challenges'), (row) => row.type)
const fields = index(gather('fields'), (row) => `${row.object}.${row.field}`)
const traits = gather('traits')
const transitions = index(gather('transitions'), (row) => `${row.object} ${row.from}`)
const links = gather('links')

type Tables = 'operations' | 'traits' | 'links' | 'problems' | 'challenges' | 'transitions' | 'fields'
type RowOf<T extends Tables> = NonNullable<Spec[T]>[number]

/** All rows of one table, with every citation resolved to its full form, or an error at start. */
function gather<T extends Tables>(table: T): readonly RowOf<T>[] {
  return specs.flatMap((spec) => (spec[table] ?? []).map((row) => withCitations(spec, row) as RowOf<T>))
}

function withCitations(spec: Spec, row: object): object {
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

function index<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const row of rows) {
    const key = keyOf(row)
    if (map.has(key)) throw new Error(`Two specs describe ${key}`)
    map.set(key, row)
  }
  return map
}

/** `RFC 8555 §7.4` → the reference; throws on a section no spec holds (a mistake of ours, found by the first test). */
export function reference(cite: Citation): Reference {
  const section = sections.get(cite)
  if (!section) throw new Error(`No spec holds ${cite}`)
  return section.reference
}

/** What a section asks, in our own words; null for one we do not describe. */
export const sectionText = (of: Pick<Reference, 'document' | 'section'>): string | null =>
  sections.get(`${of.document} §${of.section}`)?.text ?? null

/** Null for `other`: what no spec describes. */
export const operationRow = (operation: Operation): OperationRow | null => operations.get(operation) ?? null

/** The sections a step belongs to: the badge first, then what else is true of it. */
export function referencesOf(operation: Operation, holds: ReadonlySet<Trait>): readonly Reference[] {
  const own = operations.get(operation)?.cites ?? []
  const further = traits
    .filter((row) => (row.operation === null || row.operation === operation) && holds.has(row.trait))
    .map((row) => row.cite)
  return [...new Set([...own, ...further])].map(reference)
}

export const linkRows = (operation: Operation): readonly LinkRow[] =>
  links.filter((row) => row.answerTo.includes(operation))

/** Null for a type that no document we know registers. */
export const problemRow = (acmeType: string | null): ProblemRow | null =>
  (acmeType === null ? null : problems.get(acmeType)) ?? null

export const challengeRow = (type: string): ChallengeRow | null => challenges.get(type) ?? null

/** Explains one field of one object: `fieldRow('order', 'finalize')`. Null means not registered. */
export const fieldRow = (object: FieldRow['object'], field: string): FieldRow | null =>
  fields.get(`${object}.${field}`) ?? null

/** Whether a status can be reached from another by any number of allowed moves (§7.1.6). Unknown ones always can. */
export function isReachable(object: string, from: string, to: string): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let status = open.pop(); status !== undefined; status = open.pop()) {
    if (status === to) return true
    if (seen.has(status)) continue
    seen.add(status)
    open.push(...(transitions.get(`${object} ${status}`)?.to ?? []))
  }
  return (
    !transitions.has(`${object} ${from}`) && !['valid', 'invalid', 'deactivated', 'expired', 'revoked'].includes(from)
  )
}
