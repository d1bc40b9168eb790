/** HTTP/1.1 requests arrive byte by byte as they were sent, and are recorded so. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fieldsOf, passHttp1, startWorld, type World } from './passed.ts'
import { startRawServer, throughTunnel, toProxy } from './wire.ts'

let world: World
beforeAll(async () => {
  world = await startWorld([])
})
beforeEach(() => world.forget())
afterAll(() => world.close())

const get = (target: string, ...lines: readonly string[]): string =>
  [`GET ${target} HTTP/1.1`, 'Host: ca.test', ...lines, '', ''].join('\r\n')

const post = (lines: readonly string[], body = '', method = 'POST'): string =>
  [`${method} /a HTTP/1.1`, 'Host: ca.test', ...lines, '', body].join('\r\n')

describe('heads', () => {
  test.each([
    ['order, case and repeats', get('/a', 'X-B: 1', 'x-a: 2', 'X-B: 3', 'x-b: 4', 'Cookie: a=1', 'cookie: b=2')],
    ['whitespace within a value', get('/a', 'X-Inner: a  b\tc')],
    ['an empty value', get('/a', 'X-Empty: ')],
    ['ISO 8859-1 and UTF-8', get('/a', 'X-Latin: caf\xe9', 'X-Utf8: \xc3\xa9\xe2\x82\xac')],
    ['a value of 60 kB', get('/a', `X-Long: ${'a'.repeat(60_000)}`)],
    ['300 fields', get('/a', ...Array.from({ length: 300 }, (_, n) => `X-${n}: ${n}`))],
    ['no Host', 'GET /a HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['an odd Host', 'GET /a HTTP/1.1\r\nHOST: CA.Test:443\r\n\r\n'],
    ['another Host', 'GET /a HTTP/1.1\r\nHost: other.test\r\n\r\n'],
    ['no Connection', get('/a')],
    ['Connection: keep-alive', get('/a', 'Connection: keep-alive', 'Keep-Alive: timeout=5')],
    ['connection: Close', get('/a', 'connection: Close')],
    ['what only a proxy would read', get('/a', 'Proxy-Connection: keep-alive', 'Proxy-Authorization: Basic YTpi')],
    ['HTTP/1.0', 'GET /a HTTP/1.0\r\nHost: ca.test\r\n\r\n'],
    ['HTTP/1.0 that keeps alive', 'GET /a HTTP/1.0\r\nHost: ca.test\r\nConnection: keep-alive\r\n\r\n'],
    ...['HEAD', 'OPTIONS', 'DELETE', 'PROPFIND', 'M-SEARCH', 'QUERY', 'TRACE'].map((method) => [
      `${method} without a body`,
      post([], '', method),
    ]),
    ['POST without a body', post([])],
    ['POST with an empty body', post(['Content-Length: 0'])],
  ])('%s', async (_, sent) => {
    const { atServer, fact } = await passHttp1(world, sent, { answer: 'HTTP/1.1 204 No Content\r\n\r\n' })
    expect(atServer).toBe(sent)
    expect(fact.request.headers).toEqual(fieldsOf(sent))
    expect(fact.request.method).toBe(sent.split(' ')[0])
    expect(fact.failure).toBeUndefined()
  })

  test.each([
    '/a%2Fb%zz',
    '//a//b/',
    '/a/../b/./c',
    '/a?',
    '/?x=%7E~&y=[1]&z=a+b',
    `/a'b"c{d}|e^f\`<g>\\h`,
    '/a;b=c,d:@!$()*+',
    '/a#fragment',
    `/${'x'.repeat(8_192)}`,
  ])('%s is asked for as it stands', async (target) => {
    const { atServer, fact } = await passHttp1(world, get(target))
    expect(atServer).toBe(get(target))
    expect(fact.request.url).toBe(`https://ca.test${target}`)
  })
})

describe('bodies', () => {
  test.each([
    ['of a known length', post(['Content-Length: 3'], 'abc'), 'abc'],
    ['of GET', post(['Content-Length: 3'], 'abc', 'GET'), 'abc'],
    ['of DELETE', post(['Content-Length: 3'], 'abc', 'DELETE'), 'abc'],
    ['in chunks', post(['Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\n\r\n'), 'abc'],
    ['in chunks, oddly spelt', post(['transfer-encoding: Chunked'], '3\r\nabc\r\n0\r\n\r\n'), 'abc'],
    ['compressed on the way', post(['Transfer-Encoding: gzip, chunked'], '3\r\nabc\r\n0\r\n\r\n'), 'abc'],
    [
      'with trailers',
      post(['Trailer: X-T', 'Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\nX-T: 1\r\nx-t: 2\r\nX-T: 3\r\n\r\n'),
      'abc',
    ],
  ])('%s', async (_, sent, text) => {
    const { atServer, fact } = await passHttp1(world, sent, { request: sent.slice(-7) })
    expect(atServer).toBe(sent)
    expect(fact.request.body).toEqual({ kind: 'text', text })
  })
})

test('plain HTTP in absolute form arrives as a server is asked, without what was meant for the proxy', async () => {
  const plain = await startRawServer()
  const client = await toProxy(world.rig.capture.port)
  const fields = `Host: 127.0.0.1:${plain.port}\r\nX-B: 1\r\nx-b: 2\r\n`
  const asked = `http://127.0.0.1:${plain.port}/a/../b?c='d'`
  client.send(
    `GET ${asked} HTTP/1.1\r\n${fields}Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic YTpi\r\n\r\n`,
  )
  const upstream = await plain.connection()
  expect(await upstream.until('\r\n\r\n')).toBe(`GET /a/../b?c='d' HTTP/1.1\r\n${fields}\r\n`)
  upstream.send('HTTP/1.1 204 No Content\r\n\r\n')
  await client.until('\r\n\r\n')
  client.socket.end()
  expect((await world.fact()).request).toMatchObject({ url: asked, headers: fieldsOf(`\r\n${fields}\r\n`) })
  await plain.close()
})

describe('what cannot be avoided', () => {
  test.each([
    ['whitespace around a value', get('/a', 'X-A:   a \t', 'X-B:b', 'X-C:'), get('/a', 'X-A: a', 'X-B: b', 'X-C: ')],
    [
      'the sizes of chunks, and their extensions',
      post(['Transfer-Encoding: chunked'], '1;x=y\r\na\r\n005\r\nbcdef\r\n0\r\n\r\n'),
      post(['Transfer-Encoding: chunked'], '6\r\nabcdef\r\n0\r\n\r\n'),
    ],
  ])('%s', async (_, sent, arrives) => {
    const { atServer } = await passHttp1(world, sent, { request: arrives.slice(-7) })
    expect(atServer).toBe(arrives)
  })

  test.each([
    ['bytes beyond ASCII in a path', get('/\xc3\xa9'), /^HTTP\/1\.1 400 Bad Request\r\n/],
    [
      'methods that Node does not know, where HTTP/1.1 was agreed on',
      post([], '', 'FOO'),
      /^HTTP\/1\.1 400 Bad Request\r\n/,
    ],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: ca.test\r\n\r\n', /^HTTP\/1\.1 404 Not Found\r\n/],
    ['a head of more than 256 KiB', get('/a', `X-Long: ${'a'.repeat(270_000)}`), /^HTTP\/1\.1 431 /],
  ])('%s are answered in the place of the server', async (_, sent, answer) => {
    const before = world.server.count()
    const client = await throughTunnel(world.rig.capture.port, ['http/1.1'])
    client.send(sent)
    await client.until(answer)
    client.socket.destroy()
    expect(world.server.count()).toBe(before)
  })
})
