/**
 * A wire object → what each of its fields is, in words, with the section that says so. For whoever looks at it.
 *
 * Bounded in depth, length and total, whatever the object holds. A field, type or status that no document registers is
 * shown by its own name as such, never left out.
 */
import type { Reference } from '../../reference.ts'
import { isObject, jsonObject, stringField } from '../json.ts'
import type { DecodedExchange, JsonObject, Jws, Operation } from '../model.ts'
import { fieldRow, fieldRowByValue, isRegistered, operationRow, reference } from '../registry/registry.ts'
import type { FieldRow, ObjectKind } from '../specs/row.ts'
import { type Budget, readEncoded, show, showList } from './show-value.ts'
import { type Meaning, meaningOf } from './word-meaning.ts'

export interface Explanation {
  /** In the order of the wire. */
  readonly fields: readonly Explained[]
  /** How many more there are than are shown. */
  readonly omitted: number
}

export interface Explained {
  readonly field: string
  /** As on the wire, a list one element a line; long ones are cut, and end in …. With `inside`: its headline, if any. */
  readonly value: string
  /** What the field is, in a sentence of ours; null when nobody we know describes it. */
  readonly text: string | null
  readonly reference: Reference | null
  /** False for a field of a vendor's own (which has a text) and for one that nobody describes. */
  readonly registered: boolean
  /** What the value says, when it is a word of a table: a status, a type, a code. */
  readonly meaning: Meaning | null
  readonly inside: Explanation | null
}

/** No object of ACME comes near these; orders of a hundred names do. */
const MAX_FIELDS = 100
const MAX_DEPTH = 8
const MAX_TOTAL = 2000

/**
 * Explains an object of the given kind.
 * @param type of the challenge, for the answer to one (`challengeResponse`); a challenge says its own
 * @returns null when `wire` is no JSON object
 */
export function explain(kind: ObjectKind, wire: unknown, type: string | null = null): Explanation | null {
  return isObject(wire) ? explainObject(kind, wire, toPlace(type, null)) : null
}

/** Explains the payload of a signed request; null when it is none of ACME's objects. */
export function explainPayload(
  operation: Operation,
  { payload }: Jws,
  challengeType: string | null,
): Explanation | null {
  const { sends, shows = null } = operationRow(operation) ?? {}
  if (!sends || payload.kind !== 'json' || !isObject(payload.value)) return null
  return explainObject(sends, payload.value, toPlace(challengeType, shows))
}

/** Explains the answer to a request: the object it shows, or the problem; null when it is none of ACME's objects. */
export function explainAnswer(operation: Operation, decoded: DecodedExchange): Explanation | null {
  const row = operationRow(operation)
  const refused = row?.to === 'ca' && (decoded.head.response?.status ?? 0) >= 400
  const kind = decoded.problem || refused ? 'problem' : row?.shows
  return kind ? explain(kind, jsonObject(decoded.response)) : null
}

interface Place {
  /** Of the challenge that is answered. */
  readonly type: string | null
  /** What the object becomes at the CA, when it is what a client sends. */
  readonly becomes: ObjectKind | null
  readonly depth: number
  /** Shared by all places of one explanation. */
  readonly budget: Budget
}

const toPlace = (type: string | null, becomes: ObjectKind | null): Place => ({
  type,
  becomes,
  depth: 0,
  budget: { left: MAX_TOTAL },
})

function explainObject(kind: ObjectKind, wire: JsonObject, place: Place): Explanation {
  const type = kind === 'challenge' ? stringField(wire, 'type') : place.type
  return take(Object.keys(wire), place, (name) => {
    const value = wire[name]
    const row = rowOf(kind, type, name, value)
    const taken = row ?? (place.becomes && fieldRow(place.becomes, name))
    const words = row || !taken ? described(row) : { ...described(taken), text: `${taken.text} ${NOT_THEIRS}` }
    return { field: show(name), ...words, ...valued(taken, value, place), meaning: meaning(row, kind, value) }
  })
}

/** Of a field that clients copy from the CA's object into their own. */
const NOT_THEIRS = 'Only the CA sets it; from a client it means nothing.'

/** What describes a field: the row of challenges of one type goes first, one that is known by its value last. */
export function rowOf(kind: ObjectKind, type: string | null, name: string, value: unknown): FieldRow | null {
  const own =
    type !== null && (kind === 'challenge' || kind === 'challengeResponse') ? fieldRow(`${kind} ${type}`, name) : null
  return own ?? fieldRow(kind, name) ?? (typeof value === 'string' ? fieldRowByValue(kind, value) : null)
}

const inner = (place: Place): Place => ({ ...place, becomes: null, depth: place.depth + 1 })

const described = (row: FieldRow | null) => ({
  text: row?.text ?? null,
  reference: row && reference(row.cite),
  registered: row !== null && isRegistered(row),
})

const meaning = (row: FieldRow | null, kind: ObjectKind, value: unknown): Meaning | null =>
  row?.word ? meaningOf(row.word, kind, value) : null

/** As much of a list as its length and what is left of the whole allow. */
function take<T>(items: readonly T[], { budget }: Place, toExplained: (item: T, at: number) => Explained): Explanation {
  const shown = items.slice(0, Math.min(MAX_FIELDS, budget.left))
  budget.left -= shown.length
  return { fields: shown.map(toExplained), omitted: items.length - shown.length }
}

function valued(row: FieldRow | null, value: unknown, place: Place): Pick<Explained, 'value' | 'inside'> {
  const object = row?.encoding ? readEncoded(row.encoding, value) : value
  const inside = row && place.depth < MAX_DEPTH ? insideOf(row, object, inner(place)) : null
  if (inside) return { value: row?.holds && SHORT.has(row.holds) ? headline(row.holds, object) : '', inside }
  return { value: Array.isArray(value) ? showList(value) : show(value), inside }
}

/** What a value holds that has fields of its own. */
function insideOf({ holds, named }: FieldRow, object: unknown, place: Place): Explanation | null {
  if (named) return isObject(object) ? explainNamed(holds, object, place) : null
  if (!holds) return null
  if (Array.isArray(object)) return object.some(isObject) ? explainList(holds, object, place) : null
  return isObject(object) ? explainObject(holds, object, place) : null
}

/** Members that are names, not fields: a profile, a domain. */
const explainNamed = (kind: ObjectKind | undefined, object: JsonObject, place: Place): Explanation =>
  take(Object.keys(object), place, (name) => element(show(name), kind, object[name], place))

/** The elements of a list, numbered from 1. */
const explainList = (kind: ObjectKind, list: readonly unknown[], place: Place): Explanation =>
  take(list, place, (item, at) => ({ ...element(String(at + 1), kind, item, place), value: headline(kind, item) }))

function element(field: string, kind: ObjectKind | undefined, value: unknown, place: Place): Explained {
  const inside = kind && isObject(value) ? explainObject(kind, value, inner(place)) : null
  const plain = { text: null, reference: null, registered: true, meaning: null }
  return { ...plain, field, value: inside ? '' : show(value), inside }
}

/** What tells one object from others of its kind: `dns example.org`, `http-01 pending`, `EC P-256`. */
const HEADLINES: Partial<Record<ObjectKind, readonly string[]>> = {
  identifier: ['type', 'value'],
  challenge: ['type', 'status'],
  jwk: ['kty', 'crv'],
  problem: ['type'],
  validationRecord: ['hostname', 'addressUsed'],
}

/** Those of which the headline tells nearly all. */
const SHORT: ReadonlySet<ObjectKind> = new Set(['identifier', 'jwk'])

function headline(kind: ObjectKind, item: unknown): string {
  if (!isObject(item)) return Array.isArray(item) ? '' : show(item)
  const parts = (HEADLINES[kind] ?? []).flatMap((name) => stringField(item, name) ?? [])
  return parts.map(show).join(' ')
}
