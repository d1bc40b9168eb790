import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Exchange, Headers } from '../exchange.ts'
import { readCertificates } from '../x509/certificate.ts'
import { idInUrl, isIdOf, readCertificateId, readRenewalInfo, toCertificateId } from './ari.ts'
import { decode, noKeys } from './decode.ts'
import type { DecodedExchange } from './model.ts'

/** RFC 9773 §4.1. */
const EXAMPLE = 'aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE'
const KEY = '69:88:5B:6B:87:46:40:41:E1:B3:7B:84:7B:A0:AE:2C:DE:01:C8:D4'

describe('the id of a certificate', () => {
  it('is that of the document for its example', () => {
    expect(readCertificateId(EXAMPLE)).toEqual({ keyIdentifier: KEY, serial: '00:87:65:43:21' })
    for (const serial of ['00:87:65:43:21', '87:65:43:21'])
      expect(toCertificateId({ authorityKeyId: KEY, serial })).toBe(EXAMPLE)
  })

  it('is read from a certificate as it was issued', () => {
    const pem = readFileSync(new URL('../../recordings/examples/lego-dns-01.har', import.meta.url), 'utf8')
    const [block = ''] =
      /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(JSON.parse(`"${pemIn(pem)}"`)) ?? []
    const [certificate] = readCertificates(block).chain
    if (!certificate) throw new Error('the example holds no certificate')
    const id = toCertificateId(certificate) ?? ''
    const read = readCertificateId(id)
    expect(read).toMatchObject({ keyIdentifier: certificate.authorityKeyId })
    expect('serial' in read && read.serial.replace(/^00:/, '')).toBe(certificate.serial.replace(/^00:/, ''))
    expect(isIdOf(id, certificate)).toBe(true)
    expect(isIdOf(EXAMPLE, certificate)).toBe(false)
  })

  it('is not there for a certificate that names no key, and cannot be compared then', () => {
    const certificate = { authorityKeyId: null, serial: '01' }
    expect(toCertificateId(certificate)).toBeNull()
    expect(toCertificateId({ authorityKeyId: KEY, serial: '-01' })).toBeNull()
    expect(isIdOf(EXAMPLE, certificate)).toBeNull()
    expect(isIdOf('nonsense', { authorityKeyId: KEY, serial: '01' })).toBeNull()
  })

  it.each([
    ['aYhba4dGQEHhs3uEe6CuLN4ByNQ', /0 dots/],
    ['aYhb.AIdlQyE.x', /2 dots/],
    ['aYhba4dGQEHhs3uEe6CuLN4ByNQ=.AIdlQyE=', /padded/],
    ['aY hb.AIdlQyE', /before the dot/],
    ['.AIdlQyE', /before the dot/],
    ['aYhb.', /after the dot/],
    ['aYhb.AIdl+yE', /after the dot/],
    ['aYhb.h2VDIQ', /negative/],
    ['aYhb.AAEC', /00 too many/],
    [`aYhb.${'A'.repeat(60)}`, /octets, more/],
    [`${'A'.repeat(300)}.AQ`, /too many/],
  ])('%s is none, and the reason is told', (id, reason) => {
    const read = readCertificateId(id)
    expect('error' in read && read.error).toMatch(reason)
  })

  it.each([
    [`https://ca.example.test/ari/${EXAMPLE}`, EXAMPLE],
    [`https://ca.example.test/ari/${EXAMPLE}?a=/b#c/d`, EXAMPLE],
    ['https://ca.example.test/ari/', ''],
  ])('in %s is %s', (url, id) => {
    expect(idInUrl(url)).toBe(id)
  })
})

describe('renewal information', () => {
  it('has a window, where the answer lies in it, and when to ask again', async () => {
    const wire = {
      suggestedWindow: { start: '2025-01-02T04:00:00Z', end: '2025-01-03T06:00:00+02:00' },
      explanationURL: 'https://ca.example.test/docs/ari',
    }
    expect(await read(wire, '2025-01-02T12:00:00Z', [['Retry-After', '21600']])).toEqual({
      window: { start: '2025-01-02T04:00:00.000Z', end: '2025-01-03T04:00:00.000Z' },
      fault: null,
      place: 'within',
      explanation: 'https://ca.example.test/docs/ari',
      retryAfter: 21600,
    })
  })

  it.each([
    ['2025-01-01T00:00:00Z', 'before'],
    ['2025-01-02T04:00:00Z', 'within'],
    ['2025-01-04T00:00:00Z', 'after'],
  ])('asked for at %s is %s its window', async (at, place) => {
    const suggestedWindow = { start: '2025-01-02T04:00:00Z', end: '2025-01-03T04:00:00Z' }
    expect(await read({ suggestedWindow }, at)).toMatchObject({ place })
  })

  it("goes by the server's clock when it tells", async () => {
    const suggestedWindow = { start: '2025-01-02T04:00:00Z', end: '2025-01-03T04:00:00Z' }
    const headers: Headers = [['Date', 'Wed, 01 Jan 2025 00:00:00 GMT']]
    expect(await read({ suggestedWindow }, '2025-01-02T12:00:00Z', headers)).toMatchObject({ place: 'before' })
  })

  it.each([
    [{}, /no suggestedWindow/],
    [{ suggestedWindow: [] }, /no suggestedWindow/],
    [{ suggestedWindow: { start: 'soon', end: '2025-01-03T04:00:00Z' } }, /start is no time/],
    [{ suggestedWindow: { start: '2025-01-02T04:00:00Z', end: 5 } }, /end is no time/],
    [{ suggestedWindow: { start: '2025-01-02T04:00:00Z', end: '2025-99-03T04:00:00Z' } }, /end is no time/],
    [{ suggestedWindow: { start: '2025-01-03T04:00:00Z', end: '2025-01-02T04:00:00Z' } }, /ends before it begins/],
    [{ suggestedWindow: { start: '2025-01-03T04:00:00Z', end: '2025-01-03T04:00:00Z' } }, /ends before it begins/],
  ])('%j has no window that counts', async (wire, fault) => {
    expect(await read(wire, '2025-01-02T12:00:00Z')).toMatchObject({
      window: null,
      place: null,
      fault: expect.stringMatching(fault),
    })
  })

  it('is none when the answer is no object', async () => {
    expect(await read([], '2025-01-02T12:00:00Z')).toBeNull()
  })
})

/** The JSON string, still escaped, of the first chain in a recording. */
const pemIn = (har: string): string => /-----BEGIN CERTIFICATE-----(?:\\n|[A-Za-z0-9+/= -])*/.exec(har)?.[0] ?? ''

async function read(wire: unknown, startedAt: string, headers: Headers = []) {
  const exchange: Exchange = {
    kind: 'exchange',
    id: 'e1',
    sequence: 1,
    startedAt,
    client: { address: null, port: null },
    state: 'complete',
    timings: {},
    request: {
      method: 'GET',
      url: 'https://ca.example.test/ari/x',
      httpVersion: 'HTTP/1.1',
      headers: [],
      body: { kind: 'empty' },
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: [['Content-Type', 'application/json'], ...headers],
      body: { kind: 'text', text: JSON.stringify(wire) },
    },
  }
  return readRenewalInfo((await decode(exchange, noKeys)) as DecodedExchange)
}
