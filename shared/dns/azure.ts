/** Azure DNS: https://learn.microsoft.com/en-us/rest/api/dns/ */
import { isObject, listField, stringField, strings } from '../acme/json.ts'
import { credential, named, whole } from '../redact/rule.ts'
import type {
  Call,
  DnsErrorRow,
  DnsExchange,
  DnsOperationRow,
  DnsRecord,
  DnsRecordChange,
  Provider,
} from './provider.ts'
import { change, combine, NO_RECORD } from './record.ts'
import { row } from './row.ts'

/** Paths are written in any case. Private zones have the same API. */
const at = (path: string): RegExp => new RegExp(`^/subscriptions/[^/]+${path}$`, 'i')
const DNS = '/providers/Microsoft\\.Network/(?:private)?dnsZones'
const GROUP = '/resourceGroups/[^/]+'
const ZONES = at(`(?:${GROUP})?${DNS}`)
const ZONE = at(`${GROUP}${DNS}/(?<zoneName>[^/]+)`)
const SETS = at(`${GROUP}${DNS}/(?<zoneName>[^/]+)/(?:all|recordsets|ALL|(?<type>[a-z]+))`)
const SET = at(`${GROUP}${DNS}/(?<zoneName>[^/]+)/(?<type>[^/]+)/(?<name>[^/]+)`)
const GRAPH = /^\/providers\/Microsoft\.ResourceGraph\/resources$/i
const TOKEN = /^\/[^/]+\/oauth2(?:\/v2\.0)?\/token$/i

const ENTRA = 'https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow'
const RESOURCE_GRAPH = 'https://learn.microsoft.com/en-us/rest/api/azureresourcegraph/resourcegraph/resources/resources'

const OPERATIONS: readonly DnsOperationRow[] = [
  row('POST', GRAPH, 'dns.findZone', 'Resources', RESOURCE_GRAPH, zones),
  row('GET', ZONES, 'dns.findZone', 'Zones - List', 'zones/list', zones),
  row('GET', ZONE, 'dns.findZone', 'Zones - Get', 'zones/get', zones),
  row('GET', SETS, 'dns.listRecords', 'Record Sets - List', 'record-sets/list-by-type', listed),
  row('GET', SET, 'dns.listRecords', 'Record Sets - Get', 'record-sets/get', listed),
  row(
    'PUT',
    SET,
    'dns.updateRecord',
    'Record Sets - Create Or Update',
    'record-sets/create-or-update',
    written('replace'),
  ),
  row('PATCH', SET, 'dns.updateRecord', 'Record Sets - Update', 'record-sets/update', written('replace')),
  row('DELETE', SET, 'dns.deleteRecord', 'Record Sets - Delete', 'record-sets/delete', written('delete')),
  row('POST', TOKEN, 'dns.verifyToken', 'Request an access token', ENTRA),
]

const ROLE = 'Give the application the role “DNS Zone Contributor” on the zone.'

const ERRORS: readonly DnsErrorRow[] = [
  {
    message: /AADSTS7000215/,
    kind: 'unauthorized',
    meaning: 'The client secret is wrong.',
    fix: 'Use the value of the secret, not its id; make a new one if it is lost.',
  },
  {
    message: /AADSTS7000222/,
    kind: 'unauthorized',
    meaning: 'The client secret has expired.',
    fix: 'Make a new client secret for the application.',
  },
  {
    message: /AADSTS700016/,
    kind: 'unauthorized',
    meaning: 'The tenant has no such application.',
    fix: 'Check the client id and the tenant id.',
  },
  {
    message: /AADSTS9000(?:2|23)\b/,
    kind: 'credential-malformed',
    meaning: 'There is no such tenant, or its id is mistyped.',
    fix: 'Check the tenant id.',
  },
  { code: /^(?:invalid_client|unauthorized_client|invalid_grant|invalid_resource)$/, kind: 'unauthorized' },
  { code: 'invalid_request', kind: 'credential-malformed' },
  {
    code: /^(?:AuthenticationFailed|InvalidAuthenticationToken|ExpiredAuthenticationToken|InvalidAuthenticationTokenTenant)$/,
    kind: 'unauthorized',
    meaning: 'The access token is missing, expired, or of another tenant.',
  },
  {
    code: /^(?:AuthorizationFailed|LinkedAuthorizationFailed|Forbidden)$/,
    kind: 'unauthorized',
    meaning: 'The application is known, but has no right to do this.',
    fix: ROLE,
  },
  {
    code: /^(?:ResourceNotFound|ParentResourceNotFound|ResourceGroupNotFound|SubscriptionNotFound|InvalidSubscriptionId)$/,
    kind: 'zone-not-found',
    fix: 'Check the subscription, the resource group and the name of the zone.',
  },
  { code: 'NotFound', kind: 'record-not-found' },
  {
    code: 'PreconditionFailed',
    kind: 'record-exists',
    meaning: 'The record set is there already, or was changed in between.',
  },
  { code: /^(?:TooManyRequests|OperationNotAllowed|SubscriptionRequestsThrottled)$/, kind: 'rate-limited' },
]

export const azure: Provider = {
  name: 'azuredns',
  label: 'Azure DNS',
  hosts: [],
  sharedHosts: [
    'management.azure.com',
    'management.chinacloudapi.cn',
    'management.usgovcloudapi.net',
    'login.microsoftonline.com',
    'login.windows.net',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
    'login.microsoftonline.us',
  ],
  names: 'relative',
  docs: 'https://learn.microsoft.com/en-us/rest/api/dns/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: {
    headers: whole('api_secret', 'x-identity-header'),
    query: named(credential('api_secret'), 'client_assertion'),
    fields: [{ ...credential('api_token'), name: 'token', hosts: ['login.microsoftonline.com'] }],
  },
}

/** `{ error: { code, message } }` or that without `error`; of tokens `{ error, error_description }`. */
function errorsIn({ status, response: { json } }: DnsExchange) {
  if (!isObject(json) || (status ?? 0) < 400) return []
  if (typeof json.error === 'string')
    return [{ code: json.error, message: stringField(json, 'error_description') ?? '' }]
  const error = isObject(json.error) ? json.error : json
  return [{ code: stringField(error, 'code') ?? String(status), message: stringField(error, 'message') ?? '' }]
}

/** `value` is a list of resources, `data` that of the graph; without either it is the resource itself. */
function all(json: unknown): readonly unknown[] {
  const { value, data } = isObject(json) ? json : {}
  if (Array.isArray(value)) return value
  return Array.isArray(data) ? data : [json]
}

function zones({ response: { json } }: Call) {
  return {
    zones: all(json).flatMap((zone) =>
      stringField(zone, 'name') === null ? [] : { id: null, name: stringField(zone, 'name') },
    ),
  }
}

/** A value is a list of the chunks it is made of. The case of the properties differs between the versions of the API. */
function valuesOf(set: unknown): readonly string[] {
  const properties = isObject(set) && isObject(set.properties) ? set.properties : {}
  const records = [...listField(properties, 'TXTRecords'), ...listField(properties, 'txtRecords')]
  return records.map((record) => strings(listField(record, 'value')).join(''))
}

const toSet = (json: unknown): DnsRecord => ({
  id: null,
  type: stringField(json, 'type')?.split('/').at(-1) ?? null,
  name: stringField(json, 'name'),
  values: valuesOf(json),
})

const pathSet = ({ path }: Call): DnsRecord => ({
  ...NO_RECORD,
  name: path.name ?? null,
  type: path.type?.toUpperCase() ?? null,
})

function listed(call: Call) {
  const listed = all(call.response.json)
    .map(toSet)
    .filter(({ name }) => name !== null)
  return { asked: pathSet(call), listed }
}

function written(action: DnsRecordChange['action']) {
  return (call: Call) => ({ changes: [change(action, combine(pathSet(call), toSet(call.request.json)))] })
}
