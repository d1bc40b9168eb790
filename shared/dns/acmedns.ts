/** acme-dns, a name server that answers nothing but challenges and that people run themselves: https://github.com/joohoi/acme-dns */
import { isObject, stringField } from '../acme/json.ts'
import { credential, named, whole } from '../redact/rule.ts'
import type { Call, DnsErrorRow, DnsExchange, DnsOperationRow, Provider } from './provider.ts'
import { change, toValues } from './record.ts'
import { row } from './row.ts'

const UPDATE = /\/update$/
const REGISTER = /\/register$/
const HEALTH = /\/health$/

const OPERATIONS: readonly DnsOperationRow[] = [
  row('POST', UPDATE, 'dns.updateRecord', 'Update', 'update-endpoint', updated),
  row('POST', REGISTER, null, 'Register', 'register-endpoint', registered),
  row('GET', HEALTH, null, 'Health check', 'health-check-endpoint'),
]

const ERRORS: readonly DnsErrorRow[] = [
  {
    code: /^(?:forbidden|unauthorized)$/,
    kind: 'unauthorized',
    meaning:
      'The user, the key and the subdomain do not belong together, or the address of this client is not allowed.',
    fix: 'Use the three as one registration gave them; or register again and let the CNAME of _acme-challenge point to the new name.',
  },
  { code: 'bad_subdomain', kind: 'zone-not-found', meaning: 'The subdomain is not one that a registration gave.' },
  { code: 'malformed_json_payload', kind: 'failed' },
  { code: 'bad_txt', kind: 'failed', meaning: 'The value is not one of a challenge: it must be 43 characters long.' },
]

export const acmedns: Provider = {
  name: 'acme-dns',
  label: 'acme-dns',
  hosts: ['auth.acme-dns.io', 'auth.acmedns.io'],
  recognises,
  keepsRecords: true,
  names: 'relative',
  docs: 'https://github.com/joohoi/acme-dns#',
  operations: OPERATIONS,
  errorsIn,
  errors: ERRORS,
  secrets: {
    headers: [...whole('username', 'x-api-user'), ...whole('api_key', 'x-api-key')],
    fields: [...named(credential('username'), 'username'), ...named(credential('password'), 'password')],
  },
}

const has = (json: unknown, ...members: readonly string[]): boolean =>
  members.every((member) => stringField(json, member) !== null)

/** By what an update sends, or a registration answers: nobody else's API has either. */
function recognises({ method, url, request, response }: DnsExchange): boolean {
  if (method !== 'POST') return false
  const path = url.replace(/[?#].*$/s, '')
  if (UPDATE.test(path)) return has(request.json, 'subdomain', 'txt')
  return REGISTER.test(path) && has(response.json, 'subdomain', 'fulldomain', 'username', 'password')
}

/** `{ error: "forbidden" }` */
function errorsIn({ status, response: { json } }: DnsExchange) {
  const error = isObject(json) ? stringField(json, 'error') : null
  return (status ?? 0) < 400 || error === null ? [] : [{ code: error, message: '' }]
}

/** The two newest values of a subdomain are served. Nothing is ever deleted, so nothing is created either. */
function updated({ request: { json } }: Call) {
  const name = stringField(json, 'subdomain')
  return {
    zone: { id: name, name: null },
    changes: [change('update', { type: 'TXT', name, values: toValues([stringField(json, 'txt')]) })],
  }
}

/** The subdomain, and the zone below which it is served. */
function registered({ response: { json } }: Call) {
  const [id, whole] = [stringField(json, 'subdomain'), stringField(json, 'fulldomain')]
  return { zones: id !== null && whole?.startsWith(`${id}.`) ? [{ id, name: whole.slice(id.length + 1) }] : [] }
}
