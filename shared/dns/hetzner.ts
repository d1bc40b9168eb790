/** The API of Hetzner's DNS Console, which the one of Hetzner Cloud replaces: https://dns.hetzner.com/api-docs */
import { isObject, stringField } from '../acme/json.ts'
import { whole } from '../redact/rule.ts'
import type { Call, DnsErrorRow, DnsExchange, DnsOperationRow, DnsRecordChange, Provider } from './provider.ts'
import { change, combine, idField, listOrOne, NO_RECORD, toRecord } from './record.ts'
import { row } from './row.ts'

const ZONES = /^\/api\/v1\/zones$/
const ZONE = /^\/api\/v1\/zones\/(?<zone>[^/]+)$/
const RECORDS = /^\/api\/v1\/records$/
const BULK = /^\/api\/v1\/records\/bulk$/
const RECORD = /^\/api\/v1\/records\/(?<record>[^/]+)$/

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', ZONES, 'dns.findZone', 'Get All Zones', 'GetZones', zones),
  row('GET', ZONE, 'dns.findZone', 'Get Zone', 'GetZone', zones),
  row('GET', RECORDS, 'dns.listRecords', 'Get All Records', 'GetRecords', listed),
  row('GET', RECORD, 'dns.listRecords', 'Get Record', 'GetRecord', listed),
  row('POST', RECORDS, 'dns.createRecord', 'Create Record', 'CreateRecord', written('create')),
  row('POST', BULK, 'dns.createRecord', 'Bulk Create Records', 'BulkCreateRecords', written('create')),
  row('PUT', BULK, 'dns.updateRecord', 'Bulk Update Records', 'BulkUpdateRecords', written('update')),
  row('PUT', RECORD, 'dns.updateRecord', 'Update Record', 'UpdateRecord', written('update')),
  row('DELETE', RECORD, 'dns.deleteRecord', 'Delete Record', 'DeleteRecord', written('delete')),
]

const ERRORS: readonly DnsErrorRow[] = [
  { message: /no api key|invalid (?:authentication|api key|token)/i, kind: 'unauthorized' },
  { message: /rate limit/i, kind: 'rate-limited' },
  { message: /zone (?:\S+ )?not found|invalid zone/i, kind: 'zone-not-found' },
  { message: /already exists|taken/i, kind: 'record-exists' },
]

export const hetzner: Provider = {
  name: 'hetzner',
  label: 'Hetzner DNS Console',
  hosts: ['dns.hetzner.com'],
  names: 'relative',
  docs: 'https://dns.hetzner.com/api-docs#operation/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: { headers: whole('api_token', 'auth-api-token') },
}

/** `{ error: { message, code } }`, or the `{ message }` of the gateway before it. */
function errorsIn({ status, response: { json } }: DnsExchange) {
  if (!isObject(json) || (status ?? 0) < 400) return []
  const error = isObject(json.error) ? json.error : json
  const message = stringField(error, 'message') ?? stringField(json, 'error')
  return message === null ? [] : [{ code: idField(error, 'code') ?? String(status), message }]
}

function total(json: unknown) {
  const pagination = isObject(json) && isObject(json.meta) && isObject(json.meta.pagination) ? json.meta.pagination : {}
  return typeof pagination.total_entries === 'number' ? { found: pagination.total_entries } : {}
}

function zones({ response: { json }, query }: Call) {
  const zones = listOrOne(json, 'zones', 'zone').map((zone) => ({
    id: stringField(zone, 'id'),
    name: stringField(zone, 'name'),
  }))
  return { zones, sought: query('name') }
}

const FIELDS = { id: 'id', type: 'type', name: 'name', value: 'value' } as const
const zoneIn = (id: string | null) => (id === null ? {} : { zone: { id, name: null } })

function listed({ response: { json }, path, query }: Call) {
  const records = listOrOne(json, 'records', 'record')
  return {
    ...zoneIn(query('zone_id') ?? stringField(records[0], 'zone_id')),
    asked: { ...NO_RECORD, id: path.record ?? null },
    listed: records.map((record) => toRecord(record, FIELDS)),
    ...total(json),
  }
}

/** One record, or several in a list; the answer has them in the same places. */
function written(action: DnsRecordChange['action']) {
  return ({ request, response, path }: Call) => {
    const asked = isObject(request.json) && Array.isArray(request.json.records) ? request.json.records : [request.json]
    const answered = listOrOne(response.json, 'records', 'record')
    const changes = asked.map((record, at) => {
      const wanted = { ...toRecord(record, FIELDS), id: path.record ?? idField(record, 'id') }
      return change(action, combine(toRecord(answered[at], FIELDS), wanted))
    })
    return { ...zoneIn(stringField(answered[0], 'zone_id') ?? stringField(asked[0], 'zone_id')), changes }
  }
}
