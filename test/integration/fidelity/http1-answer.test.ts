/** HTTP/1.1 answers arrive byte by byte as they were sent, and are recorded so. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fieldsOf, http1Ends, passHttp1, startWorld, type World } from './passed.ts'

let world: World
beforeAll(async () => {
  world = await startWorld([])
})
beforeEach(() => world.forget())
afterAll(() => world.close())

const GET = 'GET /a HTTP/1.1\r\nHost: ca.test\r\nConnection: close\r\n\r\n'
const answered = (line: string, lines: readonly string[], body = ''): string => [line, ...lines, '', body].join('\r\n')
const ok = (...lines: readonly string[]): string => answered('HTTP/1.1 200 OK', [...lines, 'Content-Length: 2'], 'ok')

describe('heads', () => {
  test.each([
    [
      'order, case and repeats',
      ok('X-B: 1', 'x-a: 2', 'X-B: 3', 'Link: <a>', 'Set-Cookie: a', 'LINK: <b>', 'set-cookie: b'),
    ],
    ['nonces', ok('Replay-Nonce: 1', 'replay-nonce: 2', 'Replay-Nonce: 1')],
    ['what may be there once', ok('Content-Type: a/b', 'Content-Type: c/d', 'Retry-After: 1', 'Retry-After: 2')],
    ['an empty value', ok('X-Empty: ')],
    ['ISO 8859-1 and UTF-8', ok('X-Latin: caf\xe9', 'X-Utf8: \xc3\xa9')],
    ['a value of 60 kB', ok(`X-Long: ${'a'.repeat(60_000)}`)],
    ['300 fields', ok(...Array.from({ length: 300 }, (_, n) => `X-${n}: ${n}`))],
    ['fields of the connection', ok('Connection: keep-alive', 'Keep-Alive: timeout=5')],
    ['a status text', answered('HTTP/1.1 200 All is f\xefne', ['Content-Length: 2'], 'ok')],
    ['an empty status text', answered('HTTP/1.1 200 ', ['Content-Length: 2'], 'ok')],
    ['a status nobody knows', answered('HTTP/1.1 299 Odd', ['Content-Length: 2'], 'ok')],
    ['204', answered('HTTP/1.1 204 No Content', ['X-A: 1'])],
    [
      '304 with the length of what it does not send',
      answered('HTTP/1.1 304 Not Modified', ['Content-Length: 5', 'ETag: "a"']),
    ],
  ])('%s', async (_, answer) => {
    const { atClient, fact } = await passHttp1(world, GET, { answer })
    expect(atClient).toBe(answer)
    expect(fact.response?.headers).toEqual(fieldsOf(answer))
    expect(fact.response?.statusText).toBe(/^HTTP\S+ \d+ (.*)\r\n/.exec(answer)?.[1])
    expect(fact.failure).toBeUndefined()
  })

  test.each([
    ['the length that GET would give', answered('HTTP/1.1 200 OK', ['Content-Length: 1234'])],
    ['chunks that do not come', answered('HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'])],
  ])('HEAD: %s', async (_, answer) => {
    const { atClient, fact } = await passHttp1(world, GET.replace('GET', 'HEAD'), { answer })
    expect(atClient).toBe(answer)
    expect(fact).toMatchObject({ response: { headers: fieldsOf(answer), body: { kind: 'empty' } } })
    expect(fact.failure).toBeUndefined()
  })
})

describe('bodies', () => {
  test.each([
    ['until the connection closes', answered('HTTP/1.1 200 OK', ['X-A: 1'], 'all of it')],
    ['in chunks', answered('HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'], '9\r\nall of it\r\n0\r\n\r\n')],
    [
      'compressed on the way',
      answered('HTTP/1.1 200 OK', ['Transfer-Encoding: gzip, chunked'], '9\r\nall of it\r\n0\r\n\r\n'),
    ],
    [
      'with trailers',
      answered(
        'HTTP/1.1 200 OK',
        ['Trailer: X-T', 'Transfer-Encoding: chunked'],
        '9\r\nall of it\r\n0\r\nX-T: 1\r\nx-t: 2\r\nX-T: 3\r\n\r\n',
      ),
    ],
  ])('%s', async (_, answer) => {
    const { atClient, fact } = await passHttp1(world, GET, { answer })
    expect(atClient).toBe(answer)
    expect(fact.response?.body).toEqual({ kind: 'text', text: 'all of it' })
  })
})

describe('interim answers', () => {
  test('100, 102 and 103 arrive before the answer, each as it was sent', async () => {
    const interim = 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\nLINK: <b>\r\n\r\n'
    const { client, upstream } = await http1Ends(world, GET)
    upstream.send(interim)
    await client.until((all) => all.length >= interim.length)
    upstream.send(`HTTP/1.1 100 Continue\r\n\r\n${ok()}`)
    expect(await client.until('ok')).toBe(`${interim}HTTP/1.1 100 Continue\r\n\r\n${ok()}`)
    client.socket.end()
    expect((await world.fact()).response).toMatchObject({ status: 200, body: { text: 'ok' } })
  })

  const EXPECT = 'POST /a HTTP/1.1\r\nHost: ca.test\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n'

  test('a client that expects 100 gets it from the server, and sends its body then', async () => {
    const { client, upstream } = await http1Ends(world, EXPECT)
    expect(client.received()).toBe('')
    upstream.send('HTTP/1.1 100 Continue\r\n\r\n')
    await client.until('HTTP/1.1 100 Continue\r\n\r\n')
    client.send('abc')
    expect(await upstream.until('abc')).toBe(`${EXPECT}abc`)
    upstream.send(ok())
    await client.until('ok')
    client.socket.end()
    expect((await world.fact()).request.body).toEqual({ kind: 'text', text: 'abc' })
  })

  test('or a refusal instead, and then sends none', async () => {
    const refusal = 'HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
    const { client, upstream } = await http1Ends(world, EXPECT)
    upstream.send(refusal)
    expect(await client.until('\r\n\r\n')).toBe(refusal)
    expect(upstream.received()).toBe(EXPECT)
    client.socket.destroy()
    expect((await world.fact()).response?.status).toBe(417)
  })
})

describe('ends before the end', () => {
  test.each([
    ['of a length that was told', 'Content-Length: 100', 'half of it'],
    ['in chunks', 'Transfer-Encoding: chunked', 'a\r\nhalf of it\r\n'],
  ])('a body %s: the client gets what came, and no end', async (_, framing, half) => {
    const begun = `HTTP/1.1 200 OK\r\n${framing}\r\n\r\n${half}`
    const { client, upstream } = await http1Ends(world, GET)
    upstream.send(begun)
    await client.until(half)
    upstream.socket.destroy()
    expect(await client.ended).toBe('reset')
    expect(client.received()).toBe(begun)
    const { response, failure } = await world.fact()
    expect(response?.body).toEqual({ kind: 'text', text: 'half of it' })
    expect(failure?.stage).toBe('upstream-http')
  })
})

describe('what servers are forgiven', () => {
  test.each([
    ['folded values', ok('X-A: a\r\n b'), ok('X-A: a b')],
    ['lines that end with LF alone', ok('X-A: a').replaceAll('\r\n', '\n'), ok('X-A: a')],
    ['bytes that no value may hold: the field is left out', ok('X-A: a\x01b', 'X-B: b'), ok('X-B: b')],
  ])('%s', async (_, answer, arrives) => {
    const { atClient, fact } = await passHttp1(world, GET, { answer, arrives })
    expect(atClient).toBe(arrives)
    expect(fact.response?.status).toBe(200)
  })
})

describe('what cannot be avoided', () => {
  test.each([
    ['whitespace around a value', ok('X-A:   a \t', 'X-B:b', 'X-C:'), ok('X-A: a', 'X-B: b', 'X-C: ')],
    ['a status line that ends with its number', ok().replace('200 OK', '200'), ok().replace('OK', '')],
    ['HTTP/1.0 of an answer', ok().replace('1.1', '1.0'), ok()],
    [
      'the sizes of chunks, and their extensions',
      answered('HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'], '1;x=y\r\na\r\n005\r\nbcdef\r\n0\r\n\r\n'),
      answered('HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'], '1\r\na\r\n5\r\nbcdef\r\n0\r\n\r\n'),
    ],
  ])('%s', async (_, answer, arrives) => {
    const { atClient } = await passHttp1(world, GET, { answer, arrives })
    expect(atClient).toBe(arrives)
  })

  test.each([
    ['a field name that is none', ok('X(Y): 1')],
    ['the same length told twice', ok('Content-Length: 2')],
  ])('%s breaks the connection, and is recorded as a failure', async (_, answer) => {
    const { client, upstream } = await http1Ends(world, GET)
    upstream.send(answer)
    await client.ended
    expect(client.received()).toBe('')
    expect((await world.fact()).failure?.stage).toBe('upstream-http')
  })
})
