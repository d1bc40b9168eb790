import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { headerValues } from '../../shared/exchange.ts'
import { curl, type Rig, startRig, startUpstream, toLocal, type Upstream } from '../../test/integration/capture-rig.ts'
import { CLIENT_LEFT, isUntrusted } from './failure.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function upstream(...given: Parameters<typeof startUpstream>): Promise<Upstream> {
  const server = await startUpstream(...given)
  closers.push(server.close)
  return server
}

async function rig(...given: Parameters<typeof startRig>): Promise<Rig> {
  const started = await startRig(...given)
  closers.push(started.close)
  return started
}

async function rigTo(server: Upstream, options: Parameters<typeof startRig>[0] = {}): Promise<Rig> {
  return rig({ connectTo: [toLocal('ca.test', server.port)], ...options })
}

describe.each([
  { flag: '--http1.1', version: 'HTTP/1.1', alpn: 'http/1.1' },
  { flag: '--http2', version: 'HTTP/2', alpn: 'h2' },
])('over $version', ({ flag, version, alpn }) => {
  test('an exchange is recorded as sent: versions, repeats in order, TLS, timings, one sequence', async () => {
    const server = await upstream((_, response) => {
      response.setHeader('Link', ['<https://ca.test/a>;rel="index"', '<https://ca.test/b>;rel="up"'])
      response.setHeader('Replay-Nonce', 'n1')
      response.end('{"status":"ready"}')
    })
    const { curl, exchange, facts } = await rigTo(server)
    const result = await curl(flag, '-H', 'X-Twice: 1', '-H', 'X-Twice: 2', '-d', '{"a":1}', 'https://ca.test/order')
    expect(result.out.toString()).toBe('{"status":"ready"}')

    const { request, response, tls, timings, sequence, startedAt, client } = await exchange()
    expect(request).toMatchObject({ method: 'POST', url: 'https://ca.test/order', httpVersion: version })
    expect(request.body).toEqual({ kind: 'text', text: '{"a":1}' })
    expect(headerValues(request.headers, 'x-twice')).toEqual(['1', '2'])
    expect(response).toMatchObject({ status: 200, httpVersion: version, body: { text: '{"status":"ready"}' } })
    expect(headerValues(response?.headers ?? [], 'link')).toEqual([
      '<https://ca.test/a>;rel="index"',
      '<https://ca.test/b>;rel="up"',
    ])
    expect(tls?.client).toMatchObject({ version: 'TLSv1.3', alpn, sni: 'ca.test', ja4: expect.stringMatching(/^t13d/) })
    expect(tls?.upstream).toMatchObject({
      version: 'TLSv1.3',
      peerCertificate: expect.stringMatching(/SHA-256 [0-9A-F:]{95}$/),
    })
    expect(client).toEqual({ address: expect.stringContaining('127.0.0.1'), port: expect.any(Number) })
    expect(timings.total).toBeGreaterThan(0)
    expect(timings.total).toBeGreaterThanOrEqual(timings.wait ?? Number.NaN)
    expect(sequence).toBe(1)
    expect(startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(facts.map((fact) => [fact.sequence, fact.state])).toEqual([
      [1, 'in progress'],
      [1, 'in progress'],
      [1, 'complete'],
    ])
    expect(facts[1]).toMatchObject({ request: { body: { text: '{"a":1}' } } })
  })

  test('the server sees the name that was asked for, wherever we connect', async () => {
    const server = await upstream((_, response) => response.end('ok'))
    const { curl } = await rigTo(server)
    expect((await curl(flag, 'https://ca.test:8443/')).out.toString()).toBe('ok')
    expect(server.hellos).toContainEqual({ sni: 'ca.test', alpn })
    expect(server.requests[0]?.rawHeaders.join('\n')).toMatch(/(host|:authority)\nca\.test:8443/i)
  })

  test('a certificate for another name is refused, however we connect', async () => {
    const server = await upstream((_, response) => response.end('ok'), ['other.test'])
    const { curl, exchange } = await rigTo(server)
    expect((await curl(flag, 'https://ca.test/')).code).not.toBe(0)
    expect((await exchange()).failure).toMatchObject({ stage: 'upstream-tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  test.each([1_000, 65_536, 1_048_575, 1_048_576, 1_048_577, 3_000_000])(
    'bodies of %i bytes pass whole both ways, and what is over the limit is omitted by size',
    async (size) => {
      const sent = randomBytes(size)
      const server = await upstream((_, response, body) => response.end(body))
      const { curl, exchange } = await rigTo(server, { maxBody: 1_048_576 })
      const folder = await mkdtemp(join(tmpdir(), 'acmescope-body-'))
      closers.push(() => rm(folder, { recursive: true }))
      await writeFile(join(folder, 'body'), sent)
      const echoed = await curl(flag, '--data-binary', `@${join(folder, 'body')}`, 'https://ca.test/echo')
      expect(echoed.out.equals(sent)).toBe(true)
      const { request, response } = await exchange()
      const expected =
        size > 1_048_576
          ? { kind: 'omitted', bytes: size, reason: expect.stringContaining('--max-body') }
          : { kind: 'base64', base64: sent.toString('base64') }
      expect(request.body).toEqual(expected)
      expect(response?.body).toEqual(expected)
    },
  )

  test('a compressed body is recorded decoded and passed on as it came', async () => {
    const packed = gzipSync('{"type":"urn:ietf:params:acme:error:badNonce"}')
    const server = await upstream((_, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(packed)
    })
    const { curl, exchange } = await rigTo(server)
    expect((await curl(flag, 'https://ca.test/')).out.equals(packed)).toBe(true)
    const { response } = await exchange()
    expect(response?.body).toEqual({ kind: 'text', text: '{"type":"urn:ietf:params:acme:error:badNonce"}' })
  })

  test('a decompression bomb is omitted, not unpacked', async () => {
    const server = await upstream((_, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(gzipSync(Buffer.alloc(5_000_000)))
    })
    const { curl, exchange } = await rigTo(server, { maxBody: 1_000_000 })
    await curl(flag, 'https://ca.test/')
    expect((await exchange()).response?.body).toMatchObject({
      kind: 'omitted',
      reason: expect.stringContaining('decoded'),
    })
  })

  test('HEAD, 204 and 304 have an empty body and no failure', async () => {
    const server = await upstream((request, response) => {
      response.statusCode = Number(request.url.slice(1))
      response.end()
    })
    const { curl, exchange } = await rigTo(server)
    await curl(flag, '-I', 'https://ca.test/200')
    for (const status of [204, 304]) await curl(flag, `https://ca.test/${status}`)
    for (const status of [200, 204, 304]) {
      const found = await exchange((each) => each.response?.status === status)
      expect(found.response?.body).toEqual({ kind: 'empty' })
      expect(found.failure).toBeUndefined()
    }
  })

  test('a server that cuts its answer off: what came is kept, with the failure', async () => {
    const server = await upstream((_, response) => {
      response.setHeader('Content-Length', '100')
      response.write('half of it', () => response.stream?.destroy?.() ?? response.socket.destroy())
    })
    const { curl, exchange } = await rigTo(server)
    expect((await curl(flag, 'https://ca.test/')).code).not.toBe(0)
    const { response, failure } = await exchange()
    expect(failure?.stage).toBe('upstream-http')
    expect(response).toMatchObject({ status: 200, body: { kind: 'text', text: 'half of it' } })
  })

  test('a client that leaves: the exchange is told as aborted', async () => {
    const seen = new EventEmitter()
    const server = await upstream(() => void seen.emit('request'))
    const arrived = once(seen, 'request')
    const { curl, exchange, fact } = await rigTo(server)
    const leaving = curl(flag, '--max-time', '1', 'https://ca.test/hang')
    await arrived
    expect(await fact((each): each is typeof each => each.state === 'in progress')).toMatchObject({ sequence: 1 })
    await leaving
    expect((await exchange()).failure).toMatchObject({ stage: 'aborted', code: 'CLIENT_CLOSED' })
  })

  test('a client that leaves with the last byte announced, before the end of the stream, has had its answer', async () => {
    const server = await upstream((_, response) => {
      response.setHeader('Content-Length', '8')
      response.write('all of it'.slice(0, 8))
    })
    const { curl, exchange } = await rigTo(server)
    expect(await curl(flag, '--max-time', '20', 'https://ca.test/')).toMatchObject({ code: 0 })
    const { response, failure } = await exchange()
    expect(failure).toBeUndefined()
    expect(response).toMatchObject({ status: 200, body: { kind: 'text', text: 'all of i' } })
  })

  test('stop: what is open is told as cut off', async () => {
    const seen = new EventEmitter()
    const server = await upstream(() => void seen.emit('request'))
    const arrived = once(seen, 'request')
    const { curl, capture, facts } = await rigTo(server)
    const hanging = curl(flag, '-d', 'x=1', 'https://ca.test/hang')
    await arrived
    await capture.stop()
    expect(facts.at(-1)).toMatchObject({ state: 'cut off', request: { body: { text: 'x=1' } } })
    await hanging
  })
})

test('a server that answers before the request is whole: its body is said to be unfinished, not empty', async () => {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => void server.close())
  const { capture, exchange } = await rig()
  const { port } = server.address() as AddressInfo
  const client = net.connect({ host: '127.0.0.1', port: capture.port })
  client.write(`POST http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nhalf`)
  expect(String((await once(client, 'data'))[0])).toContain('413')
  client.destroy()
  const { request, response } = await exchange()
  expect(response?.status).toBe(413)
  expect(request.body).toMatchObject({ kind: 'omitted', reason: expect.stringContaining('on its way') })
})

test('it listens on the given address alone', async () => {
  const { capture } = await rig()
  const others = ['127.0.0.2', '::1']
  for (const host of others) {
    const socket = net.connect({ host, port: capture.port })
    const [error] = await once(socket, 'error')
    expect(error.code).toBe('ECONNREFUSED')
  }
  expect(capture.url).toBe(`http://127.0.0.1:${capture.port}`)
  const reached = net.connect({ host: '127.0.0.1', port: capture.port })
  await once(reached, 'connect')
  reached.destroy()
})

test('a port in use is an error, and the next start works', async () => {
  const { capture } = await rig()
  await expect(startRig({ port: capture.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await rig()
})

test('asked for by its own name it says what it is, and records nothing', async () => {
  const { capture, facts, curl: through } = await rig()
  const direct = await curl([capture.url])
  expect(direct.out.toString()).toBe('this is acmescope')
  expect((await through(`http://localhost:${capture.port}/x`)).out.toString()).toBe('this is acmescope')
  expect((await curl(['-d', 'x=1', `http://localhost:${capture.port}/x`])).out.toString()).toBe('this is acmescope')
  expect(facts).toEqual([])
})

test('plain HTTP: case and order of headers as sent', async () => {
  const plain = net.createServer((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 Fine\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
    )
  })
  plain.listen(0, '127.0.0.1')
  await once(plain, 'listening')
  closers.push(async () => void plain.close())
  const { curl: through, exchange } = await rig()
  const { port } = plain.address() as AddressInfo
  await through('-H', 'X-Zed: 1', '-H', 'x-abc: 2', `http://127.0.0.1:${port}/a?b=c`)
  const { request, response, tls } = await exchange()
  expect(tls).toBeUndefined()
  expect(request.url).toBe(`http://127.0.0.1:${port}/a?b=c`)
  expect(request.headers.map(([name]) => name)).toEqual(['Host', 'User-Agent', 'Accept', 'X-Zed', 'x-abc'])
  expect(response).toMatchObject({ status: 200, statusText: 'Fine' })
  expect(response?.headers.slice(0, 3)).toEqual([
    ['X-B', '1'],
    ['x-a', '2'],
    ['X-B', '3'],
  ])
})

describe('failures carry their stage and no made-up answer', () => {
  test.each(['--http1.1', '--http2'])('%s: a name that does not exist', async (flag) => {
    const { curl: through, exchange } = await rig()
    expect((await through(flag, 'https://no-such-name.invalid/')).code).not.toBe(0)
    const { failure, response } = await exchange()
    expect(failure?.stage).toBe('upstream-dns')
    expect(response).toBeUndefined()
  })

  test.each(['--http1.1', '--http2'])('%s: nobody listens', async (flag) => {
    const server = await upstream((_, response) => response.end())
    const { curl: through, exchange } = await rigTo(server)
    await server.close()
    closers.splice(closers.indexOf(server.close), 1)
    expect((await through(flag, 'https://ca.test/')).code).not.toBe(0)
    const { failure, response } = await exchange()
    expect(failure).toMatchObject({ stage: 'upstream-connect', code: 'ECONNREFUSED' })
    expect(response).toBeUndefined()
  })

  test.each(['--http1.1', '--http2'])('%s: a CA we do not know', async (flag) => {
    const server = await upstream((_, response) => response.end('ok'))
    const { curl: through, exchange } = await rigTo(server, { trusted: [] })
    expect((await through(flag, 'https://ca.test/')).code).not.toBe(0)
    const { failure, response } = await exchange()
    expect(failure?.stage).toBe('upstream-tls')
    expect(isUntrusted(failure ?? CLIENT_LEFT)).toBe(true)
    expect(response).toBeUndefined()
    expect(server.requests).toEqual([])
  })

  test.each(['--http1.1', '--http2'])('%s: a server that speaks no TLS', async (flag) => {
    const plain = net.createServer((socket) => socket.end('220 hello\r\n'))
    plain.listen(0, '127.0.0.1')
    await once(plain, 'listening')
    closers.push(async () => void plain.close())
    const { curl: through, exchange } = await rig({
      connectTo: [toLocal('ca.test', (plain.address() as AddressInfo).port)],
    })
    expect((await through(flag, 'https://ca.test/')).code).not.toBe(0)
    expect((await exchange()).failure?.stage).toBe('upstream-tls')
  })
})

test('a client that does not trust us is a connection with the name it wanted', async () => {
  const { curl: through, connection } = await rig()
  const system = '/etc/ssl/certs/ca-certificates.crt'
  expect((await through('--cacert', system, 'https://ca.test:8443/')).code).toBe(60)
  expect(await connection()).toMatchObject({
    sequence: 1,
    outcome: 'client-refused-certificate',
    host: 'ca.test',
    port: 8443,
    tls: { sni: 'ca.test' },
    failure: { stage: 'client-tls', code: 'cert-rejected' },
  })
})

describe('a client that asks for nothing', () => {
  const CONNECT = 'CONNECT ca.test:443 HTTP/1.1\r\nHost: ca.test:443\r\n\r\n'
  async function tunnel({ capture }: Rig): Promise<net.Socket> {
    const socket = net.connect({ host: '127.0.0.1', port: capture.port })
    socket.on('error', () => undefined)
    socket.write(CONNECT)
    expect(String((await once(socket, 'data'))[0])).toContain('200')
    return socket
  }

  test('and leaves its tunnel is told with where it wanted to go', async () => {
    const started = await rig()
    const socket = await tunnel(started)
    socket.destroy()
    expect(await started.connection()).toMatchObject({
      outcome: 'unused',
      host: 'ca.test',
      port: 443,
      failure: { code: 'NOTHING_SENT', message: expect.stringContaining('before it left') },
    })
  })

  test('and resets it likewise', async () => {
    const started = await rig()
    const socket = await tunnel(started)
    socket.resetAndDestroy()
    expect(await started.connection()).toMatchObject({ outcome: 'unused', failure: { code: 'NOTHING_SENT' } })
  })

  test('for long is told while it is there, and once', async () => {
    const started = await rig({ silenceLimit: 50 })
    const socket = await tunnel(started)
    expect(await started.connection()).toMatchObject({ failure: { message: expect.stringContaining('within 0.05 s') } })
    socket.destroy()
    await started.close()
    closers.splice(closers.indexOf(started.close), 1)
    expect(started.facts).toHaveLength(1)
  })

  test('through a tunnel of SOCKS is told likewise', async () => {
    const started = await rig()
    const socket = net.connect({ host: '127.0.0.1', port: started.capture.port })
    socket.on('error', () => undefined)
    socket.write(Buffer.from([5, 1, 0]))
    await once(socket, 'data')
    socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, 7]), Buffer.from('ca.test'), Buffer.from([0x01, 0xbb])]))
    await once(socket, 'data')
    socket.destroy()
    expect(await started.connection()).toMatchObject({ outcome: 'unused', host: 'ca.test', port: 443 })
  })

  test('when the recording ends is told then', async () => {
    const started = await rig()
    await tunnel(started)
    await started.close()
    closers.splice(closers.indexOf(started.close), 1)
    expect(started.facts).toMatchObject([
      { outcome: 'unused', failure: { message: expect.stringContaining('before the recording ended') } },
    ])
  })

  test('over TLS that it agreed on is no refusal once it had the time to ask', async () => {
    const started = await rig({ silenceLimit: 400 })
    const socket = tls.connect({ socket: await tunnel(started), servername: 'ca.test', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    expect(await started.connection()).toMatchObject({
      outcome: 'unused',
      host: 'ca.test',
      tls: { version: 'TLSv1.3' },
      failure: { code: 'NOTHING_ASKED' },
    })
    socket.destroy()
  })

  test('but half a hello failed to make itself understood', async () => {
    const started = await rig()
    const socket = await tunnel(started)
    socket.end(Buffer.from('1603010200010001fc0303', 'hex'))
    expect(await started.connection()).toMatchObject({
      outcome: 'tls-failed',
      host: 'ca.test',
      failure: { stage: 'client-tls', code: 'INCOMPLETE_HELLO' },
    })
  })

  test('nor says a word is nobody’s business, and one that asks is not told twice', async () => {
    const server = await upstream((_, response) => response.end('ok'))
    const started = await rigTo(server)
    const silent = net.connect({ host: '127.0.0.1', port: started.capture.port })
    await once(silent, 'connect')
    silent.destroy()
    await started.curl('--http2', 'https://ca.test/')
    await started.curl('--http1.1', 'https://ca.test/')
    await started.close()
    closers.splice(closers.indexOf(started.close), 1)
    expect(started.facts.filter(({ kind }) => kind === 'connection')).toEqual([])
  })
})

test('a server that never finishes the handshake is what its client waited for', async () => {
  const mute = net.createServer((socket) => void socket.on('error', () => undefined).resume())
  mute.listen(0, '127.0.0.1')
  await once(mute, 'listening')
  closers.push(async () => void mute.close())
  const { curl: through, exchange } = await rig({
    connectTo: [toLocal('mute.test', (mute.address() as AddressInfo).port)],
  })
  await through('--http1.1', '--max-time', '1', 'https://mute.test/')
  expect((await exchange()).failure).toMatchObject({ stage: 'upstream-tls', code: 'CLIENT_GAVE_UP' })
})

test('what is no HTTP is told with how it begins', async () => {
  const { capture, connection } = await rig()
  const socket = net.connect({ host: '127.0.0.1', port: capture.port })
  socket.write('SSH-2.0-OpenSSH_9.2\r\n')
  expect(await connection()).toMatchObject({
    outcome: 'not-http',
    host: null,
    failure: { stage: 'client-http', message: expect.stringContaining('begins with SSH-2.0-OpenSSH') },
  })
  socket.destroy()
})

test('a tunnel that carries something else passes, with its bytes counted', async () => {
  const echo = net.createServer((socket) => socket.pipe(socket))
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  closers.push(async () => void echo.close())
  const { capture, connection } = await rig()
  const socket = net.connect({ host: '127.0.0.1', port: capture.port })
  const { port } = echo.address() as AddressInfo
  socket.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  expect(String((await once(socket, 'data'))[0])).toContain('200')
  socket.write('\x00\x01hello')
  expect(String((await once(socket, 'data'))[0])).toBe('\x00\x01hello')
  socket.end()
  expect(await connection()).toMatchObject({
    outcome: 'not-tls',
    host: '127.0.0.1',
    port,
    bytes: { sent: 7, received: 7 },
  })
})
