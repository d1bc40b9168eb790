/** Gandi's LiveDNS, v5: https://api.gandi.net/docs/livedns/ */
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
import { change, combine, idField, NO_RECORD, toValues } from './record.ts'
import { row } from './row.ts'

/** api.gandi.net, or dns.api.gandi.net as it was before. */
const at = (path: string): RegExp => new RegExp(`^/(?:v5/livedns|api/v5)/domains${path}$`)
const DOMAINS = at('')
const DOMAIN = at('/(?<zoneName>[^/]+)')
const RECORDS = at('/(?<zoneName>[^/]+)/records')
const NAME = at('/(?<zoneName>[^/]+)/records/(?<name>[^/]+)')
const SET = at('/(?<zoneName>[^/]+)/records/(?<name>[^/]+)/(?<type>[^/]+)')

const FQDN = 'v5-livedns-domains-fqdn'
const SET_PAGE = `${FQDN}-records-rrset_name-rrset_type`

const OPERATIONS: readonly DnsOperationRow[] = [
  row('GET', DOMAINS, 'dns.findZone', 'List domains', 'get-v5-livedns-domains', zones),
  row('GET', DOMAIN, 'dns.findZone', 'Get domain', `get-${FQDN}`, zones),
  row('GET', RECORDS, 'dns.listRecords', 'List records', `get-${FQDN}-records`, listed),
  row('GET', NAME, 'dns.listRecords', 'Get records by name', `get-${FQDN}-records-rrset_name`, listed),
  row('GET', SET, 'dns.listRecords', 'Get record', `get-${SET_PAGE}`, listed),
  row('POST', RECORDS, 'dns.createRecord', 'Create record', `post-${FQDN}-records`, written('create')),
  row('POST', NAME, 'dns.createRecord', 'Create record', `post-${FQDN}-records-rrset_name`, written('create')),
  row('POST', SET, 'dns.createRecord', 'Create record', `post-${SET_PAGE}`, written('create')),
  row(
    'PUT',
    NAME,
    'dns.updateRecord',
    'Replace records of a name',
    `put-${FQDN}-records-rrset_name`,
    written('replace'),
  ),
  row('PUT', SET, 'dns.updateRecord', 'Replace record', `put-${SET_PAGE}`, written('replace')),
  row(
    'DELETE',
    NAME,
    'dns.deleteRecord',
    'Delete records of a name',
    `delete-${FQDN}-records-rrset_name`,
    written('delete'),
  ),
  row('DELETE', SET, 'dns.deleteRecord', 'Delete record', `delete-${SET_PAGE}`, written('delete')),
]

const ERRORS: readonly DnsErrorRow[] = [
  { code: '401', kind: 'unauthorized', meaning: 'The token or key is not valid: mistyped, expired or revoked.' },
  {
    code: '403',
    kind: 'unauthorized',
    meaning: 'The token may not do this, or not in the organisation that owns the domain.',
    fix: 'Make a personal access token that may manage the domain’s technical configuration.',
  },
  { code: '404', message: /zone|domain/i, kind: 'zone-not-found' },
  { code: '409', kind: 'record-exists' },
]

export const gandi: Provider = {
  name: 'gandiv5',
  label: 'Gandi',
  hosts: ['api.gandi.net', 'dns.api.gandi.net', 'api.sandbox.gandi.net'],
  names: 'relative',
  docs: 'https://api.gandi.net/docs/livedns/#',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: { schemes: { apikey: { label: 'api_key' } } },
}

/** `{ code, message, object, cause, errors }`, of refusals only. */
function errorsIn({ status, response: { json } }: DnsExchange) {
  if (!isObject(json) || (status ?? 0) < 400) return []
  const details = listField(json, 'errors').flatMap((error) => stringField(error, 'description') ?? [])
  const message = [stringField(json, 'message') ?? stringField(json, 'cause') ?? '', ...details].join('; ')
  return [{ code: idField(json, 'code') ?? String(status), message }]
}

function zones({ response: { json } }: Call) {
  const all = Array.isArray(json) ? json : [json]
  return {
    zones: all.flatMap((domain) =>
      stringField(domain, 'fqdn') === null ? [] : { id: null, name: stringField(domain, 'fqdn') },
    ),
  }
}

const toSet = (json: unknown): DnsRecord => ({
  id: null,
  type: stringField(json, 'rrset_type'),
  name: stringField(json, 'rrset_name'),
  values: toValues(listField(json, 'rrset_values')),
})

const pathSet = ({ path }: Call): DnsRecord => ({ ...NO_RECORD, name: path.name ?? null, type: path.type ?? null })

function listed(call: Call) {
  const { json } = call.response
  const listed = (Array.isArray(json) ? json : [json]).map(toSet).filter(({ type }) => type !== null)
  return { asked: pathSet(call), listed }
}

/** One set, or those of one name in `items`. */
function written(action: DnsRecordChange['action']) {
  return (call: Call) => {
    const { json } = call.request
    const sets = isObject(json) && Array.isArray(json.items) ? json.items : [json]
    return { changes: sets.map((set) => change(action, combine(toSet(set), pathSet(call)))) }
  }
}
