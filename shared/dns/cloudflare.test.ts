import { describe, expect, it } from 'vitest'
import { cloudflare } from './cloudflare.ts'
import type { DnsExchange } from './provider.ts'
import { providerOf } from './providers.ts'

const API = 'https://api.cloudflare.com/client/v4'
const ZONE = '09952be409a7d6464cd7661beeeb966e'
const NAME = '_acme-challenge.test1.test2.example.test'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'

const read = (exchange: Partial<DnsExchange>) =>
  cloudflare.read({
    method: 'GET',
    url: API,
    requestJson: undefined,
    responseJson: undefined,
    status: 200,
    ...exchange,
  })

const ok = (result: unknown, rest: object = {}) => ({ success: true, errors: [], messages: [], result, ...rest })
const refused = (...errors: object[]) => ({ success: false, errors, messages: [], result: null })
const record = { id: 'a07e', zone_id: ZONE, zone_name: 'example.test', name: NAME, type: 'TXT', content: `"${VALUE}"` }

describe('a zone look-up', () => {
  it('says which zone was found', () => {
    const responseJson = ok([{ id: ZONE, name: 'example.test' }], { result_info: { count: 1, total_count: 1 } })
    expect(read({ url: `${API}/zones?name=example.test&per_page=50`, responseJson })).toEqual({
      operation: 'dns.findZone',
      zone: { id: ZONE, name: 'example.test' },
      record: null,
      listed: [],
      accepted: true,
      errors: [],
      found: 1,
    })
  })

  it('that finds nothing still says what was asked for', () => {
    const reading = read({ url: `${API}/zones?name=test2.example.test`, responseJson: ok([]) })
    expect(reading).toMatchObject({ zone: { id: null, name: 'test2.example.test' }, accepted: true, found: 0 })
  })

  it('with a bad token says why', () => {
    const responseJson = refused({ code: 9109, message: 'Invalid access token' })
    expect(read({ url: `${API}/zones?name=example.test`, responseJson, status: 403 })).toMatchObject({
      operation: 'dns.findZone',
      accepted: false,
      found: null,
      errors: [{ code: '9109', message: 'Invalid access token' }],
    })
  })

  it('with a malformed token gives the chain of errors', () => {
    const responseJson = refused({
      code: 6003,
      message: 'Invalid request headers',
      error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
    })
    expect(read({ url: `${API}/zones`, responseJson, status: 400 }).errors.map(({ code }) => code)).toEqual([
      '6003',
      '6111',
    ])
  })
})

describe('a record', () => {
  const url = `${API}/zones/${ZONE}/dns_records`
  const requestJson = { type: 'TXT', name: NAME, content: VALUE, ttl: 120 }

  it('that was created has an id, a zone and a value without quotes', () => {
    expect(read({ method: 'POST', url, requestJson, responseJson: ok(record) })).toMatchObject({
      operation: 'dns.createRecord',
      zone: { id: ZONE, name: 'example.test' },
      record: { id: 'a07e', type: 'TXT', name: NAME, value: VALUE },
      accepted: true,
      found: null,
    })
  })

  it('is known from the request when the answer is no JSON', () => {
    expect(read({ method: 'POST', url, requestJson })).toMatchObject({
      zone: { id: ZONE, name: null },
      record: { id: null, type: 'TXT', name: NAME, value: VALUE },
      accepted: true,
    })
  })

  it('is known from the request when nothing was answered, and then not accepted', () => {
    const reading = read({ method: 'POST', url, requestJson, status: null })
    expect(reading).toMatchObject({ record: { name: NAME, value: VALUE }, accepted: false })
  })

  it('that exists already is refused in words', () => {
    const responseJson = refused({ code: 81058, message: 'An identical record already exists.' })
    const reading = read({ method: 'POST', url, requestJson, responseJson, status: 400 })
    expect(reading).toMatchObject({ accepted: false, record: { value: VALUE }, errors: [{ code: '81058' }] })
  })

  it('may be refused with status 200', () => {
    const reading = read({ method: 'POST', url, requestJson, responseJson: refused({ code: 1004, message: 'no' }) })
    expect(reading.accepted).toBe(false)
  })

  it.each(['PATCH', 'PUT'])('is updated by %s', (method) => {
    const reading = read({ method, url: `${url}/a07e`, requestJson: { content: VALUE }, responseJson: ok(record) })
    expect(reading).toMatchObject({ operation: 'dns.updateRecord', record: { id: 'a07e', name: NAME, value: VALUE } })
  })

  it('is deleted by its id, which is all that is said', () => {
    expect(read({ method: 'DELETE', url: `${url}/a07e`, responseJson: ok({ id: 'a07e' }) })).toMatchObject({
      operation: 'dns.deleteRecord',
      zone: { id: ZONE, name: null },
      record: { id: 'a07e', type: null, name: null, value: null },
      accepted: true,
    })
  })

  it('is looked up by name and value', () => {
    const looked = `${url}?type=TXT&name=${NAME}&content=${VALUE}&per_page=1`
    expect(read({ url: looked, responseJson: ok([record]) })).toMatchObject({
      operation: 'dns.listRecords',
      record: { id: 'a07e', name: NAME, value: VALUE },
      listed: [{ id: 'a07e', value: VALUE }],
      found: 1,
    })
    expect(read({ url: looked, responseJson: ok([]) })).toMatchObject({
      record: { id: null, type: 'TXT', name: NAME, value: VALUE },
      listed: [],
      found: 0,
    })
  })

  it('among several listed is what was asked for; each is listed', () => {
    const responseJson = ok([record, { ...record, id: 'b1' }], { result_info: { total_count: 7 } })
    const reading = read({ url: `${url}?name=${NAME}`, responseJson })
    expect(reading).toMatchObject({ record: { id: null, type: null, name: NAME, value: null }, found: 7 })
    expect(reading.listed.map(({ id }) => id)).toEqual(['a07e', 'b1'])
  })
})

describe('other exchanges', () => {
  it('verify a token', () => {
    const reading = read({ url: `${API}/user/tokens/verify`, responseJson: ok({ id: 'x', status: 'active' }) })
    expect(reading).toMatchObject({ operation: 'dns.verifyToken', zone: null, record: null, accepted: true })
  })

  it.each([
    { url: `${API}/accounts` },
    { url: 'not a URL' },
    { method: 'POST', url: `${API}/zones/${ZONE}/purge_cache` },
  ])('are not ours: %j', (exchange) => {
    expect(read(exchange)).toMatchObject({ operation: null, zone: null, record: null })
  })

  it.each([
    { responseJson: null },
    { responseJson: [] },
    { responseJson: 'text' },
    { responseJson: { errors: 'no', result: 7 } },
    { responseJson: { errors: [null, 7, {}], result: [null, 7] } },
    { requestJson: [1], responseJson: { result: [{ id: 7, content: {} }] } },
  ])('of hostile shape do not throw: %j', (exchange) => {
    for (const { method } of cloudflare.operations) {
      expect(() => read({ method, url: `${API}/zones/z/dns_records`, ...exchange })).not.toThrow()
    }
  })
})

it('is found by its host', () => {
  expect(providerOf('API.Cloudflare.com')).toBe(cloudflare)
  expect(providerOf('cloudflare.com')).toBeNull()
})
