import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { digitalocean } from './digitalocean.ts'

const API = 'https://api.digitalocean.com/v2'
const DOMAINS = `${API}/domains`
const RECORDS = `${DOMAINS}/example.test/records`
const NAME = '_acme-challenge'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const record = { id: 1234567, type: 'TXT', name: NAME, data: VALUE, priority: null }
const txt = { id: '1234567', type: 'TXT', name: NAME, values: [VALUE] }
const refused = (id: string, message: string) => ({ id, message, request_id: 'x' })

describeProvider(digitalocean, {
  reads: {
    'lists the domains': [
      { url: DOMAINS, answered: { domains: [{ name: 'example.test' }, { name: 'b.test' }], meta: { total: 7 } } },
      { operation: 'dns.findZone', zone: null, zones: [{ name: 'example.test' }, { name: 'b.test' }], found: 7 },
    ],
    'finds a domain': [
      { url: `${DOMAINS}/example.test`, answered: { domain: { name: 'example.test', ttl: 1800 } } },
      { operation: 'dns.findZone', zone: { id: null, name: 'example.test' }, found: 1 },
    ],
    'lists records': [
      { url: `${RECORDS}?type=TXT&name=x.example.test`, answered: { domain_records: [record], meta: { total: 1 } } },
      { operation: 'dns.listRecords', zone: { name: 'example.test' }, listed: [txt], found: 1 },
    ],
    'creates a record, whose name the request may write whole': [
      {
        method: 'POST',
        url: RECORDS,
        sent: { type: 'TXT', name: `${NAME}.example.test.`, data: VALUE, ttl: 30 },
        answered: { domain_record: record },
        status: 201,
      },
      { operation: 'dns.createRecord', changes: [{ action: 'create', record: txt }], accepted: true },
    ],
    'is known from the request when nothing was answered': [
      { method: 'POST', url: RECORDS, sent: { type: 'TXT', name: NAME, data: VALUE }, status: null },
      { changes: [{ action: 'create', record: { ...txt, id: null } }], accepted: false, errors: [] },
    ],
    'updates a record': [
      { method: 'PATCH', url: `${RECORDS}/7`, sent: { type: 'TXT', data: VALUE } },
      { operation: 'dns.updateRecord', changes: [{ action: 'update', record: { id: '7', values: [VALUE] } }] },
    ],
    'deletes a record by its id': [
      { method: 'DELETE', url: `${RECORDS}/7`, status: 204 },
      { operation: 'dns.deleteRecord', changes: [{ action: 'delete', record: { id: '7', values: [] } }] },
    ],
    'looks at the account': [{ url: `${API}/account`, answered: { account: {} } }, { operation: 'dns.verifyToken' }],
  },
  refuses: [
    [{ url: DOMAINS }, 401, refused('unauthorized', 'Unable to authenticate you'), 'unauthorized', 'unauthorized'],
    [{ url: DOMAINS }, 403, refused('forbidden', 'You are not authorized'), 'forbidden', 'unauthorized'],
    [{ url: `${DOMAINS}/x.test` }, 404, refused('not_found', 'not found'), 'not_found', 'zone-not-found'],
    [{ url: RECORDS }, 404, refused('not_found', 'not found'), 'not_found', 'zone-not-found'],
    [{ method: 'POST', url: RECORDS }, 404, refused('not_found', 'not found'), 'not_found', 'zone-not-found'],
    [{ method: 'DELETE', url: `${RECORDS}/7` }, 404, refused('not_found', 'x'), 'not_found', 'record-not-found'],
    [
      { method: 'POST', url: RECORDS },
      422,
      refused('unprocessable_entity', 'Data is not valid'),
      'unprocessable_entity',
      'failed',
    ],
    [
      { url: DOMAINS },
      429,
      refused('too_many_requests', 'API Rate limit exceeded.'),
      'too_many_requests',
      'rate-limited',
    ],
    [{ url: DOMAINS }, 500, refused('server_error', 'Unexpected server-side error'), 'server_error', 'failed'],
  ],
  urls: [DOMAINS, `${DOMAINS}/x`, RECORDS, `${RECORDS}/1`],
})
