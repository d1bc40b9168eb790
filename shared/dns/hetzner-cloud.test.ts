import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { hetznerCloud } from './hetzner-cloud.ts'

const API = 'https://api.hetzner.cloud/v1'
const ZONES = `${API}/zones`
const NAME = '_acme-challenge'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const SETS = `${ZONES}/42/rrsets`
const SET = `${SETS}/${NAME}/TXT`
const records = [{ value: `"${VALUE}"`, comment: 'x' }, { value: '"b"' }]
const txt = { id: null, type: 'TXT', name: NAME, values: [VALUE, 'b'] }
const action = (status: string, error: object | null = null) => ({
  action: { id: 1, command: 'add_rrset_records', status, progress: 50, resources: [{ id: 42, type: 'zone' }], error },
})
const refused = (code: string) => ({ error: { code, message: `about ${code}`, details: null } })
const add = { method: 'POST', url: `${SET}/actions/add_records`, sent: { records } }

describeProvider(hetznerCloud, {
  reads: {
    'finds a zone by its name': [
      { url: `${ZONES}?name=example.test`, answered: { zones: [{ id: 42, name: 'example.test' }] } },
      { operation: 'dns.findZone', zone: { id: '42', name: 'example.test' }, found: 1 },
    ],
    'finds a zone that the path names': [
      { url: `${ZONES}/example.test`, answered: { zone: { id: 42, name: 'example.test' } } },
      { operation: 'dns.findZone', zone: { id: '42', name: 'example.test' } },
    ],
    'finds a zone whose number the path holds': [
      { url: `${ZONES}/42`, answered: { zone: { id: 42, name: 'example.test' } } },
      { zone: { id: '42', name: 'example.test' } },
    ],
    'shows a set': [
      { url: SET, answered: { rrset: { id: `${NAME}/TXT`, name: NAME, type: 'TXT', records } } },
      { operation: 'dns.listRecords', zone: { id: '42' }, asked: txt, listed: [txt], found: 1 },
    ],
    'says that there is no set yet': [
      { url: SET, answered: refused('not_found'), status: 404 },
      { operation: 'dns.listRecords', accepted: true, found: 0, errors: [] },
    ],
    'lists sets': [
      { url: `${SETS}?name=${NAME}&type=TXT`, answered: { rrsets: [] } },
      { operation: 'dns.listRecords', asked: { name: NAME, type: 'TXT', values: [] }, found: 0 },
    ],
    'creates a set': [
      { method: 'POST', url: SETS, sent: { name: NAME, type: 'TXT', ttl: 60, records } },
      { operation: 'dns.createRecord', changes: [{ action: 'create', record: txt }] },
    ],
    'adds records, which takes a while': [
      { ...add, answered: action('running'), status: 201 },
      { operation: 'dns.createRecord', progress: 'pending', changes: [{ action: 'create', record: txt }] },
    ],
    'of a zone that the path names': [
      { method: 'POST', url: `${ZONES}/example.test/rrsets/%40/TXT/actions/add_records`, sent: { records } },
      { zone: { id: null, name: 'example.test' }, changes: [{ record: { name: '@' } }] },
    ],
    'sets records': [
      { method: 'POST', url: `${SET}/actions/set_records`, sent: { records } },
      { operation: 'dns.updateRecord', changes: [{ action: 'replace', record: txt }] },
    ],
    'removes records': [
      { method: 'POST', url: `${SET}/actions/remove_records`, sent: { records } },
      { operation: 'dns.deleteRecord', changes: [{ action: 'delete', record: txt }] },
    ],
    'deletes a set': [
      { method: 'DELETE', url: SET, answered: action('running') },
      { operation: 'dns.deleteRecord', changes: [{ action: 'delete', record: { ...txt, values: [] } }] },
    ],
    'says that an action is done': [
      { url: `${API}/actions/1`, answered: action('success') },
      { operation: null, progress: 'done', accepted: true },
    ],
    'says that an action failed': [
      { url: `${API}/actions/1`, answered: action('error', { code: 'action_failed', message: 'Action failed' }) },
      { progress: null, accepted: false, errors: [{ kind: 'failed', code: 'action_failed' }] },
    ],
  },
  refuses: [
    [{ url: ZONES }, 401, refused('unauthorized'), 'unauthorized', 'unauthorized'],
    [add, 403, refused('token_readonly'), 'token_readonly', 'unauthorized'],
    [add, 403, refused('forbidden'), 'forbidden', 'unauthorized'],
    [{ url: `${ZONES}/x.test` }, 404, refused('not_found'), 'not_found', 'zone-not-found'],
    [add, 404, refused('not_found'), 'not_found', 'zone-not-found'],
    [{ method: 'DELETE', url: SET }, 404, refused('not_found'), 'not_found', 'record-not-found'],
    [{ url: SETS }, 404, refused('not_found'), 'not_found', 'zone-not-found'],
    [add, 409, refused('uniqueness_error'), 'uniqueness_error', 'record-exists'],
    [add, 409, refused('conflict'), 'conflict', 'failed'],
    [add, 423, refused('locked'), 'locked', 'failed'],
    [add, 429, refused('rate_limit_exceeded'), 'rate_limit_exceeded', 'rate-limited'],
    [add, 422, refused('invalid_input'), 'invalid_input', 'failed'],
    [add, 410, refused('deprecated_api_endpoint'), 'deprecated_api_endpoint', 'failed'],
  ],
  urls: [ZONES, `${ZONES}/1`, SETS, SET, add.url, `${API}/actions/1`],
})
