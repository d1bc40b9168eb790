/** Cloudflare's API v4: https://developers.cloudflare.com/api/resources/dns/ and …/resources/zones/ */
import { isObject, listField, stringField } from '../acme/json.ts'
import { credential, personal, whole } from '../redact/rule.ts'
import { txtValue } from './match.ts'
import type {
  Call,
  DnsErrorRow,
  DnsExchange,
  DnsOperationRow,
  DnsRecord,
  DnsRecordChange,
  Provider,
} from './provider.ts'
import { change, combine, idField, NO_RECORD, toRecord } from './record.ts'
import { row } from './row.ts'

const ZONES = /^\/client\/v4\/zones$/
const ZONE = /^\/client\/v4\/zones\/(?<zone>[^/]+)$/
const RECORDS = /^\/client\/v4\/zones\/(?<zone>[^/]+)\/dns_records$/
const BATCH = /^\/client\/v4\/zones\/(?<zone>[^/]+)\/dns_records\/batch$/
const IMPORT = /^\/client\/v4\/zones\/(?<zone>[^/]+)\/dns_records\/import$/
const RECORD = /^\/client\/v4\/zones\/(?<zone>[^/]+)\/dns_records\/(?<record>[^/]+)$/
const VERIFY_USER = /^\/client\/v4\/user\/tokens\/verify$/
const VERIFY_ACCOUNT = /^\/client\/v4\/accounts\/[^/]+\/tokens\/verify$/

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', ZONES, 'dns.findZone', 'List Zones', 'zones/methods/list/', zones),
  row('GET', ZONE, 'dns.findZone', 'Zone Details', 'zones/methods/get/', zones),
  row('GET', RECORDS, 'dns.listRecords', 'List DNS Records', page('list'), listed),
  row('POST', RECORDS, 'dns.createRecord', 'Create DNS Record', page('create'), written('create')),
  row('POST', BATCH, 'dns.updateRecord', 'Batch DNS Records', page('batch'), batch),
  row('POST', IMPORT, 'dns.createRecord', 'Import DNS Records', page('import')),
  row('GET', RECORD, 'dns.listRecords', 'DNS Record Details', page('get'), listed),
  row('PATCH', RECORD, 'dns.updateRecord', 'Update DNS Record', page('edit'), written('update')),
  row('PUT', RECORD, 'dns.updateRecord', 'Overwrite DNS Record', page('update'), written('update')),
  row('DELETE', RECORD, 'dns.deleteRecord', 'Delete DNS Record', page('delete'), written('delete')),
  row('GET', VERIFY_USER, 'dns.verifyToken', 'Verify Token', 'user/subresources/tokens/methods/verify/'),
  row('GET', VERIFY_ACCOUNT, 'dns.verifyToken', 'Verify Token', 'accounts/subresources/tokens/methods/verify/'),
]

function page(method: string): string {
  return `dns/subresources/records/methods/${method}/`
}

const PERMISSIONS = 'The token needs Zone:Read and DNS:Edit for this zone.'

const ERRORS: readonly DnsErrorRow[] = [
  {
    code: /^(?:6003|610\d|611\d)$/,
    kind: 'credential-malformed',
    meaning: 'The header with the credentials does not have the form of a token or key.',
  },
  {
    code: '9106',
    kind: 'unauthorized',
    meaning: 'No credentials were sent: neither a token, nor a key with its e-mail address.',
  },
  {
    code: '9103',
    kind: 'unauthorized',
    meaning: 'The e-mail address and the Global API Key do not belong together.',
    fix: 'Check both; or use an API token, which needs no address.',
  },
  {
    code: '9109',
    message: /location|\bIP\b/i,
    kind: 'unauthorized',
    meaning: 'The token may not be used from this address.',
    fix: "Add this machine's address to the token's client address filter.",
  },
  {
    code: '9109',
    kind: 'unauthorized',
    meaning: 'The token is not valid: mistyped, expired or revoked; or it is not for this resource.',
    fix: `Check the token with “Verify Token”. ${PERMISSIONS}`,
  },
  { code: /^1000[01]$/, kind: 'unauthorized', meaning: 'The credentials are not accepted for this.', fix: PERMISSIONS },
  {
    code: '1009',
    kind: 'unauthorized',
    meaning: 'The token may not edit the records of this zone.',
    fix: 'Give the token DNS:Edit for this zone.',
  },
  {
    message: /requires permission/i,
    kind: 'unauthorized',
    meaning: 'The token lacks the permission that the message names.',
    fix: PERMISSIONS,
  },
  {
    code: /^(?:700[03]|1001)$/,
    kind: 'zone-not-found',
    meaning: 'The zone id leads nowhere: it is mistyped, or of another account.',
    fix: 'Copy the zone id from the overview of the zone, or let the client look for the zone by its name.',
  },
  { code: /^8105[78]$/, kind: 'record-exists' },
  {
    code: /^8105[346]$/,
    kind: 'record-exists',
    meaning: 'Another record of that name stands in the way: a CNAME, an address or a delegation.',
    fix: 'Delete that record, or let the client follow the CNAME and write where it leads.',
  },
  { code: /^(?:81044|1032)$/, kind: 'record-not-found' },
  { code: /^(?:971|10429)$/, kind: 'rate-limited' },
  {
    code: '81045',
    kind: 'failed',
    meaning: 'The zone holds as many records as its plan allows.',
    fix: 'Delete records that are not needed.',
  },
  {
    code: /^(?:1004|9\d{3})$/,
    kind: 'failed',
    meaning: 'The record is not as the API wants it.',
    fix: 'Look at the name, the content and the TTL that were sent.',
  },
]

export const cloudflare: Provider = {
  name: 'cloudflare',
  label: 'Cloudflare',
  hosts: ['api.cloudflare.com'],
  names: 'absolute',
  docs: 'https://developers.cloudflare.com/api/resources/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: {
    headers: [
      // The Global API Key, and the key of Origin CA
      ...whole('api_key', 'x-auth-key', 'x-auth-user-service-key'),
      { ...personal('email'), header: 'x-auth-email', form: 'whole' },
    ],
    fields: [{ ...credential('api_token'), name: 'token', hosts: ['api.cloudflare.com'] }],
  },
}

/** `success` is what counts, whatever the status. An error may be explained by an `error_chain`: both are given. */
function errorsIn({ response: { json } }: DnsExchange) {
  if (!isObject(json) || json.success !== false) return []
  const errors = listField(json, 'errors').filter(isObject)
  const told = errors.flatMap((error) => [error, ...listField(error, 'error_chain').filter(isObject)])
  return told.length ? told.map(toError) : [{ code: '', message: '' }]
}

const toError = (json: unknown) => ({ code: idField(json, 'code') ?? '', message: stringField(json, 'message') ?? '' })

function resultsOf(json: unknown): readonly unknown[] {
  const result = isObject(json) ? json.result : undefined
  if (Array.isArray(result)) return result
  return isObject(result) ? [result] : []
}

/** A page holds one of several results when the client asked for one at a time; `total_count` knows them all. */
function countFound(json: unknown): number {
  const total = isObject(json) && isObject(json.result_info) ? json.result_info.total_count : undefined
  return typeof total === 'number' ? total : resultsOf(json).length
}

function zones({ response: { json }, query }: Call) {
  const zones = resultsOf(json).map((zone) => ({ id: stringField(zone, 'id'), name: stringField(zone, 'name') }))
  return { zones, sought: query('name'), found: countFound(json) }
}

const FIELDS = { id: 'id', type: 'type', name: 'name', value: 'content' } as const

/** Newer clients write `name.exact`, older ones `name`. */
function listed({ response: { json }, path, query }: Call) {
  const content = query('content') ?? query('content.exact')
  const asked = {
    id: path.record ?? null,
    type: query('type'),
    name: query('name') ?? query('name.exact'),
    values: content === null ? [] : [txtValue(content)],
  }
  return { asked, listed: resultsOf(json).map((record) => toRecord(record, FIELDS)), found: countFound(json) }
}

/** Older answers name the zone of a record. */
const zoneIn = ({ path, response: { json } }: Call) => ({
  id: path.zone ?? null,
  name: stringField(resultsOf(json)[0], 'zone_name'),
})

function written(action: DnsRecordChange['action']) {
  return (call: Call) => {
    const [answered] = resultsOf(call.response.json)
    const asked: DnsRecord = { ...toRecord(call.request.json, FIELDS), id: call.path.record ?? null }
    return { zone: zoneIn(call), changes: [change(action, combine(toRecord(answered, FIELDS), asked))] }
  }
}

const BATCHED = [
  ['deletes', 'delete'],
  ['patches', 'update'],
  ['puts', 'update'],
  ['posts', 'create'],
] as const

/** The four lists, in the order in which they are carried out; the answer has them in the same places. */
function batch({ request, response }: Call) {
  const answer = isObject(response.json) ? response.json.result : undefined
  const changes = BATCHED.flatMap(([list, action]) => {
    const answered = listField(answer, list)
    return listField(request.json, list).map((asked, at) =>
      change(
        action,
        combine(answered[at] === undefined ? NO_RECORD : toRecord(answered[at], FIELDS), toRecord(asked, FIELDS)),
      ),
    )
  })
  return { changes }
}
