/** Cloudflare's API v4: https://developers.cloudflare.com/api/resources/dns/ and …/resources/zones/ */
import { isObject, listField, stringField } from '../acme/json.ts'
import { txtValue } from './match.ts'
import {
  type DnsError,
  type DnsExchange,
  type DnsOperationRow,
  type DnsReading,
  type DnsRecord,
  type DnsZone,
  type MatchedOperation,
  matchOperation,
  type Provider,
  parseUrl,
} from './provider.ts'

const ZONES = /^\/client\/v4\/zones$/
const ZONE = /^\/client\/v4\/zones\/(?<zone>[^/]+)$/
const RECORDS = /^\/client\/v4\/zones\/(?<zone>[^/]+)\/dns_records$/
const RECORD = /^\/client\/v4\/zones\/(?<zone>[^/]+)\/dns_records\/(?<record>[^/]+)$/
const VERIFY = /^\/client\/v4\/(?:user|accounts\/[^/]+)\/tokens\/verify$/

const OPERATIONS: readonly DnsOperationRow[] = [
  { operation: 'dns.findZone', method: 'GET', path: ZONES, title: 'List Zones' },
  { operation: 'dns.findZone', method: 'GET', path: ZONE, title: 'Zone Details' },
  { operation: 'dns.listRecords', method: 'GET', path: RECORDS, title: 'List DNS Records' },
  { operation: 'dns.listRecords', method: 'GET', path: RECORD, title: 'DNS Record Details' },
  { operation: 'dns.createRecord', method: 'POST', path: RECORDS, title: 'Create DNS Record' },
  { operation: 'dns.updateRecord', method: 'PATCH', path: RECORD, title: 'Update DNS Record' },
  { operation: 'dns.updateRecord', method: 'PUT', path: RECORD, title: 'Overwrite DNS Record' },
  { operation: 'dns.deleteRecord', method: 'DELETE', path: RECORD, title: 'Delete DNS Record' },
  { operation: 'dns.verifyToken', method: 'GET', path: VERIFY, title: 'Verify Token' },
]

export const cloudflare: Provider = {
  name: 'cloudflare',
  label: 'Cloudflare',
  hosts: ['api.cloudflare.com'],
  operations: OPERATIONS,
  read,
}

function read(exchange: DnsExchange): DnsReading {
  const matched = matchOperation(OPERATIONS, exchange)
  const accepted = isAccepted(exchange)
  const results = resultsOf(exchange.responseJson)
  const isLookUp = matched?.row.operation === 'dns.findZone' || matched?.row.operation === 'dns.listRecords'
  return {
    operation: matched?.row.operation ?? null,
    zone: matched && readZone(matched, exchange, results),
    record: matched && readRecord(matched, exchange, results),
    listed: matched?.row.operation === 'dns.listRecords' ? results.map(toRecord) : [],
    accepted,
    errors: listField(exchange.responseJson, 'errors').flatMap(readErrors),
    found: isLookUp && accepted ? countFound(exchange.responseJson, results) : null,
  }
}

/** `success` is what counts; an answer that is no JSON is judged by its status. */
function isAccepted({ status, responseJson }: DnsExchange): boolean {
  if (status === null || status < 200 || status > 299) return false
  return !isObject(responseJson) || responseJson.success !== false
}

function resultsOf(json: unknown): readonly unknown[] {
  const result = isObject(json) ? json.result : undefined
  if (Array.isArray(result)) return result
  return isObject(result) ? [result] : []
}

/** A page holds one of several results when the client asked for one at a time; `total_count` knows them all. */
function countFound(json: unknown, results: readonly unknown[]): number | null {
  if (!isObject(json)) return null
  const total = isObject(json.result_info) ? json.result_info.total_count : undefined
  return typeof total === 'number' ? total : results.length
}

function readZone({ row, zone }: MatchedOperation, { url }: DnsExchange, results: readonly unknown[]): DnsZone | null {
  const [first] = results
  if (row.operation === 'dns.findZone') {
    return { id: stringField(first, 'id') ?? zone, name: stringField(first, 'name') ?? queryField(url, 'name') }
  }
  return zone === null ? null : { id: zone, name: stringField(first, 'zone_name') }
}

/** What the answer does not say, the request does; a look-up with several results is about what was asked for. */
function readRecord({ row, record }: MatchedOperation, exchange: DnsExchange, results: readonly unknown[]) {
  if (row.operation === 'dns.findZone' || row.operation === 'dns.verifyToken') return null
  const answered = results.length === 1 ? toRecord(results[0]) : NOTHING
  const asked = row.operation === 'dns.listRecords' ? askedRecord(exchange.url) : toRecord(exchange.requestJson)
  return {
    id: answered.id ?? record,
    type: answered.type ?? asked.type,
    name: answered.name ?? asked.name,
    value: answered.value ?? asked.value,
  }
}

const NOTHING: DnsRecord = { id: null, type: null, name: null, value: null }

function toRecord(json: unknown): DnsRecord {
  const content = stringField(json, 'content')
  return {
    id: stringField(json, 'id'),
    type: stringField(json, 'type'),
    name: stringField(json, 'name'),
    value: content === null ? null : txtValue(content),
  }
}

/** Newer clients write `name.exact`, older ones `name`. */
function askedRecord(url: string): DnsRecord {
  const content = queryField(url, 'content')
  return {
    id: null,
    type: queryField(url, 'type'),
    name: queryField(url, 'name'),
    value: content === null ? null : txtValue(content),
  }
}

function queryField(url: string, name: string): string | null {
  const query = parseUrl(url)?.searchParams
  return query?.get(name) ?? query?.get(`${name}.exact`) ?? null
}

/** An error may be explained by an `error_chain` (6003 by 6111): both are given. */
function readErrors(json: unknown): readonly DnsError[] {
  if (!isObject(json)) return []
  return [toError(json), ...listField(json, 'error_chain').filter(isObject).map(toError)]
}

const toError = (json: { readonly [key: string]: unknown }): DnsError => ({
  code: typeof json.code === 'number' || typeof json.code === 'string' ? String(json.code) : '',
  message: stringField(json, 'message') ?? '',
})
