/** OVHcloud: https://eu.api.ovh.com/console/?section=%2Fdomain */
import { isObject, stringField } from '../acme/json.ts'
import { credential, named, whole } from '../redact/rule.ts'
import type { Call, DnsErrorRow, DnsExchange, DnsOperationRow, DnsRecordChange, Provider } from './provider.ts'
import { change, combine, NO_RECORD, toRecord } from './record.ts'
import { row } from './row.ts'

const at = (path: string): RegExp => new RegExp(`^/(?:1\\.0|v1)${path}$`)
const ZONES = at('/domain(?:/zone)?')
const ZONE = at('/domain/zone/(?<zoneName>[^/]+)')
const RECORDS = at('/domain/zone/(?<zoneName>[^/]+)/record')
const RECORD = at('/domain/zone/(?<zoneName>[^/]+)/record/(?<record>[^/]+)')
const REFRESH = at('/domain/zone/(?<zoneName>[^/]+)/refresh')

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', ZONES, 'dns.findZone', 'List zones', page('get', ''), zones),
  row('GET', ZONE, 'dns.findZone', 'Get zone', page('get', '/-zoneName-'), zones),
  row('GET', RECORDS, 'dns.listRecords', 'List records', page('get', '/-zoneName-/record'), listed),
  row('GET', RECORD, 'dns.listRecords', 'Get record', page('get', '/-zoneName-/record/-id-'), listed),
  row('POST', RECORDS, 'dns.createRecord', 'Create record', page('post', '/-zoneName-/record'), written('create')),
  row('PUT', RECORD, 'dns.updateRecord', 'Alter record', page('put', '/-zoneName-/record/-id-'), written('update')),
  row(
    'DELETE',
    RECORD,
    'dns.deleteRecord',
    'Delete record',
    page('delete', '/-zoneName-/record/-id-'),
    written('delete'),
  ),
  // What was written is served from here on
  row('POST', REFRESH, null, 'Apply zone modification', page('post', '/-zoneName-/refresh')),
  row('GET', at('/auth/time'), null, 'Get time', '?section=%2Fauth&branch=v1#get-/auth/time'),
  row(
    'GET',
    at('/auth/currentCredential'),
    'dns.verifyToken',
    'Get current credential',
    '?section=%2Fauth&branch=v1#get-/auth/currentCredential',
  ),
  row(
    'POST',
    at('/auth/credential'),
    'dns.verifyToken',
    'Request credential',
    '?section=%2Fauth&branch=v1#post-/auth/credential',
  ),
  row(
    'POST',
    /^\/auth\/oauth2\/token$/,
    'dns.verifyToken',
    'OAuth 2.0 token',
    'https://help.ovhcloud.com/csm/en-manage-service-account',
  ),
]

function page(method: string, path: string): string {
  return `?section=%2Fdomain&branch=v1#${method}-/domain/zone${path}`
}

const RIGHTS = 'The credentials need GET, POST, PUT and DELETE on /domain/zone/*.'

const ERRORS: readonly DnsErrorRow[] = [
  {
    code: 'QUERY_TIME_OUT',
    kind: 'unauthorized',
    meaning: 'The request was signed too long ago, or the clock is wrong.',
    fix: 'Set the clock of this machine.',
  },
  {
    code: 'INVALID_SIGNATURE',
    kind: 'unauthorized',
    meaning: 'The application secret does not belong to the application key.',
  },
  {
    code: 'INVALID_KEY',
    kind: 'unauthorized',
    meaning: 'There is no such application key at this endpoint.',
    fix: 'Check the key, and that it was made at the same endpoint (EU, CA, US).',
  },
  {
    code: /^(?:INVALID_CREDENTIAL|NOT_CREDENTIAL)$/,
    kind: 'unauthorized',
    meaning: 'The consumer key is not valid, not confirmed yet, or has expired.',
    fix: `Make a new consumer key. ${RIGHTS}`,
  },
  {
    code: /^(?:NOT_GRANTED_CALL|Client::Forbidden)$/,
    kind: 'unauthorized',
    meaning: 'The credentials do not allow this call.',
    fix: RIGHTS,
  },
  { code: /^(?:invalid_client|invalid_grant|unauthorized_client)$/, kind: 'unauthorized' },
  { message: /service does not exist|is not valid for zone/i, kind: 'zone-not-found' },
  { message: /already exists/i, kind: 'record-exists' },
  { code: 'Client::TooManyRequests', kind: 'rate-limited' },
]

export const ovh: Provider = {
  name: 'ovh',
  label: 'OVHcloud',
  hosts: [
    'api.ovh.com',
    'eu.api.ovh.com',
    'ca.api.ovh.com',
    'api.us.ovhcloud.com',
    /^(?:eu|ca)\.api\.(?:kimsufi|soyoustart)\.com$/,
  ],
  sharedHosts: ['www.ovh.com', 'ca.ovh.com', 'us.ovhcloud.com'],
  names: 'relative',
  docs: 'https://eu.api.ovh.com/console/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: {
    headers: [
      ...whole('api_key', 'x-ovh-application', 'x-ovh-consumer'),
      ...whole('request_signature', 'x-ovh-signature'),
    ],
    query: named(credential('api_token'), 'credentialtoken'),
    fields: [
      ...named(credential('api_key'), 'consumerkey', 'applicationkey'),
      ...named(credential('api_secret'), 'applicationsecret'),
    ],
  },
}

/** `{ class, errorCode, httpCode, message }`; of OAuth `{ error, error_description }`. */
function errorsIn({ status, response: { json } }: DnsExchange) {
  if (!isObject(json) || (status ?? 0) < 400) return []
  const code = stringField(json, 'errorCode') ?? stringField(json, 'class') ?? stringField(json, 'error')
  return [
    {
      code: code ?? String(status),
      message: stringField(json, 'message') ?? stringField(json, 'error_description') ?? '',
    },
  ]
}

/** Zones are listed by their names alone. */
function zones({ response: { json }, path }: Call) {
  const names = Array.isArray(json) ? json : [stringField(json, 'name') ?? (isObject(json) ? path.zoneName : null)]
  return { zones: names.flatMap((name) => (typeof name === 'string' ? { id: null, name } : [])) }
}

const FIELDS = { id: 'id', type: 'fieldType', name: 'subDomain', value: 'target' } as const

/** Records are listed by their ids alone. */
function listed({ response: { json }, path, query }: Call) {
  const asked = { ...NO_RECORD, id: path.record ?? null, type: query('fieldType'), name: query('subDomain') }
  const listed = Array.isArray(json)
    ? json.map((id) => ({ ...asked, id: typeof id === 'number' || typeof id === 'string' ? String(id) : null }))
    : isObject(json) && path.record !== undefined
      ? [toRecord(json, FIELDS)]
      : []
  return { asked, listed }
}

function written(action: DnsRecordChange['action']) {
  return ({ request, response, path }: Call) => {
    const asked = { ...toRecord(request.json, FIELDS), id: path.record ?? null }
    return { changes: [change(action, combine(toRecord(response.json, FIELDS), asked))] }
  }
}
