import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { hetzner } from './hetzner.ts'

const API = 'https://dns.hetzner.com/api/v1'
const RECORDS = `${API}/records`
const NAME = '_acme-challenge'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const sent = { type: 'TXT', name: NAME, value: VALUE, ttl: 60, zone_id: 'zoneA' }
const txt = { id: '1b', type: 'TXT', name: NAME, values: [VALUE] }

describeProvider(hetzner, {
  reads: {
    'finds a zone by its name': [
      { url: `${API}/zones?name=example.test`, answered: { zones: [{ id: 'zoneA', name: 'example.test' }] } },
      { operation: 'dns.findZone', zone: { id: 'zoneA', name: 'example.test' }, found: 1 },
    ],
    'finds a zone by its id': [
      { url: `${API}/zones/zoneA`, answered: { zone: { id: 'zoneA', name: 'example.test' } } },
      { operation: 'dns.findZone', zone: { id: 'zoneA', name: 'example.test' }, found: 1 },
    ],
    'says of a zone that is not there what was looked for': [
      {
        url: `${API}/zones?name=x.test`,
        answered: { zones: [], error: { message: 'zone not found', code: 404 } },
        status: 404,
      },
      { zone: { id: null, name: 'x.test' }, accepted: false, found: null, errors: [{ kind: 'zone-not-found' }] },
    ],
    'lists the records of a zone': [
      {
        url: `${RECORDS}?zone_id=zoneA`,
        answered: {
          records: [{ ...sent, id: '1b', value: `"${VALUE}"` }],
          meta: { pagination: { page: 1, total_entries: 3 } },
        },
      },
      { operation: 'dns.listRecords', zone: { id: 'zoneA' }, listed: [txt], found: 3 },
    ],
    'creates a record': [
      { method: 'POST', url: RECORDS, sent, answered: { record: { ...sent, id: '1b' } } },
      { operation: 'dns.createRecord', zone: { id: 'zoneA' }, changes: [{ action: 'create', record: txt }] },
    ],
    'creates several': [
      { method: 'POST', url: `${RECORDS}/bulk`, sent: { records: [sent, { ...sent, value: 'b' }] } },
      {
        zone: { id: 'zoneA' },
        changes: [
          { action: 'create', record: { ...txt, id: null } },
          { action: 'create', record: { values: ['b'] } },
        ],
      },
    ],
    'updates several': [
      { method: 'PUT', url: `${RECORDS}/bulk`, sent: { records: [{ ...sent, id: '1b' }] } },
      { operation: 'dns.updateRecord', changes: [{ action: 'update', record: txt }] },
    ],
    'updates a record': [
      { method: 'PUT', url: `${RECORDS}/1b`, sent },
      { operation: 'dns.updateRecord', changes: [{ action: 'update', record: txt }] },
    ],
    'deletes a record': [
      { method: 'DELETE', url: `${RECORDS}/1b`, answered: {} },
      { operation: 'dns.deleteRecord', zone: null, changes: [{ action: 'delete', record: { id: '1b', values: [] } }] },
    ],
  },
  refuses: [
    [{ url: `${API}/zones` }, 401, { message: 'Invalid authentication credentials' }, '401', 'unauthorized'],
    [{ url: `${API}/zones` }, 401, { message: 'No API key found in request' }, '401', 'unauthorized'],
    [{ url: `${API}/zones` }, 429, { message: 'API rate limit exceeded' }, '429', 'rate-limited'],
    [
      { method: 'POST', url: RECORDS, sent },
      422,
      { error: { message: 'invalid zone_id', code: 422 } },
      '422',
      'zone-not-found',
    ],
    [{ method: 'POST', url: RECORDS, sent }, 422, { error: { message: 'invalid TTL', code: 422 } }, '422', 'failed'],
    [{ method: 'POST', url: RECORDS, sent }, 422, { error: { message: 'taken', code: 422 } }, '422', 'record-exists'],
    [
      { method: 'DELETE', url: `${RECORDS}/1` },
      404,
      { error: { message: 'no', code: 404 } },
      '404',
      'record-not-found',
    ],
  ],
  urls: [`${API}/zones`, `${API}/zones/x`, RECORDS, `${RECORDS}/bulk`, `${RECORDS}/1`],
})
