import { describe, expect, it } from 'vitest'
import { everyHostile, readerOf } from '../../test/synthetic/dns-said.ts'
import { providerOf } from './providers.ts'
import { route53 } from './route53.ts'

const API = 'https://route53.amazonaws.com/2013-04-01'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const NAME = '_acme-challenge.example.test'
const read = readerOf(route53)

const zone = (id: string, name: string) =>
  `<HostedZone><Id>/hostedzone/${id}</Id><Name>${name}</Name><CallerReference>x</CallerReference></HostedZone>`
const zones = (...all: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListHostedZonesResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones>${all.join('\n ')}</HostedZones><IsTruncated>false</IsTruncated></ListHostedZonesResponse>`
const record = (value: string) => `<ResourceRecord><Value>${value}</Value></ResourceRecord>`
const set = (name: string, type: string, ...values: readonly string[]) =>
  `<ResourceRecordSet><Name>${name}</Name><Type>${type}</Type><TTL>10</TTL><ResourceRecords>${values.map(record).join('')}</ResourceRecords></ResourceRecordSet>`
const changes = (...all: readonly (readonly [action: string, set: string])[]) =>
  `<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes>${all.map(([action, one]) => `<Change><Action>${action}</Action>${one}</Change>`).join('')}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`

describe('a zone look-up', () => {
  it('by name finds that zone only: the answer goes on with the zones behind it', () => {
    const answered = zones(zone('Z1', 'example.test.'), zone('Z2', 'other.test.'))
    const url = `${API}/hostedzonesbyname?dnsname=example.test`
    expect(read({ url, answered })).toMatchObject({
      operation: 'dns.findZone',
      api: { url: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html' },
      zone: { id: 'Z1', name: 'example.test' },
      found: 1,
    })
    expect(read({ url: `${API}/hostedzonesbyname?dnsname=missing.test`, answered })).toMatchObject({
      zone: { id: null, name: 'missing.test' },
      found: 0,
    })
  })

  it('of all zones names each', () => {
    const reading = read({ url: `${API}/hostedzone`, answered: zones(zone('Z1', 'a.test.'), zone('Z2', 'b.test.')) })
    expect(reading).toMatchObject({
      zone: null,
      zones: [
        { id: 'Z1', name: 'a.test' },
        { id: 'Z2', name: 'b.test' },
      ],
      found: 2,
    })
  })

  it('by id says its name', () => {
    const answered = `<GetHostedZoneResponse>${zone('Z1', 'a.test.')}</GetHostedZoneResponse>`
    expect(read({ url: `${API}/hostedzone/Z1`, answered })).toMatchObject({
      zone: { id: 'Z1', name: 'a.test' },
      found: 1,
    })
  })
})

describe('a change', () => {
  const post = (sent: string, status = 'PENDING') =>
    read({
      method: 'POST',
      url: `${API}/hostedzone/Z1/rrset/`,
      sent,
      answered: `<ChangeResourceRecordSetsResponse><ChangeInfo><Id>/change/C1</Id><Status>${status}</Status></ChangeInfo></ChangeResourceRecordSetsResponse>`,
    })

  it('may hold several, each of several values, quoted in any way', () => {
    const sent = changes(
      ['DELETE', set(`old.${NAME}.`, 'TXT', '"x"')],
      ['CREATE', set('\\052.example.test.', 'A', '192.0.2.1')],
      ['UPSERT', set(`${NAME}.`, 'TXT', `"${VALUE}"`, '&quot;b&quot;', '&#34;c&#x22;')],
    )
    expect(post(sent)).toMatchObject({
      operation: 'dns.updateRecord',
      zone: { id: 'Z1', name: null },
      progress: 'pending',
      changes: [
        { action: 'delete', record: { id: null, type: 'TXT', name: `old.${NAME}`, values: ['x'] } },
        { action: 'create', record: { type: 'A', name: '*.example.test', values: ['192.0.2.1'] } },
        { action: 'replace', record: { type: 'TXT', name: NAME, values: [VALUE, 'b', 'c'] } },
      ],
    })
  })

  it('of another action, or cut off, is none', () => {
    const sent = `${changes(['EXPLODE', set(NAME, 'TXT', '"x"')])}<Change><Action>CREATE</Action>`
    expect(post(sent)).toMatchObject({ changes: [], accepted: true })
  })

  it.each([
    ['PENDING', 'pending'],
    ['INSYNC', 'done'],
    ['LOST', null],
  ])('is asked about: %s', (status, progress) => {
    const answered = `<GetChangeResponse><ChangeInfo><Id>C1</Id><Status>${status}</Status></ChangeInfo></GetChangeResponse>`
    expect(read({ url: `${API}/change/C1`, answered })).toMatchObject({
      operation: null,
      api: { title: 'GetChange' },
      progress,
    })
  })
})

it('lists the set that was asked for, not those behind it', () => {
  const answered = `<ListResourceRecordSetsResponse><ResourceRecordSets>${set(`${NAME}.`, 'TXT', `"${VALUE}"`, '"b"')}${set('a.example.test.', 'A', '192.0.2.1')}</ResourceRecordSets></ListResourceRecordSetsResponse>`
  expect(read({ url: `${API}/hostedzone/Z1/rrset?name=${NAME}.&type=TXT`, answered })).toMatchObject({
    operation: 'dns.listRecords',
    asked: { type: 'TXT', name: NAME, values: [VALUE, 'b'] },
    listed: [{ values: [VALUE, 'b'] }],
    found: 1,
  })
  expect(read({ url: `${API}/hostedzone/Z1/rrset?name=x.example.test.&type=TXT`, answered })).toMatchObject({
    found: 0,
  })
  expect(read({ url: `${API}/hostedzone/Z1/rrset`, answered })).toMatchObject({ found: 2 })
})

describe('a refusal', () => {
  const error = (code: string, message: string) =>
    `<?xml version="1.0"?>\n<ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>b25f48e8</RequestId></ErrorResponse>`

  it.each([
    [403, 'InvalidClientTokenId', 'The security token included in the request is invalid.', 'unauthorized'],
    [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match', 'unauthorized'],
    [403, 'ExpiredToken', 'The security token included in the request is expired', 'unauthorized'],
    [400, 'IncompleteSignature', 'Authorization header requires Credential', 'credential-malformed'],
    [
      403,
      'AccessDenied',
      'User: arn:aws:iam::1:user/x is not authorized to perform: route53:ListHostedZonesByName',
      'unauthorized',
    ],
    [404, 'NoSuchHostedZone', 'No hosted zone found with ID: Z1', 'zone-not-found'],
    [400, 'InvalidChangeBatch', '[RRSet with DNS name x. is not permitted in zone y.]', 'zone-not-found'],
    [
      400,
      'InvalidChangeBatch',
      '[Tried to create resource record set [name=&#39;x&#39;] but it already exists]',
      'record-exists',
    ],
    [
      400,
      'InvalidChangeBatch',
      "[Tried to delete resource record set [name='x'] but it was not found]",
      'record-not-found',
    ],
    [400, 'Throttling', 'Rate exceeded', 'rate-limited'],
    [400, 'PriorRequestNotComplete', 'The request was rejected', 'rate-limited'],
    [500, 'InternalFailure', 'oops', 'failed'],
  ])('with %i, %s (%s) is of kind %s', (status, code, message, kind) => {
    const reading = read({
      url: `${API}/hostedzone/Z1/rrset`,
      method: 'POST',
      sent: '',
      answered: error(code, message),
      status,
    })
    expect(reading).toMatchObject({ accepted: false, errors: [{ kind, code }] })
  })

  it('of a batch tells each reason', () => {
    const answered =
      '<InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>x but it already exists</Message><Message>other</Message></Messages></InvalidChangeBatch>'
    expect(read({ url: `${API}/hostedzone/Z1/rrset`, method: 'POST', answered, status: 400 }).errors).toMatchObject([
      { kind: 'record-exists', code: 'InvalidChangeBatch' },
      { kind: 'failed', message: 'other' },
    ])
  })
})

it('knows a role being assumed', () => {
  const url = 'https://sts.eu-west-1.amazonaws.com/'
  expect(read({ method: 'POST', url, sent: 'Action=AssumeRole' })).toMatchObject({ operation: 'dns.verifyToken' })
})

describe('its hosts', () => {
  const at = (host: string, path = '/2013-04-01/hostedzone', method = 'GET') => {
    const body = { json: undefined, text: '' }
    return providerOf(host, { method, url: `https://${host}${path}`, request: body, response: body, status: 200 })
  }

  it.each([
    'route53.amazonaws.com',
    'route53.us-gov.amazonaws.com',
    'route53.amazonaws.com.cn',
    'route53-fips.amazonaws.com',
    'route53.global.api.aws',
  ])('are regional too: %s', (host) => {
    expect(at(host)).toBe(route53)
  })

  it.each(['s3.amazonaws.com', 'route53.amazonaws.com.evil.test', 'xroute53.amazonaws.com'])('are not %s', (host) => {
    expect(at(host)).toBeNull()
  })

  it('answer more than this where others share them', () => {
    expect(at('sts.amazonaws.com', '/', 'POST')).toBe(route53)
    expect(at('sts.amazonaws.com', '/other', 'GET')).toBeNull()
  })
})

it('does not throw, whatever is said', () => {
  const urls = [`${API}/hostedzone`, `${API}/hostedzonesbyname`, `${API}/hostedzone/Z/rrset`, `${API}/change/C`]
  for (const said of everyHostile(route53, urls)) expect(() => read(said), JSON.stringify(said)).not.toThrow()
})

it('reads what is cut off and never closed in one pass', () => {
  const open = '<Change><Action>UPSERT</Action><ResourceRecordSet><Name>'
  expect(read({ method: 'POST', url: `${API}/hostedzone/Z/rrset`, sent: open.repeat(50_000) }).changes).toEqual([])
})
