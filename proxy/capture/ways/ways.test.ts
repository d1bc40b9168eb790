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
