/** Records, however an API writes them. */
import { isObject, listField, stringField } from '../acme/json.ts'
import { txtValue } from './match.ts'
import type { DnsRecord, DnsRecordChange } from './provider.ts'

export const NO_RECORD: DnsRecord = { id: null, type: null, name: null, values: [] }

/** Which members of a JSON object say what. */
export interface RecordFields {
  readonly id?: string
  readonly type?: string
  readonly name?: string
  readonly value: string
}

/** A record with one value. */
export const toRecord = (json: unknown, { id, type, name, value }: RecordFields): DnsRecord => ({
  id: id === undefined ? null : idField(json, id),
  type: type === undefined ? null : stringField(json, type),
  name: name === undefined ? null : stringField(json, name),
  values: toValues([stringField(json, value)]),
})

/** The strings among them, as a TXT record means them. */
export const toValues = (values: readonly unknown[]): readonly string[] =>
  values.flatMap((value) => (typeof value === 'string' ? txtValue(value) : []))

/** An id may be a string or a number. */
export function idField(json: unknown, name: string): string | null {
  const value = isObject(json) ? json[name] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** What an answer lists under one member, or the one object it gives under another. */
export const listOrOne = (json: unknown, list: string, one: string): readonly unknown[] =>
  isObject(json) && isObject(json[one]) ? [json[one]] : listField(json, list)

/** What the first does not say, the second does. */
export const combine = (first: DnsRecord, second: DnsRecord): DnsRecord => ({
  id: first.id ?? second.id,
  type: first.type ?? second.type,
  name: first.name ?? second.name,
  values: first.values.length ? first.values : second.values,
})

export const change = (action: DnsRecordChange['action'], record: Partial<DnsRecord>): DnsRecordChange => ({
  action,
  record: { ...NO_RECORD, ...record },
})

/** Names of hosts and zones: without the dot at the end. */
export const withoutDot = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name)

export const sameName = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && withoutDot(a).toLowerCase() === withoutDot(b).toLowerCase()

/**
 * The whole name of a record.
 * @param zone name of the zone; without it a relative name stays as it is
 */
export function absoluteName(name: string, zone: string | null, names: 'absolute' | 'relative'): string {
  if (names === 'absolute' || name.endsWith('.') || zone === null) return withoutDot(name)
  return name === '@' || name === '' ? zone : `${name}.${zone}`
}
