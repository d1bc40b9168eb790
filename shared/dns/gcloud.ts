/** Google Cloud DNS: https://cloud.google.com/dns/docs/reference/rest/v1 */
import { isObject, listField, stringField } from '../acme/json.ts'
import { credential, named } from '../redact/rule.ts'
import type {
  Call,
  DnsErrorRow,
  DnsExchange,
  DnsOperationRow,
  DnsRecord,
  DnsRecordChange,
  Provider,
} from './provider.ts'
import { change, combine, idField, NO_RECORD, toValues, withoutDot } from './record.ts'
import { row } from './row.ts'

const PROJECT = String.raw`^/dns/v\d(?:beta\d)?/projects/[^/]+(?:/locations/[^/]+)?`
const at = (path: string): RegExp => new RegExp(`${PROJECT}/managedZones${path}$`)
const ZONES = at('')
const ZONE = at('/(?<zone>[^/]+)')
const CHANGES = at('/(?<zone>[^/]+)/changes')
const CHANGE = at('/(?<zone>[^/]+)/changes/[^/]+')
const SETS = at('/(?<zone>[^/]+)/rrsets')
const SET = at('/(?<zone>[^/]+)/rrsets/(?<name>[^/]+)/(?<type>[^/]+)')
const TOKEN = /^(?:\/oauth2\/v\d|\/o\/oauth2|\/v1)?\/token$/
const IMPERSONATE = /^\/v1\/projects\/-\/serviceAccounts\/[^/]+:generateAccessToken$/
const OAUTH = 'https://developers.google.com/identity/protocols/oauth2/service-account'

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', ZONES, 'dns.findZone', 'managedZones.list', 'managedZones/list', zones),
  row('GET', ZONE, 'dns.findZone', 'managedZones.get', 'managedZones/get', zones),
  row('GET', SETS, 'dns.listRecords', 'resourceRecordSets.list', 'resourceRecordSets/list', listed),
  row('GET', SET, 'dns.listRecords', 'resourceRecordSets.get', 'resourceRecordSets/get', listed),
  row('POST', CHANGES, 'dns.updateRecord', 'changes.create', 'changes/create', changed),
  row('GET', CHANGE, null, 'changes.get', 'changes/get', progress),
  row('POST', SETS, 'dns.createRecord', 'resourceRecordSets.create', 'resourceRecordSets/create', written('create')),
  row('PATCH', SET, 'dns.updateRecord', 'resourceRecordSets.patch', 'resourceRecordSets/patch', written('replace')),
  row('DELETE', SET, 'dns.deleteRecord', 'resourceRecordSets.delete', 'resourceRecordSets/delete', written('delete')),
  row('POST', TOKEN, 'dns.verifyToken', 'OAuth 2.0 token', `${OAUTH}#httprest`),
  row('POST', IMPERSONATE, 'dns.verifyToken', 'serviceAccounts.generateAccessToken', OAUTH),
]

const ROLE = 'Give the service account the role “DNS Administrator” in the project that holds the zone.'

const ERRORS: readonly DnsErrorRow[] = [
  {
    code: 'invalid_grant',
    message: /reasonable timeframe/i,
    kind: 'unauthorized',
    meaning: 'The signed request for a token is too old or too new: the clock of the client is wrong.',
    fix: 'Set the clock of this machine.',
  },
  {
    code: 'invalid_grant',
    kind: 'unauthorized',
    meaning: 'The key of the service account is not accepted: deleted, disabled, or of another account.',
    fix: 'Make a new key for the service account and give it to the client.',
  },
  { code: /^(?:invalid_client|unauthorized_client|access_denied)$/, kind: 'unauthorized' },
  { code: /^(?:invalid_request|invalid_scope)$/, kind: 'credential-malformed' },
  {
    code: /^(?:authError|required|unauthorized|expired|UNAUTHENTICATED)$/,
    kind: 'unauthorized',
    meaning: 'The access token is missing, expired or not valid.',
  },
  {
    code: /^(?:accessNotConfigured|SERVICE_DISABLED)$/,
    kind: 'unauthorized',
    meaning: 'The Cloud DNS API is not switched on in this project.',
    fix: 'Enable the Cloud DNS API in the project, and check that the project is the right one.',
  },
  { code: /^(?:forbidden|insufficientPermissions|PERMISSION_DENIED)$/, kind: 'unauthorized', fix: ROLE },
  { code: 'notFound', message: /deletions\[|rrset/i, kind: 'record-not-found' },
  {
    code: 'notFound',
    message: /managedZone|managed zone|project/i,
    kind: 'zone-not-found',
    meaning: 'The project holds no such managed zone.',
    fix: 'Check the project id and the zone that the client was told to use.',
  },
  { code: 'alreadyExists', kind: 'record-exists' },
  {
    code: /^(?:preconditionFailed|conditionNotMet)$/,
    kind: 'record-not-found',
    meaning:
      'A record set can be deleted only with exactly the values and the TTL it has; somebody changed it in between.',
  },
  { code: /^(?:rateLimitExceeded|userRateLimitExceeded|quotaExceeded|RESOURCE_EXHAUSTED)$/, kind: 'rate-limited' },
]

export const gcloud: Provider = {
  name: 'gcloud',
  label: 'Google Cloud DNS',
  hosts: ['dns.googleapis.com', /^dns\.[a-z0-9-]+\.rep\.googleapis\.com$/],
  sharedHosts: [
    'www.googleapis.com',
    'oauth2.googleapis.com',
    'accounts.google.com',
    'sts.googleapis.com',
    'iamcredentials.googleapis.com',
  ],
  names: 'absolute',
  docs: 'https://cloud.google.com/dns/docs/reference/rest/v1/',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: {
    query: named(credential('api_secret'), 'assertion', 'subject_token'),
    fields: [
      ...named(credential('api_token'), 'accesstoken'),
      ...named(credential('api_secret'), 'assertion', 'subject_token', 'private_key'),
      { ...credential('api_token'), name: 'token', hosts: ['googleapis.com'] },
    ],
  },
}

/** `{ error: { code, message, errors: [{ reason, message }], status } }`; of OAuth `{ error, error_description }`. */
function errorsIn({ response: { json } }: DnsExchange) {
  if (!isObject(json) || json.error === undefined) return []
  const { error } = json
  if (typeof error === 'string') return [{ code: error, message: stringField(json, 'error_description') ?? '' }]
  const message = stringField(error, 'message') ?? ''
  const reasons = listField(error, 'errors').flatMap((one) => {
    const code = stringField(one, 'reason')
    return code === null ? [] : { code, message: stringField(one, 'message') ?? message }
  })
  return reasons.length ? reasons : [{ code: stringField(error, 'status') ?? idField(error, 'code') ?? '', message }]
}

/** A zone is spoken of by its number or by its name in the project; both lead to the name in DNS. */
function zones({ response: { json }, query }: Call) {
  const all = Array.isArray(isObject(json) ? json.managedZones : null) ? listField(json, 'managedZones') : [json]
  const found = all.flatMap((zone) => (stringField(zone, 'dnsName') === null ? [] : [zone]))
  const zones = found.flatMap((zone) => {
    const name = withoutDot(stringField(zone, 'dnsName') ?? '')
    return [stringField(zone, 'name'), idField(zone, 'id')].flatMap((id) => (id === null ? [] : { id, name }))
  })
  return { zones, sought: query('dnsName'), found: found.length }
}

const toSet = (set: unknown): DnsRecord => ({
  id: null,
  type: stringField(set, 'type'),
  name: stringField(set, 'name'),
  values: toValues(listField(set, 'rrdatas')),
})

function listed({ response: { json }, query, path }: Call) {
  const sets = isObject(json) && Array.isArray(json.rrsets) ? json.rrsets : [json]
  const listed = sets.map(toSet).filter(({ name }) => name !== null)
  const asked = { ...NO_RECORD, name: query('name') ?? path.name ?? null, type: query('type') ?? path.type ?? null }
  return { asked, listed }
}

/**
 * A set is changed by deleting it as it is and adding it as it shall be, in one request: what is in both stays, and is no
 * change.
 */
function changed(call: Call) {
  const [deleted, added] = ['deletions', 'additions'].map((list) => listField(call.request.json, list).map(toSet))
  const changes = [...without(deleted, added, 'delete'), ...without(added, deleted, 'create')]
  return { changes, ...progress(call) }
}

function without(sets: readonly DnsRecord[] = [], others: readonly DnsRecord[] = [], action: 'create' | 'delete') {
  const stays = new Set(others.flatMap((set) => set.values.map((value) => `${keyOf(set)} ${value}`)))
  return sets.flatMap((set) => {
    const values = set.values.filter((value) => !stays.has(`${keyOf(set)} ${value}`))
    return values.length ? change(action, { ...set, values }) : []
  })
}

const keyOf = ({ type, name }: DnsRecord): string => `${type} ${withoutDot(name ?? '').toLowerCase()}`

function progress({ response: { json } }: Call) {
  const status = stringField(json, 'status')
  return { progress: status === 'pending' || status === 'done' ? status : null } as const
}

function written(action: DnsRecordChange['action']) {
  return ({ request, response, path }: Call) => {
    const named = { ...NO_RECORD, name: path.name ?? null, type: path.type ?? null }
    const asked = combine(toSet(request.json), named)
    return { changes: [change(action, action === 'delete' ? named : combine(toSet(response.json), asked))] }
  }
}
