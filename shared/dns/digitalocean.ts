/** DigitalOcean's API v2: https://docs.digitalocean.com/reference/api/api-reference/#tag/Domain-Records */
import { isObject, stringField } from '../acme/json.ts'
import type { Call, DnsErrorRow, DnsExchange, DnsOperationRow, DnsRecordChange, Provider } from './provider.ts'
import { change, combine, listOrOne, NO_RECORD, toRecord } from './record.ts'
import { row } from './row.ts'

const DOMAINS = /^\/v2\/domains$/
const DOMAIN = /^\/v2\/domains\/(?<zoneName>[^/]+)$/
const RECORDS = /^\/v2\/domains\/(?<zoneName>[^/]+)\/records$/
const RECORD = /^\/v2\/domains\/(?<zoneName>[^/]+)\/records\/(?<record>[^/]+)$/
const ACCOUNT = /^\/v2\/account$/

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', DOMAINS, 'dns.findZone', 'List All Domains', 'domains_list', zones),
  row('GET', DOMAIN, 'dns.findZone', 'Retrieve a Domain', 'domains_get', zones),
  row('GET', RECORDS, 'dns.listRecords', 'List Domain Records', 'domains_list_records', listed),
  row('GET', RECORD, 'dns.listRecords', 'Retrieve a Domain Record', 'domains_get_record', listed),
  row('POST', RECORDS, 'dns.createRecord', 'Create a Domain Record', 'domains_create_record', written('create')),
  row('PUT', RECORD, 'dns.updateRecord', 'Update a Domain Record', 'domains_update_record', written('update')),
  row('PATCH', RECORD, 'dns.updateRecord', 'Update a Domain Record', 'domains_patch_record', written('update')),
  row('DELETE', RECORD, 'dns.deleteRecord', 'Delete a Domain Record', 'domains_delete_record', written('delete')),
  row('GET', ACCOUNT, 'dns.verifyToken', 'Get User Information', 'account_get'),
]

const ERRORS: readonly DnsErrorRow[] = [
  { code: 'unauthorized', kind: 'unauthorized', meaning: 'The token is not valid: mistyped, expired or revoked.' },
  {
    code: 'forbidden',
    kind: 'unauthorized',
    meaning: 'The token may not do this.',
    fix: 'Make a token with the scopes domain:read, domain:create and domain:delete.',
  },
  { code: 'too_many_requests', kind: 'rate-limited' },
  { code: 'unprocessable_entity', message: /already exists|duplicate/i, kind: 'record-exists' },
]

export const digitalocean: Provider = {
  name: 'digitalocean',
  label: 'DigitalOcean',
  hosts: ['api.digitalocean.com'],
  names: 'relative',
  docs: 'https://docs.digitalocean.com/reference/api/api-reference/#operation/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
}

/** `{ id, message }`, of refusals only. */
function errorsIn({ status, response: { json } }: DnsExchange) {
  const code = stringField(json, 'id')
  return (status ?? 0) < 400 || code === null ? [] : [{ code, message: stringField(json, 'message') ?? '' }]
}

/** A page holds some of them; `meta.total` knows how many there are. */
function total(json: unknown) {
  const count = isObject(json) && isObject(json.meta) ? json.meta.total : undefined
  return typeof count === 'number' ? { found: count } : {}
}

function zones({ response: { json } }: Call) {
  const zones = listOrOne(json, 'domains', 'domain').map((domain) => ({ id: null, name: stringField(domain, 'name') }))
  return { zones, ...total(json) }
}

const FIELDS = { id: 'id', type: 'type', name: 'name', value: 'data' } as const

function listed({ response: { json }, path, query }: Call) {
  const listed = listOrOne(json, 'domain_records', 'domain_record').map((record) => toRecord(record, FIELDS))
  const asked = { ...NO_RECORD, id: path.record ?? null, name: query('name'), type: query('type') }
  return { asked, listed, ...total(json) }
}

function written(action: DnsRecordChange['action']) {
  return ({ request, response, path }: Call) => {
    const [answered] = listOrOne(response.json, '', 'domain_record')
    const asked = { ...toRecord(request.json, FIELDS), id: path.record ?? null }
    return { changes: [change(action, combine(toRecord(answered, FIELDS), asked))] }
  }
}
