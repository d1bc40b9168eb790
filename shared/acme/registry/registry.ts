/** Joins the specs into look-up tables. Throws at start on a duplicate key or a row that cites nothing we know. */
import type { Reference } from '../../reference.ts'
import type { Operation } from '../model.ts'
import type {
  ChallengeRow,
  Citation,
  FieldRow,
  HeaderRow,
  HeaderValueRow,
  IdentifierRow,
  LinkRow,
  ObjectKind,
  OperationRow,
  ProblemRow,
  ReasonRow,
  RowTrait,
  Spec,
  StatusRow,
  Trait,
  TraitRow,
  TransitionRow,
} from '../specs/row.ts'
import { allSpecs } from './all-specs.ts'
import { gather, group, index, type Section, toSections } from './join-specs.ts'

const sections = toSections(allSpecs)
const all = <T extends Exclude<keyof Spec, 'document' | 'sections'>>(table: T) => gather(allSpecs, sections, table)

const operations = index(all('operations'), (row) => row.operation)
const problems = index(all('problems'), (row) => row.type)
const challenges = index(all('challenges'), (row) => row.type)
const identifiers = index(all('identifiers'), (row) => row.type)
const statuses = index(all('statuses'), (row) => `${row.object} ${row.status}`)
const reasons = index(all('reasons'), (row) => String(row.code))
const headers = index(all('headers'), (row) => row.header)
const headerValues = index(all('headerValues'), (row) => `${row.header} ${row.value}`)
const fields = index(
  all('fields').filter(({ value }) => value === undefined),
  (row) => `${row.object}.${row.field}`,
)
const fieldsByValue = index(
  all('fields').filter(({ value }) => value !== undefined),
  (row) => `${row.object} ${row.value}`,
)
const links = group(
  all('links').flatMap((row) => row.answerTo.map((operation) => ({ operation, row }))),
  ({ operation }) => operation,
)
const statusesByObject = group([...statuses.values()], ({ object }) => object)
const transitions = index(all('transitions'), ({ object, from, to }) => `${object} ${from} ${to}`)
const transitionsByObject = group([...transitions.values()], ({ object }) => object)
const moves = group([...transitions.values()], ({ object, from }) => `${object} ${from}`)

// ───────────────────────────── which documents

const vendors = new Set(allSpecs.flatMap(({ document }) => (document.vendor ? [document.id] : [])))

interface Cited {
  readonly cite: Citation
}

const documentOf = ({ cite }: Cited): string => cite.slice(0, cite.lastIndexOf(' §'))

/** False for a row of a vendor's own, which is explained and yet known to no registry. */
export const isRegistered = (row: Cited): boolean => !vendors.has(documentOf(row))

const isExtension = (row: Cited): boolean => documentOf(row) !== 'RFC 8555' && isRegistered(row)

const extensionFields = group([...fields.values()].filter(isExtension), (row) => row.object)

// ───────────────────────────── traits

/** What rows cite of themselves comes first, then what the trait tables add. */
const traits = group(
  [...citedByRows(), ...all('traits')].map((row, place) => ({ ...row, place })),
  ({ trait }) => trait,
)

/** A step that shows what a row describes exercises the section that the row cites. */
function citedByRows(): readonly TraitRow[] {
  const cited = (trait: RowTrait, { cite }: Cited, operation: Operation | null = null) => ({ operation, trait, cite })
  return [
    ...[...challenges.values()].map((row) => cited(`challenge ${row.type}`, row, 'challenge')),
    ...[...fields.values()].filter(isExtension).map((row) => cited(`field ${row.object}.${row.field}`, row)),
    ...[...identifiers.values()].filter(isExtension).map((row) => cited(`identifier ${row.type}`, row)),
    ...[...problems.values()].map((row) => cited(`problem ${row.type}`, row)),
  ]
}

// ───────────────────────────── look-ups

/** `RFC 8555 §7.4` → the reference; throws on a section no spec holds (a mistake of ours, found by the first test). */
export function reference(cite: Citation): Reference {
  const section = sections.get(cite)
  if (!section) throw new Error(`No spec holds ${cite}`)
  return section.reference
}

/** What a section asks, in our own words; null for one we do not describe. */
export const sectionText = (of: Pick<Reference, 'document' | 'section'>): string | null =>
  sections.get(`${of.document} §${of.section}`)?.text ?? null

/** Every section that some spec describes, in the order of the specs. */
export const allSections = (): readonly Reference[] => [...sections.values()].map((section) => section.reference)

/** By the full citation; null for one that no spec holds. */
export const sectionOf = (cite: Citation): Section | null => sections.get(cite) ?? null

/** Rows of one table of every spec, each with its citation in full. */
export const rowsOf = all

/** Null for `other`: what no spec describes. */
export const operationRow = (operation: Operation): OperationRow | null => operations.get(operation) ?? null

/** Steps are of few kinds: those of one kind share one list. */
const known = new Map<string, readonly Reference[]>()
const MAX_KINDS = 1000

/** The sections a step belongs to: the badge first, then what else is true of it. */
export function referencesOf(operation: Operation, holds: ReadonlySet<Trait>): readonly Reference[] {
  const kind = `${operation} ${[...holds].join(' ')}`
  const references = known.get(kind) ?? lookUpReferences(operation, holds)
  if (known.size < MAX_KINDS) known.set(kind, references)
  return references
}

function lookUpReferences(operation: Operation, holds: ReadonlySet<Trait>): readonly Reference[] {
  const own = operations.get(operation)?.cites ?? []
  const further = [...holds]
    .flatMap((trait) => traits.get(trait) ?? [])
    .filter((row) => row.operation === null || row.operation === operation)
    .toSorted((one, other) => one.place - other.place)
  return [...new Set([...own, ...further.map((row) => row.cite)])].map(reference)
}

export const linkRows = (operation: Operation): readonly LinkRow[] => (links.get(operation) ?? []).map(({ row }) => row)

/** Null for a type that no document we know describes; so are the others below. */
export const problemRow = (acmeType: string | null): ProblemRow | null =>
  (acmeType === null ? null : problems.get(acmeType)) ?? null

export const challengeRow = (type: string): ChallengeRow | null => challenges.get(type) ?? null

export const identifierRow = (type: string): IdentifierRow | null => identifiers.get(type) ?? null

export const statusRow = (object: string, status: string): StatusRow | null =>
  statuses.get(`${object} ${status}`) ?? null

/** The statuses an object can have; none for what has no status. */
export const statusesOf = (object: string): readonly StatusRow[] => statusesByObject.get(object) ?? []

/** The moves an object can make from one status to another (§7.1.6). */
export const transitionsOf = (object: string): readonly TransitionRow[] => transitionsByObject.get(object) ?? []

/** Why a certificate is revoked (RFC 5280 §5.3.1). */
export const reasonRow = (code: number): ReasonRow | null => reasons.get(String(code)) ?? null

/** @param name in any case */
export const headerRow = (name: string): HeaderRow | null => headers.get(name.toLowerCase()) ?? null

/** @param name in any case; @param value a media type, a directive or the relation of a link */
export const headerValueRow = (name: string, value: string): HeaderValueRow | null =>
  headerValues.get(`${name.toLowerCase()} ${value.toLowerCase()}`) ?? null

/** Explains one field of one object: `fieldRow('order', 'finalize')`. */
export const fieldRow = (object: FieldRow['object'], field: string): FieldRow | null =>
  fields.get(`${object}.${field}`) ?? null

/** Explains a field that is known by its value, under whatever name. */
export const fieldRowByValue = (object: FieldRow['object'], value: string): FieldRow | null =>
  fieldsByValue.get(`${object} ${value}`) ?? null

/** The fields that extensions, not RFC 8555, give an object. */
export const extensionFieldsOf = (object: ObjectKind): readonly FieldRow[] => extensionFields.get(object) ?? []

/** Whether a status can be reached from another by any number of allowed moves (§7.1.6). Unknown ones always can. */
export function isReachable(object: string, from: string, to: string): boolean {
  if (from === to || !statuses.has(`${object} ${from}`) || !statuses.has(`${object} ${to}`)) return true
  const seen = new Set<string>()
  const open = [from]
  for (let status = open.pop(); status !== undefined; status = open.pop()) {
    if (status === to) return true
    if (seen.has(status)) continue
    seen.add(status)
    open.push(...(moves.get(`${object} ${status}`) ?? []).map(({ to }) => to))
  }
  return false
}
