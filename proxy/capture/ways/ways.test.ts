// Every way in, each recorded as through the HTTP proxy.
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import {
  curl,
  type Rig,
  startRig,
  startUpstream,
  toLocal,
  type Upstream,
} from '../../../test/integration/capture-rig.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function upstream(hosts?: readonly string[]): Promise<Upstream> {
  const server = await startUpstream((_, response) => response.end('ok'), hosts)
  closers.push(server.close)
  return server
}

async function rig(options: Parameters<typeof startRig>[0]): Promise<Rig> {
  const started = await startRig(options)
  closers.push(started.close)
  return started
}

const at = ({ capture }: Rig): string => `127.0.0.1:${capture.port}`
const past = ({ rootFile }: Rig, ...parameters: readonly string[]) => curl(['--cacert', rootFile, ...parameters])

describe.each([
  { flag: '--http1.1', version: 'HTTP/1.1' },
  { flag: '--http2', version: 'HTTP/2' },
])('over $version', ({ flag, version }) => {
  test.each(['--socks5-hostname', '--socks4a'])('%s: names are asked for', async (socks) => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)] })
    const { out } = await past(started, flag, socks, at(started), 'https://ca.test/dir')
    expect(out.toString()).toBe('ok')
    const { request, tls, client } = await started.exchange()
    expect(request).toMatchObject({ url: 'https://ca.test/dir', httpVersion: version })
    expect(tls).toMatchObject({ client: { sni: 'ca.test' }, upstream: { version: 'TLSv1.3' } })
    expect(client).toEqual({ address: expect.stringContaining('127.0.0.1'), port: expect.any(Number) })
  })

  test.each(['--socks5', '--socks4'])('%s: an address is asked for, and the name is known by TLS', async (socks) => {
    const server = await upstream()
    const started = await rig({ connectTo: [] })
    const resolved = ['--resolve', `ca.test:${server.port}:127.0.0.1`]
    const { out } = await past(started, flag, socks, at(started), ...resolved, `https://ca.test:${server.port}/dir`)
    expect(out.toString()).toBe('ok')
    expect((await started.exchange()).request.url).toBe(`https://ca.test:${server.port}/dir`)
    expect(server.hellos[0]?.sni).toBe('ca.test')
  })

  test('--connect-to holds for a name that the client resolved itself', async () => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)] })
    const resolved = ['--resolve', 'ca.test:443:192.0.2.1']
    const { out } = await past(started, flag, '--socks5', at(started), ...resolved, 'https://ca.test/dir')
    expect(out.toString()).toBe('ok')
  })

  test('TLS straight to the port, under the name of the server', async () => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)] })
    const led = ['--connect-to', `ca.test:443:${at(started)}`]
    const { out } = await past(started, flag, ...led, '-H', 'X-One: 1', 'https://ca.test/dir')
    expect(out.toString()).toBe('ok')
    const { request, tls } = await started.exchange()
    expect(request).toMatchObject({ url: 'https://ca.test/dir', httpVersion: version })
    expect(tls).toMatchObject({ client: { sni: 'ca.test' }, upstream: { version: 'TLSv1.3' } })
    expect(server.hellos[0]?.sni).toBe('ca.test')
  })

  test('a port in the Host header of such a request is the port of the server', async () => {
    const server = await upstream()
    const started = await rig({
      connectTo: [{ host: 'ca.test', port: 14_000, toHost: '127.0.0.1', toPort: server.port }],
    })
    const led = ['--connect-to', `ca.test:14000:${at(started)}`]
    const { out } = await past(started, flag, ...led, 'https://ca.test:14000/dir')
    expect(out.toString()).toBe('ok')
    expect((await started.exchange()).request.url).toBe('https://ca.test:14000/dir')
  })
})

test('a tunnel of SOCKS that carries something else is passed on, and --connect-to holds for it', async () => {
  const echo = net.createServer((socket) => socket.pipe(socket))
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  closers.push(async () => void echo.close())
  const { port } = echo.address() as AddressInfo
  const started = await rig({ connectTo: [toLocal('echo.test', port)] })
  const socket = net.connect({ host: '127.0.0.1', port: started.capture.port })
  socket.write(Buffer.from([5, 1, 0]))
  expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([5, 0]))
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, 9]), Buffer.from('echo.test'), Buffer.from([0, 7])]))
  expect((await once(socket, 'data'))[0][1]).toBe(0)
  socket.write('\x00\x01hello')
  expect(String((await once(socket, 'data'))[0])).toBe('\x00\x01hello')
  socket.end()
  expect(await started.connection()).toMatchObject({
    outcome: 'not-tls',
    host: 'echo.test',
    port: 7,
    bytes: { sent: 7, received: 7 },
  })
})

describe('a name that is led to us', () => {
  const local = (name: string, started: Rig) => ['--connect-to', `${name}:443:${at(started)}`, `https://${name}/`]

  test.each(['--http1.1', '--http2'])(
    '%s: is looked for past what leads it here, and if that leads back it is said',
    async (flag) => {
      const started = await rig({ connectTo: [] })
      expect((await past(started, flag, ...local('led.localhost', started))).code).not.toBe(0)
      const { failure, request } = await started.exchange()
      expect(request.url).toBe('https://led.localhost/')
      expect(failure).toMatchObject({ stage: 'upstream-dns', code: 'LEADS_BACK' })
      expect(failure?.message).toContain('--connect-to led.localhost:443:ADDRESS:443')
    },
  )

  test('asked for by its own name over TLS as well, it says what it is', async () => {
    const started = await rig({ connectTo: [] })
    const { out } = await past(started, `https://localhost:${started.capture.port}/x`)
    expect(out.toString()).toBe('this is acmescope')
    expect(started.facts).toEqual([])
  })
})

describe('with --proxy-auth', () => {
  const proxyAuth = { user: 'al', password: 'p@ss:é' }
  const given = `al:${encodeURIComponent('p@ss:é')}`

  test.each([
    ['--http1.1', 'http'],
    ['--http2', 'http'],
    ['--http1.1', 'socks5h'],
    ['--http2', 'socks5h'],
    ['--http2', 'socks5'],
  ])('%s: who gives them by %s passes, and they are recorded nowhere', async (flag, scheme) => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)], proxyAuth })
    const asked = ['--resolve', 'ca.test:443:192.0.2.1', 'https://ca.test/dir']
    const { out } = await past(started, flag, '--proxy', `${scheme}://${given}@${at(started)}`, ...asked)
    expect(out.toString()).toBe('ok')
    await started.exchange()
    expect(JSON.stringify(started.facts)).not.toMatch(/p@ss|proxy-auth/i)
    expect(String(server.requests[0]?.rawHeaders)).not.toMatch(/proxy-auth/i)
  })

  test('plain HTTP too, and the server does not learn them', async () => {
    const heads: string[] = []
    const plain = net.createServer((socket) =>
      socket.once('data', (head) => {
        heads.push(String(head))
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      }),
    )
    plain.listen(0, '127.0.0.1')
    await once(plain, 'listening')
    closers.push(async () => void plain.close())
    const { port } = plain.address() as AddressInfo
    const started = await rig({ connectTo: [], proxyAuth })
    const url = `http://127.0.0.1:${port}/`
    expect((await curl(['--proxy', `http://${given}@${at(started)}`, url])).out.toString()).toBe('ok')
    expect(heads[0]).not.toMatch(/proxy-auth/i)
    const { out, headers } = await refused(started, '--proxy', `http://${at(started)}`, url)
    expect(headers).toMatch(/^HTTP\/1\.1 407 .*proxy-authenticate: Basic realm="acmescope"/is)
    expect(out.toString()).toContain('asks for credentials')
    expect(heads).toHaveLength(1)
  })

  async function refused(started: Rig, ...parameters: readonly string[]) {
    const { out } = await past(started, '-i', ...parameters)
    const [headers = '', ...body] = out.toString().split('\r\n\r\n')
    return { headers, out: body.join() }
  }

  test.each([
    ['http://', 'CREDENTIALS_MISSING', 56],
    ['http://al:wrong@', 'CREDENTIALS_WRONG', 56],
    ['http://al:@', 'CREDENTIALS_WRONG', 56],
    ['socks5h://', 'CREDENTIALS_MISSING', 97],
    ['socks5h://al:wrong@', 'CREDENTIALS_WRONG', 97],
    ['socks4a://', 'CREDENTIALS_MISSING', 97],
  ])('%s is turned away, and that has a row', async (scheme, code, exit) => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)], proxyAuth })
    const result = await past(started, '--proxy', `${scheme}${at(started)}`, 'https://ca.test/')
    expect(result).toMatchObject({ code: exit })
    expect(await started.connection()).toMatchObject({
      outcome: 'turned-away',
      host: scheme.startsWith('http') ? 'ca.test' : null,
      client: { address: expect.stringContaining('127.0.0.1') },
      failure: { stage: 'client-http', code },
    })
    expect(server.hellos).toEqual([])
    expect(JSON.stringify(started.facts)).not.toContain('wrong@')
  })

  test('a client that asks first and gives them when it is told passes', async () => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)], proxyAuth })
    const proxy = ['--proxy-anyauth', '--proxy', `http://${given}@${at(started)}`]
    expect((await past(started, ...proxy, 'https://ca.test/')).out.toString()).toBe('ok')
    expect(started.facts.map((fact) => (fact.kind === 'connection' ? fact.outcome : fact.kind))).toEqual(
      expect.arrayContaining(['turned-away', 'exchange']),
    )
  })

  test.each(['--http1.1', '--http2'])('%s: a client without a proxy cannot give any, and is told so', async (flag) => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)], proxyAuth })
    const led = ['--connect-to', `ca.test:443:${at(started)}`]
    const { headers, out } = await refused(started, flag, ...led, 'https://ca.test/')
    expect(headers).toMatch(/^HTTP\/\S+ 403/)
    expect(out).toContain('--proxy-auth')
    expect(await started.connection()).toMatchObject({ outcome: 'turned-away', host: 'ca.test', port: 443 })
    await started.capture.stop()
    expect(started.facts).toHaveLength(1)
    expect(server.hellos).toEqual([])
  })
})

/** OpenSSL's for TLS 1.2 with one cipher, without a server name. */
const HELLO =
  '16030100830100007f0303643a696cc80ebf18f3b325c8ffddfd9b5afefff5002597e4fcb3eaeb21e9155e000004c02f00ff' +
  '01000052000b000403000102000a000c000a001d0017001e00190018002300000016000000170000000d002a002804030503' +
  '0603080708080809080a080b080408050806040105010601030303010302040205020602'

describe.each([undefined, { user: 'al', password: 'secret' }])('whatever comes, with %j', (proxyAuth) => {
  test.each([
    'CONNECT foo:bar HTTP/1.1\r\n\r\n',
    'CONNECT : HTTP/1.1\r\nHost: :\r\n\r\n',
    'CONNECT [::1 HTTP/1.1\r\nHost: [\r\n\r\n',
    'GET http://:80/ HTTP/1.1\r\nHost: a:b:c\r\n\r\n',
    'GET http://[/ HTTP/1.1\r\nProxy-Authorization: Basic ====\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: [2001:db8::1]:x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense',
    '\x05\x01\x00\x05\x01\x00\x03\x00\x00\x50',
    '\x05\x01\x02\x01\x00\x00',
    '\x04\x01\x00\x50\x00\x00\x00\x01user\x00\x00',
  ])('%j does not keep the next client from its answer', async (said) => {
    const server = await upstream()
    const started = await rig({ connectTo: [toLocal('ca.test', server.port)], ...(proxyAuth ? { proxyAuth } : {}) })
    const socket = net.connect({ host: '127.0.0.1', port: started.capture.port }).on('error', () => undefined)
    // What begins a handshake in whatever came of it, naming no server.
    socket.write(Buffer.from(said, 'latin1'))
    socket.write(Buffer.from(HELLO, 'hex'))
    const proxy = proxyAuth ? `http://al:secret@${at(started)}` : `http://${at(started)}`
    expect((await past(started, '--proxy', proxy, 'https://ca.test/')).out.toString()).toBe('ok')
    socket.destroy()
  })
})

test('what asks for no URL is answered, and has a row', async () => {
  const started = await rig({ connectTo: [] })
  const socket = net.connect({ host: '127.0.0.1', port: started.capture.port })
  socket.write('GET http://[/ HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 /)
  expect(await started.connection()).toMatchObject({ outcome: 'not-http', failure: { code: 'ERR_INVALID_URL' } })
})
