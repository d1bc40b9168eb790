/** Bodies as they flow: at once, at any size, in any coding, one after another and both ways at a time. */
import { createHash, randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Arrival, isAnswered } from './http2-end.ts'
import { http1Ends, http2Ends, passHttp1, startWorld, type World } from './passed.ts'

let world: World
beforeEach(async () => {
  world = await startWorld(['h2', 'http/1.1'])
})
afterEach(() => world.close())

const MEGABYTES = 10 * 1_048_576
const large = randomBytes(MEGABYTES).toString('latin1')
const digest = (bytes: string): string => createHash('sha256').update(bytes, 'latin1').digest('hex')
const post = (length: number): string => `POST /a HTTP/1.1\r\nHost: ca.test\r\nContent-Length: ${length}\r\n\r\n`

describe('over HTTP/1.1', () => {
  test('the first bytes of a body arrive before its last are sent, both ways at a time', async () => {
    const { client, upstream } = await http1Ends(world, post(6))
    upstream.forget()
    for (const [at, part] of ['ab', 'cd', 'ef'].entries()) {
      client.send(part)
      await upstream.until(part)
      upstream.send(at === 0 ? `HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n${part}` : part)
      await client.until(part)
    }
    client.socket.end()
    expect(await world.fact()).toMatchObject({
      request: { body: { text: 'abcdef' } },
      response: { body: { text: 'abcdef' } },
    })
  })

  test('10 MiB arrive as they were sent, and are recorded', async () => {
    const { client, upstream } = await http1Ends(world, post(large.length))
    upstream.forget()
    client.send(large)
    expect(digest(await upstream.until((all) => all.length >= large.length))).toBe(digest(large))
    upstream.send(`HTTP/1.1 200 OK\r\nContent-Length: ${large.length}\r\n\r\n`)
    await client.until('\r\n\r\n')
    client.forget()
    upstream.send(large)
    expect(digest(await client.until((all) => all.length >= large.length))).toBe(digest(large))
    client.socket.end()
    const { request, response } = await world.fact()
    for (const message of [request, response]) {
      expect(
        message?.body.kind === 'base64' && digest(Buffer.from(message.body.base64, 'base64').toString('latin1')),
      ).toBe(digest(large))
    }
  })

  test('requests sent without waiting are asked at once, on connections of their own, and answered in their order', async () => {
    const [first, second] = ['/1', '/2'].map((path) => `GET ${path} HTTP/1.1\r\nHost: ca.test\r\n\r\n`)
    const answers = ['one', 'two'].map((text) => `HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n${text}`)
    const { client, upstream } = await http1Ends(world, `${first}${second}`)
    expect(upstream.received()).toBe(first)
    const another = await world.server.connection()
    expect(await another.until('\r\n\r\n')).toBe(second)
    another.send(answers[1] ?? '')
    upstream.send(answers[0] ?? '')
    expect(await client.until('two')).toBe(answers.join(''))
    client.socket.end()
  })

  test('requests one after another go by one connection', async () => {
    const sent = 'GET /a HTTP/1.1\r\nHost: ca.test\r\n\r\n'
    const { client, upstream } = await http1Ends(world, sent)
    for (const status of [201, 202]) {
      expect(upstream.received()).toBe(sent)
      upstream.forget()
      upstream.send(`HTTP/1.1 ${status} Fine\r\nContent-Length: 0\r\n\r\n`)
      await client.until(`HTTP/1.1 ${status} Fine\r\nContent-Length: 0\r\n\r\n`)
      client.send(sent)
      await upstream.until('\r\n\r\n')
    }
    expect(world.server.count()).toBe(1)
    client.socket.destroy()
  })

  test('what is agreed on by Upgrade passes both ways', async () => {
    const { client, upstream } = await http1Ends(
      world,
      'GET /socket HTTP/1.1\r\nHost: ca.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    const key = /Sec-WebSocket-Key: (\S+)/i.exec(upstream.received())?.[1] ?? ''
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    upstream.send(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    expect(await client.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 101 /)
    upstream.forget()
    client.forget()
    // One text frame each: masked from the client, not from the server (RFC 6455 section 5.2).
    client.send('\x81\x82\x00\x00\x00\x00hi')
    const frame = Buffer.from(await upstream.until((all) => all.length === 8), 'latin1')
    expect(frame.subarray(0, 2).toString('latin1')).toBe('\x81\x82')
    expect([0, 1].map((at) => String.fromCharCode(frame.readUInt8(6 + at) ^ frame.readUInt8(2 + at)))).toEqual([
      'h',
      'i',
    ])
    upstream.send('\x81\x02ho')
    expect(await client.until('ho')).toBe('\x81\x02ho')
    client.socket.destroy()
  })
})

test.each([
  ['gzip', gzipSync('{"status":"ready"}')],
  ['br', brotliCompressSync('{"status":"ready"}')],
  ['deflate', deflateSync('{"status":"ready"}')],
  // `printf '{"status":"ready"}' | zstd | base64`
  ['zstd', Buffer.from('KLUv/QRYkQAAeyJzdGF0dXMiOiJyZWFkeSJ9/W8LGQ==', 'base64')],
])('%s is passed on as it is, and recorded decoded', async (coding, packed) => {
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${packed.length}\r\n\r\n`
  const answer = head + packed.toString('latin1')
  const { atClient, fact } = await passHttp1(world, 'GET /a HTTP/1.1\r\nHost: ca.test\r\n\r\n', { answer })
  expect(atClient).toBe(answer)
  expect(fact.response?.body).toEqual({ kind: 'text', text: '{"status":"ready"}' })
})

describe('over HTTP/2', () => {
  const body = (arrivals: readonly Arrival[]): string =>
    arrivals.map((each) => (each.kind === 'data' ? each.bytes : '')).join('')
  const start = async () => {
    const { client, server } = await http2Ends(world)
    client.headers(1, [
      [':method', 'POST'],
      [':scheme', 'https'],
      [':authority', 'ca.test'],
      [':path', '/a'],
    ])
    const upstream = await server()
    await upstream.until(1, (all) => all.length > 0)
    return { client, upstream }
  }

  test('the first bytes of a body arrive before its last are sent, both ways at a time', async () => {
    const { client, upstream } = await start()
    upstream.headers(1, [[':status', '200']])
    for (const [at, part] of ['ab', 'cd', 'ef'].entries()) {
      client.data(1, part, { end: at === 2 })
      await upstream.until(1, (all) => body(all).endsWith(part))
      upstream.data(1, part, { end: at === 2 })
      await client.until(1, (all) => body(all).endsWith(part))
    }
    await client.until(1, isAnswered)
    client.end.socket.end()
    expect(await world.fact()).toMatchObject({
      request: { body: { text: 'abcdef' } },
      response: { body: { text: 'abcdef' } },
    })
  })

  test('10 MiB arrive as they were sent', async () => {
    const { client, upstream } = await start()
    await client.pour(1, large)
    await upstream.until(1, isAnswered)
    expect(digest(body(upstream.arrivals(1)))).toBe(digest(large))
    upstream.headers(1, [[':status', '200']])
    await upstream.pour(1, large)
    await client.until(1, isAnswered)
    expect(digest(body(client.arrivals(1)))).toBe(digest(large))
    client.end.socket.end()
    expect((await world.fact()).failure).toBeUndefined()
  })
})
