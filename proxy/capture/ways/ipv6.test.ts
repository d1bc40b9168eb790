// IPv6 on every side, and addresses where names usually are.
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { curl, type Rig, startRig, startUpstream, type Upstream } from '../../../test/integration/capture-rig.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'))
if (!hasIpv6) {
  if (process.env.CI === 'true') throw new Error('these tests need ::1, and CI skips nothing')
  console.error('SKIPPED, because the machine lacks: ::1')
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function upstream(host: string, address: '127.0.0.1' | '::1'): Promise<Upstream> {
  const server = await startUpstream((_, response) => response.end('ok'), [host], address)
  closers.push(server.close)
  return server
}

async function rig(options: Parameters<typeof startRig>[0]): Promise<Rig> {
  const started = await startRig(options)
  closers.push(started.close)
  return started
}

describe.skipIf(!hasIpv6).each([
  { flag: '--http1.1', version: 'HTTP/1.1' },
  { flag: '--http2', version: 'HTTP/2' },
])('$flag', ({ flag, version }) => {
  test.each(['::1', '::'])('the proxy on %s, the server at ::1 by its address', async (host) => {
    const server = await upstream('::1', '::1')
    const started = await rig({ host })
    expect(started.capture.url).toBe(`http://[${host}]:${started.capture.port}`)
    const proxy = `http://[::1]:${started.capture.port}`
    const url = `https://[::1]:${server.port}/dir`
    const { out, error } = await curl(['--cacert', started.rootFile, '--proxy', proxy, flag, url])
    expect(out.toString(), error).toBe('ok')
    const { request, response, client, tls } = await started.exchange()
    expect(request).toMatchObject({ url, httpVersion: version })
    // http2-wrapper takes no IPv6 address for the origin that was asked for.
    expect(response).toMatchObject({ status: 200, httpVersion: 'HTTP/1.1' })
    expect(client.address).toBe('::1')
    expect(tls?.client?.sni).toBeUndefined()
    expect(tls?.upstream?.peerCertificate).toContain('::1')
  })

  test('the server at an IPv4 address', async () => {
    const server = await upstream('127.0.0.1', '127.0.0.1')
    const started = await rig({})
    const url = `https://127.0.0.1:${server.port}/dir`
    const { out, error } = await started.curl(flag, url)
    expect(out.toString(), error).toBe('ok')
    expect(await started.exchange()).toMatchObject({
      request: { url, httpVersion: version },
      response: { httpVersion: version },
    })
  })

  test('an address that --connect-to leads elsewhere', async () => {
    const server = await upstream('2001:db8::1', '127.0.0.1')
    const started = await rig({
      connectTo: [{ host: '2001:db8::1', port: 443, toHost: '127.0.0.1', toPort: server.port }],
    })
    const { out, error } = await started.curl(flag, 'https://[2001:db8::1]/dir')
    expect(out.toString(), error).toBe('ok')
    expect((await started.exchange()).request.url).toBe('https://[2001:db8::1]/dir')
  })

  test.each(['--socks5', '--socks5-hostname'])('%s, to and at ::1', async (socks) => {
    const server = await upstream('::1', '::1')
    const started = await rig({ host: '::1' })
    const url = `https://[::1]:${server.port}/dir`
    const proxy = [socks, `[::1]:${started.capture.port}`]
    const { out, error } = await curl(['--cacert', started.rootFile, ...proxy, flag, url])
    expect(out.toString(), error).toBe('ok')
    expect((await started.exchange()).request.url).toBe(url)
  })

  test('TLS straight to ::1, under the name of the server', async () => {
    const server = await upstream('ca.test', '::1')
    const started = await rig({
      host: '::1',
      connectTo: [{ host: 'ca.test', port: null, toHost: '::1', toPort: server.port }],
    })
    const led = ['--connect-to', `ca.test:443:[::1]:${started.capture.port}`]
    const { out, error } = await curl(['--cacert', started.rootFile, ...led, flag, 'https://ca.test/dir'])
    expect(out.toString(), error).toBe('ok')
    expect((await started.exchange()).client.address).toBe('::1')
  })

  test('localhost, wherever it listens', async () => {
    const server = await upstream('localhost', '::1')
    const started = await rig({})
    const { out, error } = await started.curl(flag, `https://localhost:${server.port}/dir`)
    expect(out.toString(), error).toBe('ok')
  })
})

test.skipIf(!hasIpv6)('asked for at its own address it says what it is, over TLS too', async () => {
  const started = await rig({ host: '::1' })
  const { port } = started.capture
  for (const scheme of ['http', 'https']) {
    const { out, error } = await curl(['--cacert', started.rootFile, `${scheme}://[::1]:${port}/`])
    expect(out.toString(), error).toBe('this is acmescope')
  }
  expect(started.facts).toEqual([])
})

test('a client that sends no server name sees a certificate for what its tunnel is to', async () => {
  const server = await upstream('ca.test', '127.0.0.1')
  const started = await rig({
    connectTo: [{ host: 'ca.test', port: null, toHost: '127.0.0.1', toPort: server.port }],
  })
  const { connect } = await import('node:tls')
  const { readFile } = await import('node:fs/promises')
  const raw = net.connect({ host: '127.0.0.1', port: started.capture.port })
  raw.write('CONNECT ca.test:443 HTTP/1.1\r\nHost: ca.test:443\r\n\r\n')
  await once(raw, 'data')
  const socket = connect({ socket: raw, host: 'ca.test', ca: await readFile(started.rootFile), servername: '' })
  await once(socket, 'secureConnect')
  expect(socket.authorized).toBe(true)
  socket.write('GET /dir HTTP/1.1\r\nHost: ca.test\r\nConnection: close\r\n\r\n')
  expect(String((await once(socket, 'data'))[0])).toContain('200')
  socket.destroy()
  expect(await started.exchange()).toMatchObject({ request: { url: 'https://ca.test/dir' } })
})

test.skipIf(!hasIpv6)('raw tunnels to ::1', async () => {
  const echo = net.createServer((socket) => socket.pipe(socket))
  echo.listen(0, '::1')
  await once(echo, 'listening')
  closers.push(async () => void echo.close())
  const { port } = echo.address() as AddressInfo
  const started = await rig({})
  const socket = net.connect({ host: '127.0.0.1', port: started.capture.port })
  socket.write(`CONNECT [::1]:${port} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await once(socket, 'data')
  socket.write('\x00\x01hello')
  expect(String((await once(socket, 'data'))[0])).toBe('\x00\x01hello')
  socket.end()
  expect(await started.connection()).toMatchObject({ host: '::1', port, bytes: { sent: 7, received: 7 } })
})
