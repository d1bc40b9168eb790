/**
 * Raw sockets on both ends of a capture: what one end writes and what the other reads are compared byte by byte.
 * Bytes are strings of `latin1` here, one character a byte.
 */
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { createLabAuthority } from '../../lab/certificates.ts'

const HOST = 'ca.test'
const PATIENCE_MS = 10_000

const authority = createLabAuthority()
/** The CA behind the servers here. */
export const serverRoot = authority.certificate
const identity = authority.issue([HOST])

/** One end of a connection. */
export interface End {
  readonly socket: net.Socket | tls.TLSSocket
  /** All that has come so far. */
  received(): string
  send(bytes: string | Buffer): void
  /** What has come once it fits; rejects with what came instead after a while, or when the connection ends before. */
  until(fits: string | RegExp | ((received: string) => boolean)): Promise<string>
  /** Called with everything that comes, before who waits for it looks. */
  onBytes(act: (chunk: Buffer) => void): void
  /** Forgets what has come, for the next message on the same connection. */
  forget(): void
  /** The other side has said that no more comes, or has broken the connection off. */
  readonly ended: Promise<'end' | 'reset'>
}

export function endOf(socket: net.Socket): End {
  let received = ''
  let over: 'end' | 'reset' | null = null
  const watchers = new Set<() => void>()
  const readers: ((chunk: Buffer) => void)[] = []
  const look = (): void => {
    for (const each of [...watchers]) each()
  }
  const ended = new Promise<'end' | 'reset'>((resolve) => {
    const finish = (how: 'end' | 'reset') => () => {
      over ??= how
      resolve(over)
      look()
    }
    socket.on('error', finish('reset'))
    socket.on('end', finish('end'))
    socket.on('close', finish('reset'))
  })
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    for (const each of readers) each(chunk)
    look()
  })
  return {
    socket,
    received: () => received,
    send: (bytes) => void socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    forget() {
      received = ''
    },
    ended,
    onBytes: (act) => void readers.push(act),
    until(wanted) {
      const fits =
        typeof wanted === 'function'
          ? wanted
          : (all: string) => (typeof wanted === 'string' ? all.includes(wanted) : wanted.test(all))
      return new Promise((resolve, reject) => {
        const give = (act: () => void): void => {
          clearTimeout(timer)
          watchers.delete(check)
          act()
        }
        const fail = (why: string) =>
          give(() => reject(new Error(`${why}; until then: ${JSON.stringify(received.slice(0, 2_000))}`)))
        const check = (): void => {
          if (fits(received)) give(() => resolve(received))
          else if (over) fail(`ended (${over}) before what was waited for`)
        }
        const timer = setTimeout(() => fail('waited in vain'), PATIENCE_MS)
        watchers.add(check)
        check()
      })
    },
  }
}

export interface RawServer {
  readonly port: number
  /** The next connection that comes, or came and was not asked for yet. */
  connection(): Promise<End>
  /** Ends what came and was not asked for, as a test that failed leaves it. */
  drop(): void
  /** How many connections have come. */
  count(): number
  close(): Promise<void>
}

/** A server of `ca.test` that says nothing by itself. Without `alpn` it speaks no TLS at all; with none in the list, TLS without ALPN. */
export async function startRawServer(alpn?: readonly string[]): Promise<RawServer> {
  const waiting: End[] = []
  const asked: ((end: End) => void)[] = []
  const sockets = new Set<net.Socket>()
  let count = 0
  const arrived = (socket: net.Socket): void => {
    count += 1
    sockets.add(socket)
    const end = endOf(socket)
    const next = asked.shift()
    if (next) next(end)
    else waiting.push(end)
  }
  const secure = alpn && {
    key: identity.key,
    cert: identity.certificate,
    ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
  }
  const server = secure ? tls.createServer(secure, arrived) : net.createServer(arrived)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connection: () =>
      new Promise((resolve, reject) => {
        const first = waiting.shift()
        if (first) return resolve(first)
        const timer = setTimeout(() => {
          asked.splice(asked.indexOf(give), 1)
          reject(new Error('no connection came to the server'))
        }, PATIENCE_MS)
        const give = (end: End): void => {
          clearTimeout(timer)
          resolve(end)
        }
        asked.push(give)
      }),
    drop() {
      for (const { socket } of waiting.splice(0)) socket.destroy()
    },
    count: () => count,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A plain connection to the proxy. */
export async function toProxy(port: number): Promise<End> {
  const socket = net.connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  return endOf(socket)
}

/** A TLS connection to `ca.test` through a CONNECT of the proxy. */
export async function throughTunnel(port: number, alpn?: readonly string[]): Promise<End> {
  const tunnel = net.connect({ host: '127.0.0.1', port, noDelay: true })
  tunnel.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`)
  await once(tunnel, 'data')
  const socket = tls.connect({
    socket: tunnel,
    servername: HOST,
    rejectUnauthorized: false,
    ...(alpn ? { ALPNProtocols: [...alpn] } : {}),
  })
  await once(socket, 'secureConnect')
  return endOf(socket)
}
