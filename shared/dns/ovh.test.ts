import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { ovh } from './ovh.ts'

const API = 'https://eu.api.ovh.com/1.0'
const ZONES = `${API}/domain/zone`
const ZONE = `${ZONES}/example.test`
const RECORDS = `${ZONE}/record`
const NAME = '_acme-challenge'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const sent = { fieldType: 'TXT', subDomain: NAME, target: VALUE, ttl: 60 }
const txt = { id: '5001', type: 'TXT', name: NAME, values: [VALUE] }
const refused = (errorCode: string, message: string) => ({ class: 'Client::Forbidden', errorCode, message })

describeProvider(ovh, {
  reads: {
    'lists the zones by their names': [
      { url: ZONES, answered: ['example.test', 'b.test'] },
      { operation: 'dns.findZone', zone: null, zones: [{ name: 'example.test' }, { name: 'b.test' }], found: 2 },
    ],
    'finds a zone': [
      { url: ZONE, answered: { name: 'example.test', dnssecSupported: true } },
      { operation: 'dns.findZone', zone: { id: null, name: 'example.test' }, found: 1 },
    ],
    'finds a zone at another endpoint and version': [
      { url: 'https://api.us.ovhcloud.com/v1/domain/zone/example.test', answered: { name: 'example.test' } },
      { operation: 'dns.findZone', found: 1 },
    ],
    'lists records by their ids': [
      { url: `${RECORDS}?fieldType=TXT&subDomain=${NAME}`, answered: [5001, 5002] },
      {
        operation: 'dns.listRecords',
        asked: { type: 'TXT', name: NAME },
        listed: [{ id: '5001', name: NAME, values: [] }, { id: '5002' }],
        found: 2,
      },
    ],
    'shows a record': [
      { url: `${RECORDS}/5001`, answered: { ...sent, id: 5001, zone: 'example.test', target: `"${VALUE}"` } },
      { operation: 'dns.listRecords', asked: txt, listed: [txt], found: 1 },
    ],
    'creates a record': [
      { method: 'POST', url: RECORDS, sent, answered: { ...sent, id: 5001, zone: 'example.test' } },
      { operation: 'dns.createRecord', zone: { name: 'example.test' }, changes: [{ action: 'create', record: txt }] },
    ],
    'alters a record': [
      { method: 'PUT', url: `${RECORDS}/5001`, sent: { target: VALUE }, answered: null },
      { operation: 'dns.updateRecord', changes: [{ action: 'update', record: { id: '5001', values: [VALUE] } }] },
    ],
    'deletes a record': [
      { method: 'DELETE', url: `${RECORDS}/5001`, answered: null },
      { operation: 'dns.deleteRecord', changes: [{ action: 'delete', record: { id: '5001', values: [] } }] },
    ],
    'applies what was changed': [
      { method: 'POST', url: `${ZONE}/refresh` },
      { operation: null, api: { title: 'Apply zone modification' }, zone: { name: 'example.test' }, accepted: true },
    ],
    'looks at the credential': [{ url: `${API}/auth/currentCredential` }, { operation: 'dns.verifyToken' }],
    'asks for a credential': [{ method: 'POST', url: `${API}/auth/credential` }, { operation: 'dns.verifyToken' }],
    'asks for a token': [
      { method: 'POST', url: 'https://www.ovh.com/auth/oauth2/token', sent: 'grant_type=client_credentials' },
      { operation: 'dns.verifyToken' },
    ],
  },
  refuses: [
    [
      { url: ZONE },
      403,
      refused('INVALID_CREDENTIAL', 'This credential is not valid'),
      'INVALID_CREDENTIAL',
      'unauthorized',
    ],
    [
      { url: ZONE },
      403,
      refused('NOT_GRANTED_CALL', 'This call has not been granted'),
      'NOT_GRANTED_CALL',
      'unauthorized',
    ],
    [{ url: ZONE }, 403, refused('INVALID_KEY', 'This application key is invalid'), 'INVALID_KEY', 'unauthorized'],
    [{ url: ZONE }, 400, refused('INVALID_SIGNATURE', 'Invalid signature'), 'INVALID_SIGNATURE', 'unauthorized'],
    [{ url: ZONE }, 400, refused('QUERY_TIME_OUT', 'Query out of time'), 'QUERY_TIME_OUT', 'unauthorized'],
    [{ url: ZONE }, 403, { class: 'Client::Forbidden', message: 'no' }, 'Client::Forbidden', 'unauthorized'],
    [
      { url: ZONE },
      404,
      { class: 'Client::NotFound', message: 'This service does not exist' },
      'Client::NotFound',
      'zone-not-found',
    ],
    [
      { method: 'DELETE', url: `${RECORDS}/1` },
      404,
      { class: 'Client::NotFound', message: 'x' },
      'Client::NotFound',
      'record-not-found',
    ],
    [{ url: ZONE }, 429, { class: 'Client::TooManyRequests', message: 'x' }, 'Client::TooManyRequests', 'rate-limited'],
    [
      { url: ZONE },
      500,
      { class: 'Server::InternalServerError', message: 'x' },
      'Server::InternalServerError',
      'failed',
    ],
    [
      { method: 'POST', url: 'https://www.ovh.com/auth/oauth2/token' },
      400,
      { error: 'invalid_client', error_description: 'x' },
      'invalid_client',
      'unauthorized',
    ],
  ],
  urls: [ZONES, ZONE, RECORDS, `${RECORDS}/1`, `${ZONE}/refresh`, `${API}/auth/credential`],
})
