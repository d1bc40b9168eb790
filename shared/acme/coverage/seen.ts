/** Which rows of the specs one step shows: fields, statuses, types, headers. By the keys of `registry/definitions.ts`. */
import type { Headers } from '../../exchange.ts'
import { rowOf } from '../explain/explain.ts'
import { readEncoded } from '../explain/show-value.ts'
import { roleOf } from '../fold/lanes.ts'
import { isObject, jsonObject, stringField } from '../json.ts'
import type { JsonObject, Step } from '../model.ts'
import { definition, keyOf } from '../registry/definitions.ts'
import { operationRow } from '../registry/registry.ts'
import type { FieldRow, ObjectKind, WordTable } from '../specs/row.ts'

/** One object repeats what another of its list has shown; no object of ACME has so many fields or is so deep. */
const MAX_ELEMENTS = 20
const MAX_FIELDS = 200
const MAX_DEPTH = 6
const MAX_HEADERS = 100

/** @param type of the challenge that the step is about, where it is known */
export function seenIn(step: Step, type: string | null): ReadonlySet<string> {
  const seen: Seen = { keys: new Set(), left: MAX_FIELDS }
  const { decoded, operation } = step
  const row = operationRow(operation)
  if (roleOf(step.to) !== 'ca') return seen.keys
  noteHeaders(seen, decoded.head.request.headers)
  noteHeaders(seen, decoded.head.response?.headers ?? [])
  const { jws } = decoded
  if (jws?.header) walk(seen, 'protected', null, jws.header, 0)
  if (jws?.payload.kind === 'json' && row?.sends) walk(seen, row.sends, type, jws.payload.value, 0)
  const shows = decoded.problem ? 'problem' : row?.shows
  if (shows) walk(seen, shows, type, jsonObject(decoded.response), 0)
  return seen.keys
}

interface Seen {
  readonly keys: Set<string>
  /** Fields that may still be looked at. */
  left: number
}

/** Traffic can name anything: only what a row describes is kept. */
function note({ keys }: Seen, key: string): void {
  if (definition(key)) keys.add(key)
}

function noteHeaders(seen: Seen, headers: Headers): void {
  for (const [name] of headers.slice(0, MAX_HEADERS)) note(seen, keyOf.header(name.toLowerCase()))
}

function walk(seen: Seen, kind: ObjectKind, type: string | null, value: unknown, depth: number): void {
  if (!isObject(value) || depth > MAX_DEPTH) return
  const own = kind === 'challenge' ? stringField(value, 'type') : type
  for (const name of Object.keys(value)) {
    if (seen.left-- <= 0) return
    const row = rowOf(kind, own, name, value[name])
    if (row) noteField(seen, kind, own, row, value[name], depth)
  }
}

function noteField(
  seen: Seen,
  kind: ObjectKind,
  type: string | null,
  row: FieldRow,
  value: unknown,
  depth: number,
): void {
  seen.keys.add(row.value === undefined ? keyOf.field(row.object, row.field) : keyOf.fieldValue(row.object, row.value))
  if (row.word) noteWord(seen, row.word, kind, value)
  if (!row.holds) return
  const held = row.encoding ? readEncoded(row.encoding, value) : value
  for (const one of elementsOf(row, held)) walk(seen, row.holds, type, one, depth + 1)
}

const elementsOf = ({ named }: FieldRow, value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.slice(0, MAX_ELEMENTS)
  return named && isObject(value) ? valuesOf(value) : [value]
}

const valuesOf = (object: JsonObject): readonly unknown[] =>
  Object.keys(object)
    .slice(0, MAX_ELEMENTS)
    .map((name) => object[name])

const URN = 'urn:ietf:params:acme:error:'

function noteWord(seen: Seen, table: WordTable, kind: ObjectKind, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'number') return
  const word = String(value)
  if (table === 'status') note(seen, keyOf.status(kind, word))
  else if (table === 'problem') note(seen, keyOf.problem(word.startsWith(URN) ? word.slice(URN.length) : word))
  else if (table !== 'certificateId') note(seen, keyOf[table](word))
}
