import { describe, expect, it } from 'vitest'
import { everyHostile, readerOf } from '../../test/synthetic/dns-said.ts'
import { cloudflare } from './cloudflare.ts'

const API = 'https://api.cloudflare.com/client/v4'
const ZONE = '09952be409a7d6464cd7661beeeb966e'
const NAME = '_acme-challenge.test1.test2.example.test'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const RECORDS = `${API}/zones/${ZONE}/dns_records`

const read = readerOf(cloudflare)

const ok = (result: unknown, rest: object = {}) => ({ success: true, errors: [], messages: [], result, ...rest })
const refused = (...errors: object[]) => ({ success: false, errors, messages: [], result: null })
const record = { id: 'a07e', zone_id: ZONE, zone_name: 'example.test', name: NAME, type: 'TXT', content: `"${VALUE}"` }
const txt = { id: 'a07e', type: 'TXT', name: NAME, values: [VALUE] }

describe('a zone look-up', () => {
  it('says which zone was found', () => {
    const answered = ok([{ id: ZONE, name: 'example.test' }], { result_info: { count: 1, total_count: 1 } })
    expect(read({ url: `${API}/zones?name=example.test&per_page=50`, answered })).toEqual({
      operation: 'dns.findZone',
      api: { title: 'List Zones', url: 'https://developers.cloudflare.com/api/resources/zones/methods/list/' },
      zone: { id: ZONE, name: 'example.test' },
      zones: [{ id: ZONE, name: 'example.test' }],
      asked: null,
      listed: [],
      changes: [],
      accepted: true,
      errors: [],
      found: 1,
      progress: null,
    })
  })

  it('that finds nothing still says what was asked for', () => {
    const reading = read({ url: `${API}/zones?name=test2.example.test`, answered: ok([]) })
    expect(reading).toMatchObject({ zone: { id: null, name: 'test2.example.test' }, accepted: true, found: 0 })
  })

  it('of all zones names each', () => {
    const zones = [
      { id: 'a', name: 'a.test' },
      { id: 'b', name: 'b.test' },
    ]
    expect(read({ url: `${API}/zones`, answered: ok(zones) })).toMatchObject({ zone: null, zones, found: 2 })
  })

  it('by id says its name', () => {
    const reading = read({ url: `${API}/zones/${ZONE}`, answered: ok({ id: ZONE, name: 'example.test' }) })
    expect(reading).toMatchObject({ operation: 'dns.findZone', zone: { id: ZONE, name: 'example.test' }, found: 1 })
  })
})

describe('a record', () => {
  const sent = { type: 'TXT', name: NAME, content: VALUE, ttl: 120 }

  it('that was created has an id, a zone and a value without quotes', () => {
    expect(read({ method: 'POST', url: RECORDS, sent, answered: ok(record) })).toMatchObject({
      operation: 'dns.createRecord',
      zone: { id: ZONE, name: 'example.test' },
      changes: [{ action: 'create', record: txt }],
      accepted: true,
      found: null,
    })
  })

  it('is known from the request when the answer is no JSON', () => {
    expect(read({ method: 'POST', url: RECORDS, sent, answered: '<html>' })).toMatchObject({
      zone: { id: ZONE, name: null },
      changes: [{ action: 'create', record: { ...txt, id: null } }],
      accepted: true,
    })
  })

  it('is known from the request when nothing was answered, and then not accepted', () => {
    const reading = read({ method: 'POST', url: RECORDS, sent, status: null })
    expect(reading).toMatchObject({ changes: [{ record: { values: [VALUE] } }], accepted: false, errors: [] })
  })

  it('may be refused with status 200', () => {
    const reading = read({ method: 'POST', url: RECORDS, sent, answered: refused({ code: 1004, message: 'no' }) })
    expect(reading.accepted).toBe(false)
    expect(read({ method: 'POST', url: RECORDS, sent, answered: refused() })).toMatchObject({
      accepted: false,
      errors: [{ kind: 'failed', code: '', message: '' }],
    })
  })

  it.each(['PATCH', 'PUT'])('is updated by %s', (method) => {
    const reading = read({ method, url: `${RECORDS}/a07e`, sent: { content: VALUE }, answered: ok(record) })
    expect(reading).toMatchObject({ operation: 'dns.updateRecord', changes: [{ action: 'update', record: txt }] })
  })

  it('is deleted by its id, which is all that is said', () => {
    expect(read({ method: 'DELETE', url: `${RECORDS}/a07e`, answered: ok({ id: 'a07e' }) })).toMatchObject({
      operation: 'dns.deleteRecord',
      zone: { id: ZONE, name: null },
      changes: [{ action: 'delete', record: { id: 'a07e', type: null, name: null, values: [] } }],
      accepted: true,
    })
  })

  it.each([`type=TXT&name=${NAME}&content=${VALUE}`, `type=TXT&name.exact=${NAME}&content.exact=${VALUE}`])(
    'is looked up by name and value: %s',
    (query) => {
      expect(read({ url: `${RECORDS}?${query}&per_page=1`, answered: ok([record]) })).toMatchObject({
        operation: 'dns.listRecords',
        asked: txt,
        listed: [txt],
        found: 1,
      })
      expect(read({ url: `${RECORDS}?${query}`, answered: ok([]) })).toMatchObject({
        asked: { ...txt, id: null },
        listed: [],
        found: 0,
      })
    },
  )

  it('among several listed is what was asked for; each is listed', () => {
    const answered = ok([record, { ...record, id: 'b1' }], { result_info: { total_count: 7 } })
    const reading = read({ url: `${RECORDS}?name=${NAME}`, answered })
    expect(reading).toMatchObject({ asked: { id: null, type: null, name: NAME, values: [] }, found: 7 })
    expect(reading.listed.map(({ id }) => id)).toEqual(['a07e', 'b1'])
  })

  it('may be one of a batch, whose lists are carried out in their own order', () => {
    const other = { ...record, id: 'c9', name: '_acme-challenge.example.test', content: 'x' }
    const reading = read({
      method: 'POST',
      url: `${RECORDS}/batch`,
      sent: {
        posts: [sent],
        puts: [{ id: 'c9', type: 'TXT', name: other.name, content: 'x' }],
        patches: [{ id: 'd0', content: '"y"' }],
        deletes: [{ id: 'e1' }],
      },
      answered: ok({ posts: [record], puts: [other], patches: [], deletes: [{ ...record, id: 'e1' }] }),
    })
    expect(reading).toMatchObject({ operation: 'dns.updateRecord', zone: { id: ZONE } })
    expect(reading.changes).toEqual([
      { action: 'delete', record: { ...txt, id: 'e1' } },
      { action: 'update', record: { id: 'd0', type: null, name: null, values: ['y'] } },
      { action: 'update', record: { id: 'c9', type: 'TXT', name: other.name, values: ['x'] } },
      { action: 'create', record: txt },
    ])
  })
})

describe('a refusal', () => {
  const kindOf = (status: number, ...errors: object[]) =>
    read({ url: `${API}/zones?name=example.test`, answered: refused(...errors), status }).errors

  it.each([
    [400, 6003, 'Invalid request headers', 'credential-malformed'],
    [400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers', 'unauthorized'],
    [403, 9103, 'Unknown X-Auth-Key or X-Auth-Email', 'unauthorized'],
    [403, 9109, 'Invalid access token', 'unauthorized'],
    [403, 9109, 'Cannot use the access token from location: 198.51.100.7', 'unauthorized'],
    [403, 10000, 'Authentication error', 'unauthorized'],
    [403, 1009, 'Unauthorized to access requested resource', 'unauthorized'],
    [
      403,
      0,
      "Actor 'com.cloudflare.api.token.1' requires permission 'com.cloudflare.api.account.zone.list' to list zones",
      'unauthorized',
    ],
    [404, 7003, 'Could not route to /zones/x, perhaps your object identifier is invalid?', 'zone-not-found'],
    [404, 7000, 'No route for that URI', 'zone-not-found'],
    [400, 81057, 'The record already exists.', 'record-exists'],
    [400, 81058, 'An identical record already exists.', 'record-exists'],
    [400, 81053, 'An A, AAAA, or CNAME record with that host already exists.', 'record-exists'],
    [404, 81044, 'Record does not exist.', 'record-not-found'],
    [429, 971, 'Please wait and consider throttling your request speed', 'rate-limited'],
    [400, 1004, 'DNS Validation Error', 'failed'],
    [400, 9020, 'Invalid DNS record type', 'failed'],
    [500, 10013, 'internal server error', 'failed'],
    [403, 12345, 'something new', 'unauthorized'],
  ])('with %i, code %i (%s) is of kind %s', (status, code, message, kind) => {
    const [error] = kindOf(status, { code, message })
    expect(error).toMatchObject({ kind, code: String(code), message })
    expect(error?.meaning).toMatch(/\.$/)
    expect(error?.fix).toMatch(/\.$/)
  })

  it('says what the address of a token filter or a missing permission means', () => {
    expect(kindOf(403, { code: 9109, message: 'Cannot use the access token from location: x' })[0]?.meaning).toMatch(
      /address/,
    )
    expect(kindOf(403, { code: 0, message: 'x requires permission y' })[0]?.fix).toMatch(/Zone:Read and DNS:Edit/)
  })

  it('may be explained by a chain of errors, which is given too', () => {
    const chain = { code: 6111, message: 'Invalid format for Authorization header' }
    const errors = kindOf(400, { code: 6003, message: 'Invalid request headers', error_chain: [chain] })
    expect(errors.map(({ code, kind }) => [code, kind])).toEqual([
      ['6003', 'credential-malformed'],
      ['6111', 'credential-malformed'],
    ])
  })

  it.each([
    [502, '<html>Bad gateway</html>', 'failed'],
    [403, '', 'unauthorized'],
    [429, undefined, 'rate-limited'],
  ])('without JSON is judged by its status: %i', (status, answered, kind) => {
    const reading = read({ url: `${API}/zones`, answered, status })
    expect(reading).toMatchObject({
      accepted: false,
      found: null,
      errors: [{ kind, code: String(status), message: '' }],
    })
  })
})

describe('other exchanges', () => {
  it.each(['/user/tokens/verify', '/accounts/a1/tokens/verify'])('verify a token: %s', (path) => {
    const reading = read({ url: API + path, answered: ok({ id: 'x', status: 'active' }) })
    expect(reading).toMatchObject({ operation: 'dns.verifyToken', zone: null, changes: [], accepted: true })
  })

  it.each([
    { url: `${API}/accounts` },
    { url: 'not a URL' },
    { method: 'POST', url: `${API}/zones/${ZONE}/purge_cache` },
  ])('are not ours: %j', (said) => {
    expect(read(said)).toMatchObject({ operation: null, api: null, zone: null, changes: [] })
  })

  it('of hostile shape do not throw', () => {
    for (const said of everyHostile(cloudflare, [
      RECORDS,
      `${RECORDS}/x`,
      `${RECORDS}/batch`,
      `${API}/zones`,
      `${API}/zones/%`,
    ])) {
      expect(() => read(said), JSON.stringify(said)).not.toThrow()
    }
  })
})
