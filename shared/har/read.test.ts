/** HAR files of other tools, and of nobody's. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { HarError, readHar } from './read.ts'

const request = { method: 'GET', url: 'https://ca.test/dir', httpVersion: 'HTTP/1.1', headers: [], bodySize: 0 }
const response = {
  status: 200,
  statusText: 'OK',
  httpVersion: 'HTTP/1.1',
  headers: [],
  content: { size: 0, mimeType: '' },
}
const entry = {
  startedDateTime: '2024-04-15T22:44:23.04Z',
  time: 30,
  request,
  response,
  timings: { send: 1, wait: 28, receive: 1 },
}
const file = (...entries: readonly unknown[]) => JSON.stringify({ log: { version: '1.2', entries } })

function only(given: unknown): Exchange & { readonly problems: readonly string[] } {
  const { exchanges, problems } = readHar(file(given))
  const [exchange] = exchanges
  if (!exchange || exchanges.length !== 1) throw new Error(`read ${exchanges.length} exchanges`)
  return { ...exchange, problems }
}
const answered = (content: object, rest: object = {}) =>
  only({ ...entry, response: { ...response, content, ...rest } }).response?.body
const asked = (rest: object) => only({ ...entry, request: { ...request, method: 'POST', ...rest } }).request.body

describe('what is no HAR', () => {
  it.each([
    ['', 'The file is empty.'],
    ['<html></html>', /^This is no HAR: it cannot be read as JSON/],
    ['{"log":', /^This is no HAR: it cannot be read as JSON/],
    ['[]', 'This is JSON, but no HAR: it has no “log” member.'],
    ['null', 'This is JSON, but no HAR: it has no “log” member.'],
    ['{"log":{"version":"1.2"}}', 'This is no HAR: its “log” has no list of “entries”.'],
    ['{"log":{"entries":{}}}', 'This is no HAR: its “log” has no list of “entries”.'],
  ])('is refused in a sentence: %j', (text, message) => {
    expect(() => readHar(text)).toThrow(HarError)
    expect(() => readHar(text)).toThrow(message)
  })
})

describe('an entry of another tool', () => {
  it('is an exchange', () => {
    expect(readHar(file(entry))).toMatchObject({
      name: null,
      startedAt: '2024-04-15T22:44:23.040Z',
      problems: [],
      exchanges: [
        {
          kind: 'exchange',
          id: 'har-1',
          sequence: 1,
          startedAt: '2024-04-15T22:44:23.040Z',
          state: 'complete',
          client: { address: null, port: null },
          timings: { send: 1, wait: 28, receive: 1, total: 30 },
        },
      ],
    })
  })

  it('may stand behind a byte order mark', () => {
    expect(readHar(`\uFEFF${file(entry)}`).exchanges).toHaveLength(1)
  })

  it('may have no pages; a page or a comment gives the name', () => {
    const log = { version: '1.2', entries: [entry], pages: [{ title: 'A page' }] }
    expect(readHar(JSON.stringify({ log })).name).toBe('A page')
    expect(readHar(JSON.stringify({ log: { ...log, comment: 'lego-dns3' } })).name).toBe('lego-dns3')
  })

  it('does not know a time of -1', () => {
    expect(only({ ...entry, time: -1, timings: { send: -1, wait: -1, receive: -1 } }).timings).toEqual({})
    expect(only({ ...entry, time: undefined, timings: { send: 0.5, wait: 2, receive: -1 } }).timings).toEqual({
      send: 0.5,
      wait: 2,
      total: 2.5,
    })
    expect(only({ ...entry, time: 1e300, timings: {} }).timings).toEqual({})
  })

  it.each([
    ['h2', 'HTTP/2'],
    ['HTTP/2.0', 'HTTP/2'],
    ['http/2.0', 'HTTP/2'],
    ['HTTP/2', 'HTTP/2'],
    ['h3', 'HTTP/3'],
    ['http/1.1', 'HTTP/1.1'],
    ['HTTP/1.0', 'HTTP/1.0'],
    ['unknown', 'unknown'],
  ])('over %s is over %s', (said, version) => {
    expect(only({ ...entry, request: { ...request, httpVersion: said } }).request.httpVersion).toBe(version)
  })

  it('keeps the order, the case and the repeats of headers', () => {
    const headers = [
      { name: 'Link', value: 'a' },
      { name: 'X', value: '' },
      { name: 'link', value: 'b' },
    ]
    expect(only({ ...entry, response: { ...response, headers } }).response?.headers).toEqual([
      ['Link', 'a'],
      ['X', ''],
      ['link', 'b'],
    ])
  })

  it('with status 0 failed, and keeps the reason', () => {
    const failed = only({ ...entry, response: { ...response, status: 0, _error: 'net::ERR_NAME_NOT_RESOLVED' } })
    expect(failed.response).toBeUndefined()
    expect(failed.failure).toEqual({
      stage: 'upstream-dns',
      code: 'ERR_NAME_NOT_RESOLVED',
      message: 'net::ERR_NAME_NOT_RESOLVED',
    })
    expect(only({ ...entry, response: undefined }).failure).toMatchObject({ stage: 'aborted', code: 'NO_RESPONSE' })
  })

  it('with an answer and a reason has both', () => {
    const cut = only({ ...entry, response: { ...response, _error: 'net::ERR_HTTP2_PROTOCOL_ERROR' } })
    expect(cut).toMatchObject({ response: { status: 200 }, failure: { stage: 'upstream-http' } })
  })
})

describe('an answer’s body', () => {
  it('may be base64 of text, or of bytes', () => {
    expect(answered({ text: 'eyLDqSI6MX0=', encoding: 'base64' })).toEqual({ kind: 'text', text: '{"é":1}' })
    expect(answered({ text: '/wAB', encoding: 'base64' })).toEqual({ kind: 'base64', base64: '/wAB' })
  })

  it('that is missing is said to be missing, where its size is known', () => {
    const missing = { kind: 'omitted', bytes: 821, reason: 'the file does not hold it' }
    expect(answered({ size: 821 })).toEqual(missing)
    expect(answered({ size: 0 }, { headers: [{ name: 'content-length', value: '821' }] })).toEqual(missing)
    expect(answered({ size: 0 }, { bodySize: 821 })).toEqual(missing)
  })

  it('is empty where it is', () => {
    expect(answered({ size: 0, text: '' })).toEqual({ kind: 'empty' })
    expect(answered({ size: -1 })).toEqual({ kind: 'empty' })
    expect(answered({}, { status: 304, headers: [{ name: 'Content-Length', value: '5' }] })).toEqual({ kind: 'empty' })
    const head = { ...request, method: 'HEAD' }
    const length = { ...response, headers: [{ name: 'Content-Length', value: '5' }] }
    expect(only({ ...entry, request: head, response: length }).response?.body).toEqual({ kind: 'empty' })
  })

  it('that is no base64 is left out and noted', () => {
    const { response: broken, problems } = only({
      ...entry,
      response: { ...response, content: { text: '%%%', encoding: 'base64' } },
    })
    expect(broken?.body).toMatchObject({ kind: 'omitted' })
    expect(problems).toEqual(['entry 1: a body is said to be base64 and is not, left out'])
  })
})

describe('a request’s body', () => {
  it('is its text', () => {
    expect(asked({ postData: { mimeType: 'application/jose+json', text: '{}' } })).toEqual({ kind: 'text', text: '{}' })
  })

  it('may be given as form fields', () => {
    const params = [{ name: 'a', value: '1 2' }, { name: 'b' }]
    expect(asked({ postData: { mimeType: 'application/x-www-form-urlencoded', params } })).toEqual({
      kind: 'text',
      text: 'a=1+2&b=',
    })
    expect(asked({ postData: { mimeType: 'multipart/form-data', params } })).toMatchObject({ kind: 'omitted' })
  })

  it('may be missing', () => {
    expect(asked({ bodySize: 427 })).toEqual({ kind: 'omitted', bytes: 427, reason: 'the file does not hold it' })
    expect(asked({ postData: { mimeType: 'text/plain', text: '' } })).toEqual({ kind: 'empty' })
  })

  it('may be bytes, as HTTP Toolkit writes them', () => {
    expect(asked({ _content: { size: 3, encoding: 'base64', text: '/wAB' } })).toEqual({
      kind: 'base64',
      base64: '/wAB',
    })
  })
})

describe('what cannot be read', () => {
  it.each([
    [null, 'entry 1: it is no object, skipped'],
    [{ ...entry, request: undefined }, 'entry 1: it has no request, skipped'],
    [{ ...entry, request: { method: 'GET' } }, 'entry 1: its request has no URL, skipped'],
  ])('is skipped with a word, and the others are read: %j', (broken, problem) => {
    const { exchanges, problems } = readHar(file(broken, entry))
    expect(problems).toEqual([problem])
    expect(exchanges.map(({ id }) => id)).toEqual(['har-2'])
  })

  it.each([
    [{ startedDateTime: 'yesterday' }, 'its startedDateTime cannot be read, kept as that of the entry before'],
    [{ request: { ...request, method: { get: true } } }, 'its method is no text, kept as “?”'],
    [{ request: { ...request, headers: {} } }, 'the headers of its request are no list, left out'],
    [
      { request: { ...request, headers: [7, { name: 'a', value: 'b' }] } },
      '1 of the headers of its request cannot be read, left out',
    ],
    [{ response: 'none' }, 'its response cannot be read'],
    [{ _acmescope: { id: '../../etc' } }, 'its _acmescope part cannot be read, taken as any other entry'],
    [{ response: { ...response, content: { text: { a: 1 } } } }, 'a body is no text, kept as JSON'],
    [
      { response: { ...response, content: { text: 'x', encoding: 'rot13' } } },
      'a body is said to be encoded as rot13, kept as it stands',
    ],
  ])('in an entry is noted, and the rest kept: %j', (change, problem) => {
    const { exchanges, problems } = readHar(file({ ...entry, ...change }))
    expect(problems).toEqual([`entry 1: ${problem}`])
    expect(exchanges).toHaveLength(1)
  })

  it('is told a hundred times, not a million', () => {
    const { problems } = readHar(file(...new Array(5000).fill(null)))
    expect(problems).toHaveLength(101)
    expect(problems.at(-1)).toBe('and 4900 more')
  })

  it('never throws anything but HarError', () => {
    const hostile = fc.jsonValue({ maxDepth: 3 })
    const names = ['startedDateTime', 'time', 'request', 'response', 'timings', '_acmescope', '_error']
    const inner = ['method', 'url', 'headers', 'postData', '_content', 'content', 'status', 'httpVersion', 'bodySize']
    const broken = (name: string, part: string, value: unknown) =>
      ['request', 'response'].includes(name)
        ? { ...entry, [name]: { ...entry.request, ...entry.response, [part]: value } }
        : { ...entry, [name]: value }
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...inner), hostile, (name, part, value) => {
        const { exchanges, problems } = readHar(file(broken(name, part, value)))
        expect(exchanges.length + problems.length).toBeGreaterThan(0)
        for (const { startedAt } of exchanges) expect(new Date(startedAt).toISOString()).toBe(startedAt)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('files put together by hand', () => {
  const stored = {
    id: 'a-1',
    sequence: 1,
    state: 'complete',
    client: { address: null, port: null },
    timings: {},
    request: { body: { kind: 'empty' } },
    response: { body: { kind: 'empty' } },
  }
  const own = { ...entry, _acmescope: stored }

  it('get ids and numbers of their own where they say one twice', () => {
    const { exchanges, problems } = readHar(file(own, own))
    expect(exchanges.map(({ id, sequence }) => [id, sequence])).toEqual([
      ['har-1', 1],
      ['har-2', 2],
    ])
    expect(problems).toHaveLength(2)
  })

  it('keep the ids they have otherwise', () => {
    expect(only(own)).toMatchObject({ id: 'a-1', problems: [] })
  })
})

describe('the keys a file brings', () => {
  const key = {
    account: 'https://ca.test/acct/1',
    jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' },
    recording: 'r1',
    exchange: 'r1.1',
  }
  const reading = (keys: unknown) => readHar(JSON.stringify({ log: { entries: [entry], _acmescope: { keys } } }))

  it('are taken without what is no part of a public key', () => {
    const { keys, problems } = reading([{ ...key, jwk: { ...key.jwk, d: 'secret' }, more: 1 }])
    expect(keys).toEqual([key])
    expect(problems).toEqual([])
  })

  it.each([
    null,
    7,
    [],
    { ...key, account: '' },
    { ...key, account: 'x'.repeat(5000) },
    { ...key, jwk: { kty: 'oct', k: 'c2VjcmV0' } },
    { ...key, jwk: { kty: 'RSA', n: 'A'.repeat(100_000), e: 'AQAB' } },
    { ...key, exchange: '../../etc' },
  ])('are left out where they are none: %j', (broken) => {
    const { keys, problems, exchanges } = reading([broken, key])
    expect(keys).toEqual([key])
    expect(problems).toEqual(['account key 1: cannot be read, skipped'])
    expect(exchanges).toHaveLength(1)
  })

  it('are none where the file has no list of them', () => {
    expect(reading({ a: 1 })).toMatchObject({ keys: [], problems: ['its keys are no list, left out'] })
    expect(reading(undefined)).toMatchObject({ keys: [], problems: [] })
  })
})
