/** What is written is HAR 1.2, and comes back as it was. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  type Body,
  CONNECTION_OUTCOMES,
  type Exchange,
  FAILURE_STAGES,
  type Fact,
  type ValidationObservation,
} from '../exchange.ts'
import type { Recording } from '../recording.ts'
import { readHar } from './read.ts'
import { toHar } from './write.ts'

// ───────────────────────────── HAR 1.2, what it requires (http://www.softwareishard.com/blog/har-12-spec/)

const isoDate = z.string().refine((text) => !Number.isNaN(Date.parse(text)))
const pair = z.object({ name: z.string(), value: z.string() })
const message = {
  httpVersion: z.string(),
  cookies: z.array(pair),
  headers: z.array(pair),
  headersSize: z.int(),
  bodySize: z.int(),
}
const har12 = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    pages: z.array(
      z.object({ startedDateTime: isoDate, id: z.string(), title: z.string(), pageTimings: z.object({}) }),
    ),
    entries: z.array(
      z.object({
        pageref: z.string(),
        startedDateTime: isoDate,
        time: z.number().min(0),
        request: z.object({
          ...message,
          method: z.string(),
          url: z.string(),
          queryString: z.array(pair),
          postData: z.object({ mimeType: z.string(), text: z.string() }).optional(),
        }),
        response: z.object({
          ...message,
          status: z.int(),
          statusText: z.string(),
          redirectURL: z.string(),
          content: z.object({ size: z.int().min(0), mimeType: z.string(), text: z.string().optional() }),
        }),
        cache: z.object({}),
        timings: z.object({ send: z.number().min(0), wait: z.number().min(0), receive: z.number().min(0) }),
      }),
    ),
  }),
})

// ───────────────────────────── any facts

const text = fc.string({ unit: 'binary' })
const milliseconds = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0)
const optional = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[] = []) =>
  fc.record(shape, { requiredKeys: required, noNullPrototype: true })

const body: fc.Arbitrary<Body> = fc.oneof(
  fc.constant({ kind: 'empty' } as const),
  text.map((value) => ({ kind: 'text' as const, text: value })),
  fc.base64String().map((base64) => ({ kind: 'base64' as const, base64 })),
  fc.record({
    kind: fc.constant('omitted' as const),
    bytes: fc.option(fc.nat()),
    reason: text,
  }),
)
const headers = fc.array(fc.tuple(text, text), { maxLength: 4 })
const failure = fc.record({ stage: fc.constantFrom(...FAILURE_STAGES), code: text, message: text })
const startedAt = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const client = optional<Fact['client']>({ address: fc.option(text), port: fc.option(fc.nat(65535)), process: text }, [
  'address',
  'port',
])
const offered = fc.record({ versions: fc.array(text, { maxLength: 3 }), ciphers: fc.array(text, { maxLength: 3 }) })
const clientTls = optional({ version: text, alpn: text, sni: text, ja4: text, offered })

const exchange = optional<Omit<Exchange, 'id' | 'sequence'>>(
  {
    kind: fc.constant('exchange'),
    startedAt,
    client,
    state: fc.constantFrom('in progress', 'complete', 'cut off'),
    inbound: fc.constant('http-01'),
    timings: optional({ send: milliseconds, wait: milliseconds, receive: milliseconds, total: milliseconds }),
    tls: optional({ client: clientTls, upstream: optional({ version: text, peerCertificate: text }) }),
    request: fc.record({ method: text, url: fc.oneof(text, fc.webUrl()), httpVersion: text, headers, body }),
    response: fc.record({ status: fc.nat(999), statusText: text, httpVersion: text, headers, body }),
    failure,
  },
  ['kind', 'startedAt', 'client', 'state', 'timings', 'request'],
)
const connection = optional<Omit<Fact & { kind: 'connection' }, 'id' | 'sequence'>>(
  {
    kind: fc.constant('connection'),
    startedAt,
    client,
    state: fc.constant('complete'),
    outcome: fc.constantFrom(...CONNECTION_OUTCOMES),
    host: fc.option(text),
    port: fc.option(fc.nat(65535)),
    tls: clientTls,
    failure,
    bytes: fc.record({ sent: fc.nat(), received: fc.nat() }),
    unwritten: fc.integer({ min: 1 }),
  },
  ['kind', 'startedAt', 'client', 'state', 'outcome', 'host', 'port'],
)
const observation = {
  kind: fc.constant('observation' as const),
  startedAt,
  client,
  state: fc.constant('complete' as const),
}
const asked = fc.record({
  ...observation,
  subject: fc.constant('dns' as const),
  detail: fc.record({
    name: text,
    writtenBy: fc.constant('r1-1'),
    zone: fc.option(text),
    server: fc.option(fc.record({ name: fc.option(text), address: text })),
    code: text,
    values: fc.array(text),
    took: fc.option(fc.nat()),
  }),
})
const hello = fc.record({
  ...observation,
  subject: fc.constant('validation' as const),
  detail: optional<ValidationObservation['detail']>(
    {
      challenge: fc.constant('tls-alpn-01' as const),
      sni: fc.option(text),
      alpn: fc.array(text),
      bytes: fc.record({ sent: fc.nat(), received: fc.nat() }),
      failure,
    },
    ['challenge', 'sni', 'alpn', 'bytes'],
  ),
})
const facts: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.oneof(exchange, connection, asked, hello), { maxLength: 6 })
  .map((list) => list.map((fact, index) => ({ ...fact, id: `r1-${index + 1}`, sequence: index * 2 + 1 })))

const RECORDING: Recording = {
  id: 'r1',
  name: 'Nas, renewed',
  startedAt: '2024-04-15T22:44:23.000Z',
  endedAt: '2024-04-15T22:45:49.000Z',
  source: 'live',
  toolVersion: '0.1.0',
}
const write = (list: readonly Fact[]) => toHar(RECORDING, list, { redact: 'none', toolVersion: '0.2.0' })

describe('any facts', () => {
  it('come back from a file as they were', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const reading = readHar(JSON.stringify(write(list)))
        expect(reading.problems).toEqual([])
        expect(reading.facts).toEqual(list)
      }),
      { numRuns: 300 },
    )
  })

  it('are written as HAR 1.2', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const file: unknown = JSON.parse(JSON.stringify(write(list)))
        expect(har12.safeParse(file).error).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })
})

const SENT: Exchange = {
  kind: 'exchange',
  id: 'r1-1',
  sequence: 1,
  startedAt: '2024-04-15T22:44:23.000Z',
  client: { address: '127.0.0.1', port: 40000 },
  state: 'complete',
  timings: { total: 30 },
  request: {
    method: 'GET',
    url: 'https://api.cloudflare.com/client/v4/zones?name=example.test&per_page=50',
    httpVersion: 'HTTP/2',
    headers: [['cookie', 'a=1; b=2=3']],
    body: { kind: 'empty' },
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/2',
    headers: [
      ['content-type', 'application/json'],
      ['set-cookie', '__cflb=x; path=/; HttpOnly'],
      ['Link', '<https://ca.test/dir>;rel="index"'],
      ['Link', '<https://ca.test/tos>;rel="terms-of-service"'],
    ],
    body: { kind: 'text', text: '{"é":1}' },
  },
}

describe('an entry', () => {
  const only = (exchange: Exchange) => write([exchange]).log.entries[0]

  it('has what other tools look at', () => {
    expect(only(SENT)).toMatchObject({
      startedDateTime: '2024-04-15T22:44:23.000Z',
      time: 30,
      timings: { send: 0, wait: 30, receive: 0 },
      request: {
        cookies: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2=3' },
        ],
        queryString: [
          { name: 'name', value: 'example.test' },
          { name: 'per_page', value: '50' },
        ],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        cookies: [{ name: '__cflb', value: 'x' }],
        content: { size: 8, mimeType: 'application/json', text: '{"é":1}' },
        bodySize: 8,
      },
    })
    expect(only(SENT)?.response.headers.filter(({ name }) => name === 'Link')).toHaveLength(2)
  })

  it('without an answer has status 0 and the reason', () => {
    const { response: _, ...unanswered } = SENT
    const failed = {
      ...unanswered,
      failure: { stage: 'upstream-dns', code: 'ENOTFOUND', message: 'no such host' },
    } as const
    expect(only(failed)?.response).toMatchObject({ status: 0, headers: [], _error: 'ENOTFOUND: no such host' })
  })

  it('says why a body is not there', () => {
    const omitted = { kind: 'omitted', bytes: 20_000_000, reason: 'larger than 10 MiB' } as const
    const entry = only({
      ...SENT,
      response: { status: 200, statusText: '', httpVersion: 'HTTP/2', headers: [], body: omitted },
    })
    expect(entry?.response).toMatchObject({ bodySize: 20_000_000, content: { comment: 'larger than 10 MiB' } })
    expect(entry?.response.content.text).toBeUndefined()
  })
})

it('a file says which recording it is of', () => {
  const reading = readHar(JSON.stringify(write([SENT])))
  const { id: _, ...said } = RECORDING
  expect(reading).toMatchObject({ name: RECORDING.name, startedAt: RECORDING.startedAt, recording: said })
  expect(write([SENT]).log.creator).toEqual({ name: 'acmescope', version: '0.2.0' })
})
