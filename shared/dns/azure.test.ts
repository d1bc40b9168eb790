import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { azure } from './azure.ts'

const ARM = 'https://management.azure.com/subscriptions/s1'
const ZONES = `${ARM}/resourceGroups/g1/providers/Microsoft.Network/dnsZones`
const ZONE = `${ZONES}/example.test`
const NAME = '_acme-challenge'
const SET = `${ZONE}/TXT/${NAME}?api-version=2018-05-01`
const GRAPH = 'https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01'
const TOKEN = 'https://login.microsoftonline.com/t1/oauth2/v2.0/token'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const txt = { id: null, type: 'TXT', name: NAME, values: [VALUE, 'b'] }
const properties = { TTL: 60, TXTRecords: [{ value: [VALUE.slice(0, 20), VALUE.slice(20)] }, { value: ['b'] }] }
const set = { id: 'x', name: NAME, type: 'Microsoft.Network/dnszones/TXT', etag: 'y', properties }
const refused = (code: string) => ({ error: { code, message: `about ${code}` } })
const entra = (error: string, error_description: string) => ({ error, error_description, error_codes: [1] })
const put = { method: 'PUT', url: SET, sent: { properties } }
const token = { method: 'POST', url: TOKEN, sent: 'client_id=a&grant_type=client_credentials' }

describeProvider(azure, {
  reads: {
    'lists the zones of a subscription': [
      {
        url: `${ARM}/providers/Microsoft.Network/dnszones?$top=500`,
        answered: { value: [{ id: '/x', name: 'example.test' }] },
      },
      { operation: 'dns.findZone', zone: { id: null, name: 'example.test' }, found: 1 },
    ],
    'lists the zones of the graph': [
      {
        method: 'POST',
        url: GRAPH,
        answered: { data: [{ name: 'example.test', resourceGroup: 'g1' }, { name: 'b.test' }] },
      },
      { operation: 'dns.findZone', zone: null, found: 2 },
    ],
    'finds a zone': [
      { url: `${ZONE}?api-version=2018-05-01`, answered: { name: 'example.test' } },
      { operation: 'dns.findZone', zone: { name: 'example.test' }, found: 1 },
    ],
    'shows a set, whose values are lists of chunks': [
      { url: SET, answered: set },
      { operation: 'dns.listRecords', zone: { name: 'example.test' }, asked: txt, listed: [txt], found: 1 },
    ],
    'says that there is no set yet': [
      { url: SET, answered: { code: 'NotFound', message: 'The resource record does not exist' }, status: 404 },
      { operation: 'dns.listRecords', accepted: true, found: 0, errors: [] },
    ],
    'lists the sets of one type': [
      { url: `${ZONE}/TXT`, answered: { value: [set] } },
      { operation: 'dns.listRecords', zone: { name: 'example.test' }, found: 1 },
    ],
    'replaces a set': [
      { ...put, answered: set, status: 201 },
      { operation: 'dns.updateRecord', changes: [{ action: 'replace', record: txt }], accepted: true },
    ],
    'replaces a set of a private zone, written in any case': [
      {
        ...put,
        url: `${ARM}/resourcegroups/g1/providers/microsoft.network/privatednszones/example.test/txt/${NAME}`,
        sent: { properties: { txtRecords: properties.TXTRecords } },
      },
      { zone: { name: 'example.test' }, changes: [{ action: 'replace', record: txt }] },
    ],
    'deletes a set': [
      { method: 'DELETE', url: SET },
      { operation: 'dns.deleteRecord', changes: [{ action: 'delete', record: { ...txt, values: [] } }] },
    ],
    'asks for a token': [token, { operation: 'dns.verifyToken', accepted: true }],
    'asks for a token as it was before': [
      { ...token, url: 'https://login.microsoftonline.com/t1/oauth2/token' },
      { operation: 'dns.verifyToken' },
    ],
  },
  refuses: [
    [put, 401, refused('InvalidAuthenticationToken'), 'InvalidAuthenticationToken', 'unauthorized'],
    [put, 401, refused('ExpiredAuthenticationToken'), 'ExpiredAuthenticationToken', 'unauthorized'],
    [put, 403, refused('AuthorizationFailed'), 'AuthorizationFailed', 'unauthorized'],
    [put, 404, refused('ParentResourceNotFound'), 'ParentResourceNotFound', 'zone-not-found'],
    [put, 404, refused('ResourceGroupNotFound'), 'ResourceGroupNotFound', 'zone-not-found'],
    [{ method: 'DELETE', url: SET }, 404, { code: 'NotFound', message: 'x' }, 'NotFound', 'record-not-found'],
    [put, 412, refused('PreconditionFailed'), 'PreconditionFailed', 'record-exists'],
    [put, 429, refused('TooManyRequests'), 'TooManyRequests', 'rate-limited'],
    [put, 500, refused('InternalServerError'), 'InternalServerError', 'failed'],
    [
      token,
      401,
      entra('invalid_client', 'AADSTS7000215: Invalid client secret provided.'),
      'invalid_client',
      'unauthorized',
    ],
    [
      token,
      401,
      entra('invalid_client', 'AADSTS7000222: The provided client secret keys are expired.'),
      'invalid_client',
      'unauthorized',
    ],
    [
      token,
      400,
      entra('unauthorized_client', "AADSTS700016: Application 'x' was not found"),
      'unauthorized_client',
      'unauthorized',
    ],
    [
      token,
      400,
      entra('invalid_request', "AADSTS900023: Specified tenant identifier 'x'"),
      'invalid_request',
      'credential-malformed',
    ],
    [
      token,
      400,
      entra('invalid_request', "AADSTS90002: Tenant 'x' not found."),
      'invalid_request',
      'credential-malformed',
    ],
  ],
  urls: [TOKEN, GRAPH, ZONES, ZONE, `${ZONE}/all`, SET],
})
