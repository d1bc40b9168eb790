/** What each section defines: the rows that cite it, in one list for whoever looks at the section. */
import type { Citation, FieldRow } from '../specs/row.ts'
import { group } from './join-specs.ts'
import { rowsOf } from './registry.ts'

export type DefinitionKind = 'field' | 'status' | 'problem' | 'challenge' | 'identifier' | 'header' | 'reason'

export interface Definition {
  readonly kind: DefinitionKind
  /** The same for every sight of it: `field order.status`, `status order valid`, `problem badNonce`. */
  readonly key: string
  /** As on the wire. */
  readonly name: string
  /** Which object it belongs to: `order`; null where there is none. */
  readonly of: string | null
  readonly text: string
  readonly cite: Citation
}

/** The key of each kind of row. */
export const keyOf = {
  field: (object: string, field: string): string => `field ${object}.${field}`,
  /** A field that is known by its value. */
  fieldValue: (object: string, value: string): string => `field ${object} = ${value}`,
  status: (object: string, status: string): string => `status ${object} ${status}`,
  problem: (type: string): string => `problem ${type}`,
  challenge: (type: string): string => `challenge ${type}`,
  identifier: (type: string): string => `identifier ${type}`,
  header: (header: string): string => `header ${header}`,
  reason: (code: number | string): string => `reason ${code}`,
} as const

const define = (kind: DefinitionKind, key: string, name: string, text: string, cite: Citation): Definition => ({
  kind,
  key,
  name,
  of: null,
  text,
  cite,
})

const fieldDefinition = ({ object, field, value, text, cite }: FieldRow): Definition =>
  value === undefined
    ? { ...define('field', keyOf.field(object, field), field, text, cite), of: object }
    : { ...define('field', keyOf.fieldValue(object, value), '…', text, cite), of: object }

/** What we alone call a status no answer shows. */
const onTheWire = rowsOf('statuses').filter(({ ours }) => !ours)

/** Every one there is. */
export const definitions: readonly Definition[] = [
  ...rowsOf('fields').map(fieldDefinition),
  ...onTheWire.map(({ object, status, text, cite }) => ({
    ...define('status', keyOf.status(object, status), status, text, cite),
    of: object,
  })),
  ...rowsOf('problems').map(({ type, meaning, cite }) => define('problem', keyOf.problem(type), type, meaning, cite)),
  ...rowsOf('challenges').map(({ type, proof, cite }) => define('challenge', keyOf.challenge(type), type, proof, cite)),
  ...rowsOf('identifiers').map(({ type, text, cite }) =>
    define('identifier', keyOf.identifier(type), type, text, cite),
  ),
  ...rowsOf('headers').map(({ header, text, cite }) => define('header', keyOf.header(header), header, text, cite)),
  ...rowsOf('reasons').map(({ code, name, text, cite }) =>
    define('reason', keyOf.reason(code), `${code} ${name}`, text, cite),
  ),
]

const bySection = group(definitions, ({ cite }) => cite)

/** In the order of the tables. */
export const definitionsOf = (cite: Citation): readonly Definition[] => bySection.get(cite) ?? []

const byKey = new Map(definitions.map((one) => [one.key, one]))

/** Null where no row has that key. */
export const definition = (key: string): Definition | null => byKey.get(key) ?? null
