/** Which HTTP is spoken on either side, and what becomes of a message where the two differ. */
import { afterEach, describe, expect, test } from 'vitest'
import { type Fields, http2End, isAnswered } from './http2-end.ts'
import { fieldsOf, http2Ends, startWorld, type World } from './passed.ts'
import { throughTunnel } from './wire.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})
async function open(alpn: readonly string[]): Promise<World> {
  const world = await startWorld(alpn)
  worlds.push(world)
  return world
}

const asked = (method: string): Fields => [
  [':method', method],
  [':scheme', 'https'],
  [':authority', 'ca.test'],
  [':path', '/a'],
]

test('a client and a server that speak HTTP/2 speak it, on one connection', async () => {
  const world = await open(['h2', 'http/1.1'])
  const { client, server } = await http2Ends(world)
  client.headers(1, asked('GET'), { end: true })
  const upstream = await server()
  for (const stream of [1, 3]) {
    if (stream > 1) client.headers(stream, asked('GET'), { end: true })
    await upstream.until(stream, isAnswered)
    upstream.headers(stream, [[':status', '204']], { end: true })
    await client.until(stream, isAnswered)
  }
  expect(world.server.count()).toBe(1)
  expect(await world.fact()).toMatchObject({ request: { httpVersion: 'HTTP/2' }, response: { httpVersion: 'HTTP/2' } })
})

test.each([
  { offered: ['http/1.1'], seen: 'http/1.1' },
  { offered: undefined, seen: false },
])('a client that offers $offered of ALPN has a server see just that, and HTTP/1.1', async ({ offered, seen }) => {
  const world = await open(['h2', 'http/1.1'])
  const client = await throughTunnel(world.rig.capture.port, offered)
  const sent = 'GET /a HTTP/1.1\r\nHost: ca.test\r\n\r\n'
  client.send(sent)
  const upstream = await world.server.connection()
  expect(await upstream.until('\r\n\r\n')).toBe(sent)
  expect('alpnProtocol' in upstream.socket && upstream.socket.alpnProtocol).toBe(seen)
})

describe('a client that speaks HTTP/2 and a server that does not', () => {
  async function ends(alpn: readonly string[]) {
    const world = await open(alpn)
    const client = http2End(await throughTunnel(world.rig.capture.port, ['h2']), 'client')
    return { world, client }
  }
  /** To find out what it speaks, it may be asked on a connection that is not used then. */
  async function requestAt(world: World) {
    for (;;) {
      const upstream = await world.server.connection()
      const head = await upstream.until('\r\n\r\n').catch(() => null)
      if (head !== null) return { upstream, head }
    }
  }

  test.each([[['http/1.1']], [[]]])('that chooses %j of ALPN: order and repeats stay', async (alpn) => {
    const { world, client } = await ends(alpn)
    const rest: Fields = [
      ['x-b', '1'],
      ['cookie', 'a=1'],
      ['x-a', '2'],
      ['x-b', '3'],
      ['cookie', 'b=2'],
      ['x-latin', 'caf\xe9'],
    ]
    client.headers(1, [...asked('GET'), ...rest], { end: true })
    const { upstream, head } = await requestAt(world)
    expect(head).toBe(
      'GET /a HTTP/1.1\r\nHost: ca.test\r\nx-b: 1\r\ncookie: a=1; b=2\r\nx-a: 2\r\nx-b: 3\r\nx-latin: caf\xe9\r\n\r\n',
    )
    const answer =
      'HTTP/1.1 200 Fine\r\nX-B: 1\r\nSet-Cookie: a\r\nx-b: 2\r\nConnection: keep-alive\r\nSet-Cookie: b\r\nContent-Length: 2\r\n\r\nok'
    upstream.send(answer)
    const [first] = await client.until(1, isAnswered)
    expect(first).toMatchObject({
      fields: [
        [':status', '200'],
        ['x-b', '1'],
        ['set-cookie', 'a'],
        ['x-b', '2'],
        ['set-cookie', 'b'],
        ['content-length', '2'],
      ],
    })
    const { request, response } = await world.fact()
    expect(request).toMatchObject({ httpVersion: 'HTTP/2', headers: [...asked('GET'), ...rest] })
    expect(response).toMatchObject({ httpVersion: 'HTTP/1.1', statusText: 'Fine', headers: fieldsOf(answer) })
  })

  test.each(['POST', 'DELETE'])('the body of %s comes in chunks where nobody said how long it is', async (method) => {
    const { world, client } = await ends(['http/1.1'])
    client.headers(1, asked(method))
    client.data(1, 'abc')
    client.headers(1, [['x-t', '1']], { end: true })
    const { upstream, head } = await requestAt(world)
    expect(head).toContain('Host: ca.test\r\nTransfer-Encoding: chunked\r\n\r\n')
    expect(await upstream.until('\r\n\r\n3\r\nabc\r\n0\r\nx-t: 1\r\n\r\n')).toContain(method)
    upstream.send('HTTP/1.1 204 No Content\r\n\r\n')
    expect(await client.until(1, isAnswered)).toMatchObject([{ fields: [[':status', '204']], isEnd: true }])
  })

  test('POST without a body has none', async () => {
    const { world, client } = await ends(['http/1.1'])
    client.headers(1, asked('POST'), { end: true })
    const { upstream, head } = await requestAt(world)
    expect(head).toBe('POST /a HTTP/1.1\r\nHost: ca.test\r\n\r\n')
    upstream.send('HTTP/1.1 204 No Content\r\n\r\n')
    await client.until(1, isAnswered)
  })

  test('a final answer to half an upload ends it', async () => {
    const { world, client } = await ends(['http/1.1'])
    client.headers(1, [...asked('POST'), ['content-length', '100000']])
    client.data(1, 'x'.repeat(10_000))
    const { upstream } = await requestAt(world)
    upstream.send('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig')
    upstream.socket.end()
    const atClient = await client.until(1, (all) => all.some(({ kind }) => kind === 'reset'))
    expect(atClient.at(-1)).toEqual({ kind: 'reset', code: 0 })
    expect(atClient.at(-2)).toMatchObject({ isEnd: true })
  })
})
