/** The zones of Hetzner Cloud: https://docs.hetzner.cloud/reference/cloud#dns */
import { isObject, listField, stringField } from '../acme/json.ts'
import type {
  Call,
  DnsErrorRow,
  DnsExchange,
  DnsOperationRow,
  DnsRecord,
  DnsRecordChange,
  Provider,
} from './provider.ts'
import { change, combine, idField, listOrOne, NO_RECORD, toValues } from './record.ts'
import { row } from './row.ts'

/** A zone is spoken of by its number or its name. */
const at = (path: string): RegExp => new RegExp(`^/v1/zones/(?:(?<zone>\\d+)|(?<zoneName>[^/]+))${path}$`)
const action = (name: string): RegExp => at(`/rrsets/(?<name>[^/]+)/(?<type>[^/]+)/actions/${name}`)
const ZONES = /^\/v1\/zones$/
const ZONE = at('')
const SETS = at('/rrsets')
const SET = at('/rrsets/(?<name>[^/]+)/(?<type>[^/]+)')
const STATE = /^\/v1\/(?:zones\/)?actions\/\d+$/

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', ZONES, 'dns.findZone', 'List Zones', 'zones-list-zones', zones),
  row('GET', ZONE, 'dns.findZone', 'Get a Zone', 'zones-get-a-zone', zones),
  row('GET', SETS, 'dns.listRecords', 'List RRSets', 'zone-rrsets-list-rrsets', listed),
  row('GET', SET, 'dns.listRecords', 'Get an RRSet', 'zone-rrsets-get-an-rrset', listed),
  row('POST', SETS, 'dns.createRecord', 'Create an RRSet', 'zone-rrsets-create-an-rrset', written('create')),
  row('DELETE', SET, 'dns.deleteRecord', 'Delete an RRSet', 'zone-rrsets-delete-an-rrset', written('delete')),
  row(
    'POST',
    action('set_records'),
    'dns.updateRecord',
    'Set Records of an RRSet',
    page('set-records-of'),
    written('replace'),
  ),
  row(
    'POST',
    action('add_records'),
    'dns.createRecord',
    'Add Records to an RRSet',
    page('add-records-to'),
    written('create'),
  ),
  row(
    'POST',
    action('remove_records'),
    'dns.deleteRecord',
    'Remove Records from an RRSet',
    page('remove-records-from'),
    written('delete'),
  ),
  row('GET', STATE, null, 'Get an Action', 'actions-get-an-action', progress),
]

function page(verb: string): string {
  return `zone-rrset-actions-${verb}-an-rrset`
}

const ERRORS: readonly DnsErrorRow[] = [
  {
    code: 'unauthorized',
    kind: 'unauthorized',
    meaning: 'The token is not valid. Tokens of the DNS Console are not accepted here.',
    fix: 'Make a token in the project of the Cloud Console that holds the zone.',
  },
  {
    code: 'token_readonly',
    kind: 'unauthorized',
    meaning: 'The token may only read.',
    fix: 'Make a token that may write.',
  },
  { code: 'forbidden', kind: 'unauthorized' },
  { code: 'uniqueness_error', kind: 'record-exists' },
  {
    code: /^(?:conflict|locked)$/,
    kind: 'failed',
    meaning: 'Another change of this zone is still under way.',
    fix: 'Try again.',
  },
  { code: 'rate_limit_exceeded', kind: 'rate-limited' },
]

export const hetznerCloud: Provider = {
  name: 'hetznercloud',
  label: 'Hetzner Cloud',
  hosts: ['api.hetzner.cloud'],
  names: 'relative',
  docs: 'https://docs.hetzner.cloud/reference/cloud#',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
}

/** `{ error: { code, message } }`; of an action that failed later, inside it. */
function errorsIn({ response: { json } }: DnsExchange) {
  const { action, error = isObject(action) ? action.error : null } = isObject(json) ? json : {}
  return isObject(error)
    ? [{ code: stringField(error, 'code') ?? '', message: stringField(error, 'message') ?? '' }]
    : []
}

function zones({ response: { json }, query }: Call) {
  const zones = listOrOne(json, 'zones', 'zone').map((zone) => ({
    id: idField(zone, 'id'),
    name: stringField(zone, 'name'),
  }))
  return { zones, sought: query('name') }
}

const valuesOf = (json: unknown): readonly string[] =>
  toValues(listField(json, 'records').map((record) => stringField(record, 'value')))

/** The id of a set is its name and its type, so it says nothing more. */
const toSet = (json: unknown): DnsRecord => ({
  id: null,
  type: stringField(json, 'type'),
  name: stringField(json, 'name'),
  values: valuesOf(json),
})

const pathSet = ({ path, query }: Call): DnsRecord => ({
  ...NO_RECORD,
  name: path.name ?? query('name'),
  type: path.type ?? query('type'),
})

function listed(call: Call) {
  return { asked: pathSet(call), listed: listOrOne(call.response.json, 'rrsets', 'rrset').map(toSet) }
}

function written(action: DnsRecordChange['action']) {
  return (call: Call) => ({
    changes: [change(action, combine(toSet(call.request.json), pathSet(call)))],
    ...progress(call),
  })
}

function progress({ response: { json } }: Call) {
  const status = isObject(json) ? stringField(json.action, 'status') : null
  return { progress: status === 'running' ? 'pending' : status === 'success' ? 'done' : null } as const
}
