import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Rig, startRig, startUpstream, toLocal } from '../../../test/integration/capture-rig.ts'
import { parseUpstreamProxy, proxyName } from './proxy.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('its URL', () => {
  test.each([
    ['http://proxy.test:3128', { protocol: 'http', host: 'proxy.test', port: 3128, credentials: null }],
    ['http://proxy.test', { protocol: 'http', host: 'proxy.test', port: 80, credentials: null }],
    ['https://proxy.test/', { protocol: 'https', host: 'proxy.test', port: 443, credentials: null }],
    ['socks5://127.0.0.1', { protocol: 'socks5', host: '127.0.0.1', port: 1080, credentials: null }],
    ['socks5h://[::1]:9050', { protocol: 'socks5', host: '::1', port: 9050, credentials: null }],
    [
      'http://al:p%40ss@p.test:1',
      { protocol: 'http', host: 'p.test', port: 1, credentials: { user: 'al', password: 'p@ss' } },
    ],
    [
      'http://al:100%@p.test:1',
      { protocol: 'http', host: 'p.test', port: 1, credentials: { user: 'al', password: '100%' } },
    ],
  ] as const)('%s', (text, expected) => {
    expect(parseUpstreamProxy(text)).toEqual(expected)
  })
  test.each(['proxy.test:3128', 'ftp://proxy.test', 'http://', 'http://p.test/path', 'http://p.test:99999', ''])(
    'not %s',
    (text) => {
      expect(parseUpstreamProxy(text)).toBeNull()
    },
  )
  test('it is named without its credentials', () => {
    const proxy = parseUpstreamProxy('socks5://al:secret@[::1]:9050')
    expect(proxy && proxyName(proxy)).toBe('socks5://[::1]:9050')
  })
})

async function rig(options: Parameters<typeof startRig>[0]): Promise<Rig> {
  const started = await startRig(options)
  closers.push(started.close)
  return started
}

/** Something that listens, and does this with each connection. */
async function listening(serve: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    serve(socket.on('error', () => undefined))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

const through = (port: number, scheme = 'http') => {
  const proxy = parseUpstreamProxy(`${scheme}://al:secret@127.0.0.1:${port}`)
  if (!proxy) throw new Error('no proxy')
  return { upstreamProxy: proxy }
}

describe.each(['--http1.1', '--http2'])('%s', (flag) => {
  test.each([
    ['407 Proxy Authentication Required', 'UPSTREAM_PROXY_AUTH', 'does not accept the credentials it was given'],
    ['401 Unauthorized', 'UPSTREAM_PROXY_AUTH', 'does not accept the credentials it was given'],
    ['403 Filtered', 'UPSTREAM_PROXY_REFUSED', 'does not connect to ca.test:443: 403 Filtered'],
  ])('it answers %s: that is told, by its name and without its password', async (status, code, words) => {
    const port = await listening((socket) => socket.once('data', () => socket.end(`HTTP/1.1 ${status}\r\n\r\n`)))
    const { curl, exchange } = await rig(through(port))
    expect((await curl(flag, 'https://ca.test/')).code).not.toBe(0)
    const { failure, response } = await exchange()
    expect(failure).toMatchObject({ stage: 'upstream-connect', code })
    expect(failure?.message).toContain(`the upstream proxy http://127.0.0.1:${port} ${words}`)
    expect(JSON.stringify(failure)).not.toContain('secret')
    expect(response).toBeUndefined()
  })

  test.each(['http', 'https', 'socks5'])('%s: nobody listens there', async (scheme) => {
    const { curl, exchange } = await rig(through(1, scheme))
    expect((await curl(flag, 'https://ca.test/')).code).not.toBe(0)
    const { failure } = await exchange()
    expect(failure).toMatchObject({ stage: 'upstream-connect', code: 'UPSTREAM_PROXY_UNREACHABLE' })
    expect(failure?.message).toContain(
      `the upstream proxy ${scheme}://127.0.0.1:1 could not be used: connect ECONNREFUSED`,
    )
  })

  test('it is asked for what --connect-to says, and HTTP is spoken as without it', async () => {
    const server = await startUpstream((_, response) => response.end('ok'))
    closers.push(server.close)
    const heads: string[] = []
    const port = await listening((client) =>
      client.once('data', (head) => {
        heads.push(String(head))
        const there = net.connect({ host: '127.0.0.1', port: server.port })
        client.write('HTTP/1.1 200 Yes\r\n\r\n')
        client.pipe(there).pipe(client)
      }),
    )
    const connectTo = [toLocal('ca.test', server.port)]
    const { curl, exchange } = await rig({ ...through(port), connectTo })
    for (const path of ['a', 'b']) expect((await curl(flag, `https://ca.test/${path}`)).out.toString()).toBe('ok')
    expect(heads[0]).toMatch(new RegExp(`^CONNECT 127\\.0\\.0\\.1:${server.port} HTTP/1\\.1\r\n`))
    expect(heads[0]).toContain(`proxy-authorization: Basic ${btoa('al:secret')}\r\n`)
    const version = flag === '--http2' ? 'HTTP/2' : 'HTTP/1.1'
    expect((await exchange()).response).toMatchObject({ status: 200, httpVersion: version })
    expect(server.hellos[0]).toMatchObject({ sni: 'ca.test' })
  })
})

test('WebSockets without TLS go through it', async () => {
  const heads: string[] = []
  const port = await listening((client) =>
    client.once('data', (head) => {
      heads.push(String(head))
      client.end()
    }),
  )
  const { capture } = await rig(through(port))
  const client = net.connect({ host: '127.0.0.1', port: capture.port }).on('error', () => undefined)
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
  client.write(`GET http://ws.test:80/ HTTP/1.1\r\nHost: ws.test\r\n${upgrade}\r\n\r\n`)
  client.resume()
  await once(client, 'close')
  expect(heads.map((head) => head.split('\r\n')[0])).toEqual(['CONNECT ws.test:80 HTTP/1.1'])
})

test('plain HTTP and raw tunnels go through it as well, and nothing that comes with its answer is lost', async () => {
  const echo = await listening((socket) => void socket.pipe(socket))
  const plain = await listening((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')),
  )
  const heads: string[] = []
  const port = await listening((client) =>
    client.once('data', (head) => {
      heads.push(String(head).split(' ')[1] ?? '')
      const isEcho = heads.at(-1)?.endsWith(`:${echo}`)
      client.write(`HTTP/1.1 200 Yes\r\n\r\n${isEcho ? 'Hi.' : ''}`)
      client.pipe(net.connect({ host: '127.0.0.1', port: Number(heads.at(-1)?.split(':')[1]) })).pipe(client)
    }),
  )
  const { curl, capture } = await rig(through(port))
  expect((await curl(`http://127.0.0.1:${plain}/`)).out.toString()).toBe('ok')
  const socket = net.connect({ host: '127.0.0.1', port: capture.port })
  socket.write(`CONNECT 127.0.0.1:${echo} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await once(socket, 'data')
  socket.write('\x00\x01hello')
  let said = ''
  while (said.length < 10) said += String((await once(socket, 'data'))[0])
  expect(said).toBe('Hi.\x00\x01hello')
  socket.end()
  expect(heads).toEqual([`127.0.0.1:${plain}`, `127.0.0.1:${echo}`])
})
