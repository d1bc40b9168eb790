/** A DNS provider that nobody described: whatever host is sent the value that a TXT record must have (RFC 8555 §8.4). */
import { refusal } from '../dns/errors.ts'
import { txtValue } from '../dns/match.ts'
import type { DnsReading, DnsRecordChange } from '../dns/provider.ts'
import { change, idField } from '../dns/record.ts'
import type { Known } from './dns.ts'
import { type DnsIndex, recordOf, standingAt } from './dns-index.ts'
import { isObject } from './json.ts'
import { hostOf } from './lanes.ts'
import type { Content, DecodedExchange, DnsOperation, JsonObject } from './model.ts'

/** Null when the host is a CA's, or was never sent a value that a challenge expects. */
export function readUnnamed(decoded: DecodedExchange, { index }: Known): DnsReading | null {
  const { url } = decoded.head.request
  const host = hostOf(url)
  if (index.caHosts.has(host)) return null
  const values = decoded.txtCandidates.filter((value) => index.proofs.byValue.has(value))
  if (!values.length && !index.dns.hosts.has(host)) return null
  const told = values.length ? written(decoded, index.dns, values) : unwritten(decoded, index.dns)
  const status = decoded.head.response?.status ?? null
  return {
    ...NOTHING_SAID,
    ...told,
    accepted: status !== null && status >= 200 && status <= 299,
    errors:
      status !== null && status >= 400
        ? [refusal(status, told.operation === 'dns.deleteRecord' ? 'record-not-found' : 'failed')]
        : [],
  }
}

type Told = Pick<DnsReading, 'operation' | 'changes'>

/** What is sent is written, for the first time or again, or taken away, or looked for. */
function written({ head, response }: DecodedExchange, dns: DnsIndex, values: readonly string[]): Told {
  const { method, url } = head.request
  const standing = standingAt(dns, hostOf(url), NAMELESS)
  const isThere = values.every((value) => standing.has(value))
  const operation = operationOf(method, wordsOf(url), isThere)
  const action = ACTIONS[operation]
  const id = values.length === 1 && action === 'create' ? idIn(response, values[0]) : null
  return {
    operation,
    changes: action ? values.map((value) => change(action, { id, type: 'TXT', values: [value] })) : [],
  }
}

/** Without a value only a deletion can be told, and what is deleted if the answer to its creation gave the id. */
function unwritten({ head }: DecodedExchange, dns: DnsIndex): Told {
  const { method, url } = head.request
  const words = wordsOf(url)
  if (operationOf(method, words, true) !== 'dns.deleteRecord') return { operation: null, changes: [] }
  const id = words.find((word) => recordOf(dns, hostOf(url), word))
  return { operation: 'dns.deleteRecord', changes: id === undefined ? [] : [change('delete', { id })] }
}

const NAMELESS = { type: 'TXT', name: '' }

const NOTHING_SAID = { api: null, zone: null, zones: [], asked: null, listed: [], found: null, progress: null } as const

const ACTIONS: Partial<Record<DnsOperation, DnsRecordChange['action']>> = {
  'dns.createRecord': 'create',
  'dns.updateRecord': 'update',
  'dns.deleteRecord': 'delete',
}

const DELETES = new Set(['delete', 'remove', 'clear', 'unset', 'destroy', 'del', 'rm'])
const WRITES = new Set('add create set update upsert put insert edit modify change present txt dyndns'.split(' '))

/**
 * By the method, and by the words of the path and the query where the method says nothing, as in APIs that do
 * everything by GET or POST. What is written again is changed.
 */
function operationOf(method: string, words: readonly string[], isThere: boolean): DnsOperation {
  if (method === 'DELETE' || words.some((word) => DELETES.has(verbOf(word)))) return 'dns.deleteRecord'
  const isLook = method === 'GET' || method === 'HEAD'
  if (isLook && !words.some((word) => WRITES.has(verbOf(word)))) return 'dns.listRecords'
  return isThere ? 'dns.updateRecord' : 'dns.createRecord'
}

/** Longer words are values and keys. */
const MAX_WORD = 40

/** Parts of the path and the query that are no names of hosts: `/records/delete?action=x` → records, delete, action, x. */
const wordsOf = (url: string): readonly string[] =>
  url
    .replace(/^[a-z]+:\/\/[^/?#]*/i, '')
    .split(/[/?&=;#]/)
    .filter((word) => word !== '' && word.length <= MAX_WORD && !word.includes('.'))

/** `deleteRecord`, `delete_record` and `DELETE` begin with the same word. */
const verbOf = (word: string): string => (/^(?:[A-Z]+(?![a-z])|[A-Za-z][a-z]*)/.exec(word)?.[0] ?? '').toLowerCase()

// ───────────────────────────── the record's id

const ID_NAMES = ['id', 'record_id', 'recordId', 'RecordId', 'uuid'] as const
/** An answer to a write is small. */
const MOST_OBJECTS = 200

/** The id an answer gives beside the value, or else the first one it gives. */
function idIn(response: Content, value: string | undefined): string | null {
  if (response.kind !== 'json') return null
  const ids = objectsIn(response.value).flatMap((object) => {
    const id = ID_NAMES.map((name) => idField(object, name)).find((one) => one !== null)
    const isBeside = Object.values(object).some((member) => typeof member === 'string' && txtValue(member) === value)
    return id ? [{ id, isBeside }] : []
  })
  return (ids.find(({ isBeside }) => isBeside) ?? ids[0])?.id ?? null
}

/** Level by level, so that a deep nest costs no more than a wide one. */
function objectsIn(json: unknown): readonly JsonObject[] {
  const open: unknown[] = [json]
  const objects: JsonObject[] = []
  for (let at = 0; at < open.length && at < MOST_OBJECTS; at++) {
    const value = open[at]
    if (isObject(value)) objects.push(value)
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value).slice(0, MOST_OBJECTS))
  }
  return objects
}
