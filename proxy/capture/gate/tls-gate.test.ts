import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { parseHostGlob } from '../../../shared/host-glob.ts'
import {
  curl,
  type Rig,
  startRig,
  startUpstream,
  toLocal,
  upstreamRoot,
} from '../../../test/integration/capture-rig.ts'
import { createLabAuthority } from '../../../test/lab/certificates.ts'
import { type GateRules, OPEN_GATE } from './gate.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const glob = (text: string) => {
  const parsed = parseHostGlob(text)
  if (!parsed) throw new Error(text)
  return parsed
}

/** A recorder before a server for `ca.test` and `backend.test`, and a file with that server's own root. */
async function startBoth(
  rules: Partial<GateRules>,
): Promise<Rig & { readonly serverRoot: string; readonly hellos: unknown[]; readonly port: number }> {
  const server = await startUpstream((_, response) => response.end('from the server'), ['ca.test', 'backend.test'])
  closers.push(server.close)
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-gate-'))
  closers.push(() => rm(folder, { recursive: true }))
  const serverRoot = join(folder, 'root.pem')
  await writeFile(serverRoot, upstreamRoot)
  const connectTo = ['ca.test', 'backend.test'].map((host) => toLocal(host, server.port))
  const rig = await startRig({ connectTo, gate: { ...OPEN_GATE, ...rules } })
  closers.push(rig.close)
  return { ...rig, serverRoot, hellos: server.hellos, port: server.port }
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => server.close())
  return (server.address() as AddressInfo).port
}

/** Through the proxy to a port of this machine; ends when it is told to, whatever the other end does. */
async function tunnelTo(port: number, by: number): Promise<net.Socket> {
  const tunnel = net.connect({ port: by, host: '127.0.0.1', allowHalfOpen: true })
  tunnel.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await once(tunnel, 'data')
  return tunnel
}

/** What a client says first. */
async function helloOf(servername: string): Promise<Buffer> {
  const server = net.createServer()
  const client = tls.connect({ port: await listen(server), host: '127.0.0.1', servername }).on('error', () => {})
  const [socket] = (await once(server, 'connection')) as [net.Socket]
  const [hello] = (await once(socket, 'data')) as [Buffer]
  client.destroy()
  socket.destroy()
  return hello
}

function echoServer(host: string): Promise<number> {
  const { key, certificate } = createLabAuthority().issue([host])
  return listen(
    tls.createServer({ key, cert: certificate }, (socket) => void socket.on('error', () => {}).pipe(socket)),
  )
}

const inTls = (socket: Duplex, servername: string): tls.TLSSocket =>
  tls.connect({ socket: socket as net.Socket, servername, rejectUnauthorized: false })

const ways = [
  ['an HTTP proxy', (url: string) => ['--proxy', url]],
  ['SOCKS', (url: string) => ['--proxy', url.replace('http:', 'socks5h:')]],
] as const

describe.each(ways)('by way of %s', (_, by) => {
  test.each(['--http1.1', '--http2'])(
    '%s: what is not to be decrypted has the server’s own certificate',
    async (flag) => {
      const { capture, serverRoot, rootFile, facts, exchange, hellos } = await startBoth({
        intercept: [glob('ca.test')],
      })
      const passed = await curl([...by(capture.url), '--cacert', serverRoot, flag, 'https://backend.test/'])
      expect([passed.code, passed.out.toString()]).toEqual([0, 'from the server'])
      // curl's own hello: Firefox's, which mockttp sends, would offer other protocols.
      expect(hellos).toEqual([{ sni: 'backend.test', alpn: flag === '--http2' ? 'h2' : 'http/1.1' }])
      const read = await curl([...by(capture.url), '--cacert', rootFile, flag, 'https://ca.test/'])
      expect(read.code).toBe(0)
      expect(await exchange()).toMatchObject({ request: { url: 'https://ca.test/' } })
      expect(facts.every((fact) => fact.kind === 'exchange')).toBe(true)
      await expect.poll(capture.unread).toMatchObject({ connections: 1, hosts: 1, busiest: ['backend.test'] })
      expect(capture.unread()?.bytes).toBeGreaterThan(1_000)
    },
  )
})

test('a host that is meant by its address is known by the name in the hello, and is asked at that address', async () => {
  const { capture, serverRoot, facts, port } = await startBoth({ passthrough: [glob('backend.test')] })
  // curl finds the address itself, and tells a SOCKS5 proxy nothing else.
  const asked = ['--socks5', `127.0.0.1:${capture.port}`, '--resolve', `backend.test:${port}:127.0.0.1`]
  expect((await curl([...asked, '--cacert', serverRoot, `https://backend.test:${port}/`])).code).toBe(0)
  await expect.poll(capture.unread).toMatchObject({ busiest: ['backend.test'] })
  expect(facts).toEqual([])
})

test('bytes pass both ways as they come, each end hears that the other has gone, and it counts from its beginning', async () => {
  const port = await echoServer('echo.test')
  const { capture } = await startBoth({ intercept: [glob('ca.test')] })
  const client = inTls(await tunnelTo(port, capture.port), 'echo.test')
  for (const word of ['one', 'two']) {
    client.write(word)
    expect(String((await once(client, 'data'))[0])).toBe(word)
  }
  expect(capture.unread()).toMatchObject({ connections: 1, bytes: 0, busiest: ['echo.test'] })
  const gone = once(client, 'close')
  client.end()
  await gone
  await expect.poll(() => capture.unread()?.bytes).toBeGreaterThan(1_000)
})

test('a tunnel in a stream of HTTP/2 passes and counts alike', async () => {
  const port = await echoServer('echo.test')
  const { capture } = await startBoth({ intercept: [glob('ca.test')] })
  const session = http2.connect(capture.url)
  closers.push(async () => session.destroy())
  const stream = session.request({ ':method': 'CONNECT', ':authority': `127.0.0.1:${port}` })
  await once(stream, 'response')
  const client = inTls(stream, 'echo.test')
  client.write('one')
  expect(String((await once(client, 'data'))[0])).toBe('one')
  client.destroy()
  await expect.poll(() => capture.unread()?.bytes).toBeGreaterThan(1_000)
  expect(capture.unread()).toMatchObject({ connections: 1 })
})

describe('who has said all may listen on', () => {
  test('the client', async () => {
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      socket.resume().on('end', () => socket.end('late'))
    })
    const [port, { capture }] = [await listen(server), await startBoth({ intercept: [glob('ca.test')] })]
    const tunnel = await tunnelTo(port, capture.port)
    tunnel.end(await helloOf('a.test'))
    expect(String((await once(tunnel, 'data'))[0])).toBe('late')
    await once(tunnel, 'close')
  })

  test('the server', async () => {
    let heard = ''
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      socket.once('data', () => socket.end('bye'))
      socket.on('data', (chunk) => {
        heard += chunk
      })
    })
    const [port, { capture }] = [await listen(server), await startBoth({ intercept: [glob('ca.test')] })]
    const tunnel = await tunnelTo(port, capture.port)
    tunnel.write(await helloOf('a.test'))
    await once(tunnel.resume(), 'end')
    tunnel.end('more')
    await expect.poll(() => heard).toMatch(/more$/)
  })
})

test('what a proxy for a Traefik sees: CA and DNS are recorded, backends speak HTTP/2 and WebSockets past it', async () => {
  const meant = ['acme-v02.api.letsencrypt.org', 'api.cloudflare.com']
  const server = await startUpstream((_, response) => response.end('ok'), [...meant, 'backend.test'])
  closers.push(server.close)
  const { key, certificate } = createLabAuthority().issue(['ws.test'])
  const sockets = https.createServer({ key, cert: certificate }).on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    socket.on('error', () => {}).pipe(socket)
  })
  const port = await listen(sockets)
  const connectTo = [...meant, 'backend.test'].map((host) => toLocal(host, server.port))
  const rig = await startRig({ connectTo, gate: { ...OPEN_GATE, intercept: [glob('acme')] } })
  closers.push(rig.close)

  const client = inTls(await tunnelTo(port, rig.capture.port), 'ws.test')
  client.write('GET / HTTP/1.1\r\nHost: ws.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  expect(String((await once(client, 'data'))[0])).toContain('101 Switching Protocols')
  for (const host of meant) expect((await rig.curl(`https://${host}/`)).code).toBe(0)
  const untrusting = ['--proxy', rig.capture.url, '--http2', '--insecure', '-w', '%{http_version} %{certs}']
  const backend = (await curl([...untrusting, 'https://backend.test/'])).out.toString()
  expect(backend).toMatch(/^ok2/)
  expect(backend).toContain('acmescope lab root')
  client.write('still here')
  expect(String((await once(client, 'data'))[0])).toBe('still here')
  client.destroy()

  await expect.poll(() => rig.facts.length).toBeGreaterThanOrEqual(meant.length)
  const urls = rig.facts.flatMap((fact) => (fact.kind === 'exchange' ? [fact.request.url] : []))
  expect(new Set(urls)).toEqual(new Set(meant.map((host) => `https://${host}/`)))
  expect(rig.capture.unread()).toMatchObject({ connections: 2, hosts: 2 })
})

test('who should give credentials and comes without a tunnel does not pass', async () => {
  const port = await echoServer('echo.test')
  const gate = { ...OPEN_GATE, intercept: [glob('ca.test')] }
  const proxyAuth = { user: 'user', password: 'password' }
  const { capture, connection, close } = await startRig({ gate, proxyAuth, connectTo: [toLocal('echo.test', port)] })
  closers.push(close)
  const client = inTls(net.connect(capture.port, '127.0.0.1'), 'echo.test')
  client.write('GET / HTTP/1.1\r\nHost: echo.test\r\n\r\n')
  expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1.1 403 /)
  expect(await connection()).toMatchObject({ outcome: 'turned-away', host: 'echo.test' })
  expect(capture.unread()).toBeNull()
})

test('a server that cannot be reached ends the connection, and nothing else', async () => {
  const gate = { ...OPEN_GATE, intercept: [glob('ca.test')] }
  const { capture, facts, close } = await startRig({ connectTo: [toLocal('backend.test', 1)], gate })
  closers.push(close)
  expect((await curl(['--proxy', capture.url, 'https://backend.test/'])).code).not.toBe(0)
  await expect.poll(capture.unread).toMatchObject({ connections: 1 })
  expect(facts).toEqual([])
})

/** The pair of RFC 6455 section 1.3. */
const [KEY, ACCEPT] = ['dGhlIHNhbXBsZSBub25jZQ==', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=']

test('plain requests to other hosts pass, counted and not recorded', async () => {
  const server = http.createServer((_, response) => response.end('plain'))
  server.on('upgrade', (_, socket) =>
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${ACCEPT}\r\n\r\n`,
    ),
  )
  const port = await listen(server)
  const { capture, curl, facts } = await startBoth({ intercept: [glob('ca.test')] })
  for (const path of ['a', 'b']) expect((await curl(`http://127.0.0.1:${port}/${path}`)).out.toString()).toBe('plain')
  expect(capture.unread()).toMatchObject({ connections: 0, requests: 2, busiest: ['127.0.0.1'] })
  const socket = net.connect(capture.port, '127.0.0.1')
  const upgrade = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}`
  socket.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${upgrade}\r\n\r\n`)
  expect(String((await once(socket, 'data'))[0])).toContain(ACCEPT)
  socket.destroy()
  await expect.poll(() => capture.unread()?.requests).toBe(3)
  expect(facts).toEqual([])
})

describe('after a refusal', () => {
  test('that client goes on to that host undecrypted, and everyone sees it; others are recorded as before', async () => {
    const { capture, serverRoot, rootFile, fact, exchange } = await startBoth({ onRefusal: 'passthrough' })
    const asking = ['--proxy', capture.url, 'https://ca.test/']
    expect((await curl(['--cacert', serverRoot, ...asking])).code).toBe(60)
    await fact((one): one is typeof one => one.kind === 'connection' && one.outcome === 'client-refused-certificate')
    expect((await curl(['--cacert', serverRoot, ...asking])).out.toString()).toBe('from the server')
    const passed = await fact((one): one is typeof one => one.kind === 'connection' && one.outcome === 'passed-through')
    expect(passed).toMatchObject({
      host: 'ca.test',
      port: 443,
      tls: { sni: 'ca.test' },
      client: { address: /127\.0\.0\.1/ },
    })
    expect(passed).not.toHaveProperty('failure')
    expect('bytes' in passed && passed.bytes?.received).toBeGreaterThan(1_000)
    expect((await curl(['--interface', '127.0.0.2', '--cacert', rootFile, ...asking])).code).toBe(0)
    expect(await exchange()).toMatchObject({ request: { url: 'https://ca.test/' }, response: { status: 200 } })
    expect(capture.unread()).toBeNull()
  })

  test('what passes still when the recorder stops is told', async () => {
    const port = await echoServer('echo.test')
    const { capture, facts, fact } = await startBoth({ onRefusal: 'passthrough' })
    const refusing = tls.connect({ socket: await tunnelTo(port, capture.port), servername: 'echo.test' })
    await once(refusing, 'error')
    await fact((one): one is typeof one => one.kind === 'connection')
    const client = inTls(await tunnelTo(port, capture.port), 'echo.test').on('error', () => {})
    await once(client, 'secureConnect')
    await capture.stop()
    expect(facts.at(-1)).toMatchObject({
      outcome: 'passed-through',
      host: 'echo.test',
      bytes: { sent: expect.any(Number) },
    })
  })

  test('nothing passes where nobody said so', async () => {
    const { capture, serverRoot, fact } = await startBoth({})
    const asking = ['--cacert', serverRoot, '--proxy', capture.url, 'https://ca.test/']
    expect((await curl(asking)).code).toBe(60)
    await fact((one): one is typeof one => one.kind === 'connection')
    expect((await curl(asking)).code).toBe(60)
  })
})
