/** HTTP/2 on both sides: fields, bodies, ends and errors arrive as they were sent, and are recorded so. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Exchange } from '../../../shared/exchange.ts'
import { type Arrival, type Fields, type Http2End, isAnswered } from './http2-end.ts'
import { http2Ends, startWorld, type World } from './passed.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(['h2', 'http/1.1'])
})
beforeEach(() => world.forget())
afterAll(() => world.close())

const asked = (method = 'GET', path = '/a'): Fields => [
  [':method', method],
  [':scheme', 'https'],
  [':authority', 'ca.test'],
  [':path', path],
]
const OK: Fields = [[':status', '200']]

interface Passed {
  readonly atServer: readonly Arrival[]
  readonly atClient: readonly Arrival[]
  readonly fact: Exchange
}

const askPlainly = (client: Http2End) => client.headers(1, asked(), { end: true })
const answerPlainly = (server: Http2End): void => {
  server.headers(1, OK)
  server.data(1, 'ok', { end: true })
}

/** One exchange on stream 1 of connections of its own. */
async function pass(
  ask: (client: Http2End) => void = askPlainly,
  answer: (server: Http2End) => void = answerPlainly,
): Promise<Passed> {
  const { client, server } = await http2Ends(world)
  ask(client)
  const upstream = await server()
  const atServer = await upstream.until(1, isAnswered)
  answer(upstream)
  const atClient = await client.until(1, isAnswered)
  client.end.socket.end()
  return { atServer, atClient, fact: await world.fact() }
}

const heads = (arrivals: readonly Arrival[]): readonly Fields[] =>
  arrivals.flatMap((each) => (each.kind === 'headers' ? [each.fields] : []))
const body = (arrivals: readonly Arrival[]): string =>
  arrivals.map((each) => (each.kind === 'data' ? each.bytes : '')).join('')

describe('requests', () => {
  test.each<[string, Fields]>([
    ['the order of pseudo-headers', [...asked()].reverse()],
    ['order and repeats', [...asked(), ['x-b', '1'], ['x-a', '2'], ['x-b', '3'], ['x-a', '4'], ['x-b', '5']]],
    ['crumbs of cookies', [...asked(), ['cookie', 'a=1'], ['x-a', '1'], ['cookie', 'b=2']]],
    ['empty values', [...asked(), ['x-e', ''], ['x-e', '1'], ['x-e', '']]],
    ['ISO 8859-1 and UTF-8', [...asked(), ['x-latin', 'caf\xe9'], ['x-utf8', '\xc3\xa9']]],
    ['a value of 30 kB', [...asked(), ['x-long', 'a'.repeat(30_000)]]],
    ['host beside :authority', [...asked(), ['host', 'ca.test']]],
    ['host without :authority', [...asked().filter(([name]) => name !== ':authority'), ['host', 'ca.test']]],
    ['te: trailers', [...asked(), ['te', 'trailers']]],
    ['paths as they stand', asked('GET', `/a/../b//%2F?c='d'{}#e\xe9`)],
    ['methods in small letters', asked('patch')],
    ['methods that nobody knows', asked('FOO')],
    ['POST without a body', asked('POST')],
  ])('%s', async (_, fields) => {
    const { atServer, fact } = await pass((client) => client.headers(1, fields, { end: true }))
    expect(atServer).toMatchObject([{ kind: 'headers', fields, isEnd: true }])
    expect(fact.request.headers).toEqual(fields)
    const path = fields.find(([name]) => name === ':path')?.[1]
    expect(fact.request.url).toBe(`https://ca.test${path}`)
  })

  test.each(['POST', 'GET', 'DELETE'])('a body of %s', async (method) => {
    const { atServer, fact } = await pass((client) => {
      client.headers(1, [...asked(method), ['content-length', '6']], { padding: 7 })
      client.data(1, 'abc', { padding: 200 })
      client.data(1, 'def', { end: true })
    })
    expect(body(atServer)).toBe('abcdef')
    expect(fact.request.body).toEqual({ kind: 'text', text: 'abcdef' })
    expect(fact.response?.status).toBe(200)
  })

  test('trailers', async () => {
    const trailers: Fields = [
      ['x-t', '1'],
      ['x-u', '2'],
      ['x-t', '3'],
    ]
    const { atServer } = await pass((client) => {
      client.headers(1, asked('POST'))
      client.data(1, 'abc')
      client.headers(1, trailers, { end: true })
    })
    expect(heads(atServer)).toEqual([asked('POST'), trailers])
    expect(body(atServer)).toBe('abc')
  })
})

describe('answers', () => {
  test.each<[string, Fields]>([
    [
      'order and repeats',
      [
        ...OK,
        ['x-b', '1'],
        ['x-a', '2'],
        ['x-b', '3'],
        ['link', '<a>'],
        ['set-cookie', 'a'],
        ['link', '<b>'],
        ['set-cookie', 'b'],
      ],
    ],
    ['empty values', [...OK, ['x-e', ''], ['x-e', '1'], ['x-e', '']]],
    ['ISO 8859-1 and UTF-8', [...OK, ['x-latin', 'caf\xe9'], ['x-utf8', '\xc3\xa9']]],
    ['a length', [...OK, ['content-length', '2']]],
    ['100 fields', [...OK, ...Array.from({ length: 100 }, (_, n) => [`x-${n}`, `${n}`] as const)]],
  ])('%s', async (_, fields) => {
    const { atClient, fact } = await pass(askPlainly, (server) => {
      server.headers(1, fields, { padding: 9 })
      server.data(1, 'o', { padding: 99 })
      server.data(1, 'k', { end: true })
    })
    expect(heads(atClient)).toEqual([fields])
    expect(body(atClient)).toBe('ok')
    expect(fact.response).toMatchObject({ headers: fields, statusText: '', body: { kind: 'text', text: 'ok' } })
    expect(fact.failure).toBeUndefined()
  })

  test.each<[string, string, Fields]>([
    ['HEAD with the length that GET would give', 'HEAD', [...OK, ['content-length', '1234']]],
    ['204', 'GET', [[':status', '204']]],
    [
      '304',
      'GET',
      [
        [':status', '304'],
        ['etag', '"a"'],
      ],
    ],
  ])('without a body: %s', async (_, method, fields) => {
    const { atClient, fact } = await pass(
      (client) => client.headers(1, asked(method), { end: true }),
      (server) => server.headers(1, fields, { end: true }),
    )
    expect(atClient).toMatchObject([{ kind: 'headers', fields, isEnd: true }])
    expect(fact.failure).toBeUndefined()
    expect(fact.response).toMatchObject({ headers: fields, body: { kind: 'empty' } })
  })

  test('interim answers arrive before it, each as it was sent', async () => {
    const interim: Fields[] = [
      [[':status', '102']],
      [
        [':status', '103'],
        ['link', '<a>'],
        ['link', '<b>'],
      ],
      [[':status', '100']],
    ]
    const { atClient } = await pass(askPlainly, (server) => {
      for (const fields of interim) server.headers(1, fields)
      answerPlainly(server)
    })
    expect(heads(atClient)).toEqual([...interim, OK])
  })

  test('trailers', async () => {
    const trailers: Fields = [
      ['x-t', '1'],
      ['x-t', '2'],
      ['x-u', '3'],
    ]
    const { atClient } = await pass(askPlainly, (server) => {
      server.headers(1, OK)
      server.data(1, 'ok')
      server.headers(1, trailers, { end: true })
    })
    expect(heads(atClient)).toEqual([OK, trailers])
  })
})

describe('ends before the end', () => {
  const CODES = { internal: 2, refused: 7, cancel: 8 }

  test('a server that resets what it has begun: the client sees it reset, with what came', async () => {
    const { client, server } = await http2Ends(world)
    askPlainly(client)
    const upstream = await server()
    await upstream.until(1, isAnswered)
    upstream.headers(1, OK)
    upstream.data(1, 'half of it')
    await client.until(1, (all) => body(all) === 'half of it')
    upstream.reset(1, CODES.internal)
    const atClient = await client.until(1, isAnswered)
    expect(atClient.slice(1)).toEqual([
      { kind: 'data', bytes: 'half of it', isEnd: false },
      { kind: 'reset', code: CODES.internal },
    ])
    const { failure, response } = await world.fact()
    expect(failure).toMatchObject({ stage: 'upstream-http', code: 'ERR_HTTP2_STREAM_ERROR' })
    expect(response?.body).toEqual({ kind: 'text', text: 'half of it' })
    client.end.socket.end()
  })

  test.each([false, true])(
    'a server that refuses: the client sees its code and may try again (while it sends: %s)',
    async (sends) => {
      const { client, server } = await http2Ends(world)
      client.headers(1, asked(sends ? 'POST' : 'GET'), { end: !sends })
      const upstream = await server()
      await upstream.until(1, (all) => all.length > 0)
      upstream.reset(1, CODES.refused)
      expect(await client.until(1, isAnswered)).toEqual([{ kind: 'reset', code: CODES.refused }])
      expect((await world.fact()).failure?.stage).toBe('upstream-http')
      client.end.socket.end()
    },
  )

  test('a server that resets its answer while the client sends', async () => {
    const { client, server } = await http2Ends(world)
    client.headers(1, asked('POST'))
    const upstream = await server()
    await upstream.until(1, (all) => all.length > 0)
    upstream.headers(1, OK)
    await client.until(1, (all) => all.length > 0)
    upstream.reset(1, CODES.internal)
    expect((await client.until(1, isAnswered)).at(-1)).toEqual({ kind: 'reset', code: CODES.internal })
    expect((await world.fact()).failure?.stage).toBe('upstream-http')
    client.end.socket.end()
  })

  test('a client that resets: the server sees its code', async () => {
    const { client, server } = await http2Ends(world)
    client.headers(1, asked('POST'))
    client.data(1, 'abc')
    const upstream = await server()
    await upstream.until(1, (all) => body(all) === 'abc')
    client.reset(1, CODES.cancel)
    expect((await upstream.until(1, isAnswered)).at(-1)).toEqual({ kind: 'reset', code: CODES.cancel })
    expect((await world.fact()).failure?.stage).toBe('aborted')
    client.end.socket.end()
  })

  test.each([true, false])(
    'a final answer to half an upload ends it (with a reset of the server: %s)',
    async (resets) => {
      const { client, server } = await http2Ends(world)
      client.headers(1, asked('POST'))
      client.data(1, 'x'.repeat(10_000))
      const upstream = await server()
      await upstream.until(1, (all) => body(all).length > 0)
      upstream.headers(1, [[':status', '413']])
      upstream.data(1, 'too big', { end: true })
      if (resets) upstream.reset(1, 0)
      const atClient = await client.until(1, (all) => all.some(({ kind }) => kind === 'reset'))
      expect(heads(atClient)).toEqual([[[':status', '413']]])
      expect(body(atClient)).toBe('too big')
      expect(atClient.at(-2)).toMatchObject({ isEnd: true })
      expect(atClient.at(-1)).toEqual({ kind: 'reset', code: 0 })
      const { response, failure } = await world.fact()
      expect(response).toMatchObject({ status: 413, body: { text: 'too big' } })
      expect(failure).toBeUndefined()
      client.end.socket.end()
    },
  )

  test.each([
    ['100, and sends its body then', '100'],
    ['or a refusal, and sends none', '417'],
  ])('a client that expects gets %s', async (_, status) => {
    const { client, server } = await http2Ends(world)
    client.headers(1, [...asked('POST'), ['expect', '100-continue']])
    const upstream = await server()
    await upstream.until(1, (all) => all.length > 0)
    expect(client.arrivals(1)).toEqual([])
    upstream.headers(1, [[':status', status]], { end: status !== '100' })
    expect(heads(await client.until(1, (all) => all.length > 0))).toEqual([[[':status', status]]])
    if (status === '100') {
      client.data(1, 'abc', { end: true })
      expect(body(await upstream.until(1, isAnswered))).toBe('abc')
      answerPlainly(upstream)
    }
    await client.until(1, isAnswered)
    expect((await world.fact()).failure).toBeUndefined()
    client.end.socket.end()
  })
})

describe('what cannot be avoided', () => {
  test('which fields are never to be indexed is for node:http2 to say', async () => {
    const { atServer } = await pass((client) =>
      client.headers(1, [...asked(), ['!authorization', 'Bearer a'], ['!x-secret', 'b'], ['cookie', 'a=1']], {
        end: true,
      }),
    )
    expect(atServer).toMatchObject([{ never: ['authorization', 'cookie'] }])
  })

  test('an empty frame ends an answer, and repeats of a trailer are put beside their first', async () => {
    const { atClient: plain } = await pass()
    expect(plain.slice(1)).toEqual([
      { kind: 'data', bytes: 'ok', isEnd: false },
      { kind: 'data', bytes: '', isEnd: true },
    ])
    const { atClient } = await pass(askPlainly, (server) => {
      server.headers(1, OK)
      server.headers(
        1,
        [
          ['x-t', '1'],
          ['x-u', '2'],
          ['x-t', '3'],
        ],
        { end: true },
      )
    })
    expect(heads(atClient).at(-1)).toEqual([
      ['x-t', '1'],
      ['x-t', '3'],
      ['x-u', '2'],
    ])
  })

  test('of fields that node:http2 allows once, the first is passed on', async () => {
    const fields: Fields = [
      ...OK,
      ['content-type', 'a/b'],
      ['retry-after', '1'],
      ['content-type', 'c/d'],
      ['retry-after', '2'],
    ]
    const { atClient, fact } = await pass(askPlainly, (server) => {
      server.headers(1, fields)
      server.data(1, 'ok', { end: true })
    })
    expect(heads(atClient)).toEqual([[...OK, ['content-type', 'a/b'], ['retry-after', '1']]])
    expect(fact.response?.headers).toEqual(fields)
  })

  test('an answer of more than 128 fields is refused, and recorded as a failure', async () => {
    const many = Array.from({ length: 200 }, (_, n) => [`x-${n}`, `${n}`] as const)
    const { atClient, fact } = await pass(askPlainly, (server) => server.headers(1, [...OK, ...many], { end: true }))
    expect(atClient).toEqual([{ kind: 'reset', code: 11 }])
    expect(fact.failure?.stage).toBe('upstream-http')
  })

  test('OPTIONS * is answered in the place of the server', async () => {
    const { client } = await http2Ends(world)
    client.headers(1, asked('OPTIONS', '*'), { end: true })
    const [head] = heads(await client.until(1, isAnswered))
    expect(head?.[0]).toEqual([':status', '404'])
    client.end.socket.end()
  })
})
