import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { gandi } from './gandi.ts'

const API = 'https://api.gandi.net/v5/livedns/domains'
const RECORDS = `${API}/example.test/records`
const NAME = '_acme-challenge'
const SET = `${RECORDS}/${NAME}/TXT`
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const txt = { id: null, type: 'TXT', name: NAME, values: [VALUE, 'b'] }
const values = { rrset_ttl: 300, rrset_values: [VALUE, '"b"'] }
const set = { ...values, rrset_name: NAME, rrset_type: 'TXT' }
const refused = (code: number, message: string) => ({ code, message, object: 'HTTP', cause: 'x', status: 'error' })

describeProvider(gandi, {
  reads: {
    'lists the domains': [
      { url: API, answered: [{ fqdn: 'example.test' }, { fqdn: 'b.test' }] },
      { operation: 'dns.findZone', zone: null, found: 2 },
    ],
    'finds a domain': [
      { url: `${API}/example.test`, answered: { fqdn: 'example.test', automatic_snapshots: false } },
      { operation: 'dns.findZone', zone: { id: null, name: 'example.test' }, found: 1 },
    ],
    'finds a domain at its older host': [
      { url: 'https://dns.api.gandi.net/api/v5/domains/example.test', answered: { fqdn: 'example.test' } },
      { operation: 'dns.findZone', zone: { name: 'example.test' } },
    ],
    'shows a set': [
      { url: SET, answered: set },
      { operation: 'dns.listRecords', zone: { name: 'example.test' }, asked: txt, listed: [txt], found: 1 },
    ],
    'shows the sets of a name': [
      { url: `${RECORDS}/%40`, answered: [{ rrset_name: '@', rrset_type: 'A', rrset_values: ['192.0.2.1'] }, set] },
      { asked: { name: '@', type: null }, listed: [{ name: '@', type: 'A', values: ['192.0.2.1'] }, txt], found: 2 },
    ],
    'says that there is no set yet': [
      { url: SET, answered: refused(404, "Can't find the record"), status: 404 },
      { operation: 'dns.listRecords', accepted: true, found: 0, errors: [] },
    ],
    'replaces a set': [
      { method: 'PUT', url: SET, sent: values, answered: { message: 'DNS Record Created' }, status: 201 },
      { operation: 'dns.updateRecord', changes: [{ action: 'replace', record: txt }], accepted: true },
    ],
    'replaces all sets of a name': [
      { method: 'PUT', url: `${RECORDS}/${NAME}`, sent: { items: [{ rrset_type: 'TXT', rrset_values: ['a'] }] } },
      { changes: [{ action: 'replace', record: { name: NAME, type: 'TXT', values: ['a'] } }] },
    ],
    'creates a set': [
      { method: 'POST', url: RECORDS, sent: set, status: 201 },
      { operation: 'dns.createRecord', changes: [{ action: 'create', record: txt }] },
    ],
    'deletes a set': [
      { method: 'DELETE', url: SET, status: 204 },
      { operation: 'dns.deleteRecord', changes: [{ action: 'delete', record: { ...txt, values: [] } }] },
    ],
  },
  refuses: [
    [{ url: API }, 401, refused(401, 'The server could not verify that you authorized'), '401', 'unauthorized'],
    [{ method: 'PUT', url: SET }, 403, refused(403, 'Access was denied to this resource.'), '403', 'unauthorized'],
    [{ method: 'PUT', url: SET }, 404, refused(404, "Can't find the DNS zone example.test"), '404', 'zone-not-found'],
    [{ url: `${API}/x.test` }, 404, refused(404, 'The resource could not be found.'), '404', 'zone-not-found'],
    [{ method: 'DELETE', url: SET }, 404, refused(404, "Can't find the record"), '404', 'record-not-found'],
    [
      { method: 'POST', url: SET },
      409,
      refused(409, 'A DNS Record already exists with same value'),
      '409',
      'record-exists',
    ],
    [
      { method: 'PUT', url: SET },
      400,
      { status: 'error', errors: [{ name: 'rrset_ttl', description: 'too small' }] },
      '400',
      'failed',
    ],
  ],
  urls: [API, `${API}/x`, RECORDS, `${RECORDS}/x`, SET],
})
