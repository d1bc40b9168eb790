/**
 * A port in front of the client's challenge port. Bytes pass as they are in both directions, and so do half-closes and
 * resets: who validates is to see what it would have seen without us. A witness looks on.
 */
import { type AddressInfo, connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import type { ClientEnd } from '../../../shared/exchange.ts'
import type { Target } from '../../capture/upstream/connect-to.ts'
import { toText } from './rule.ts'
import { broken, type End, notReached, type Witness } from './witness.ts'

export interface Forwarder {
  /** `[::]:80`, `127.0.0.1:5002`: where it listens. */
  readonly listensOn: Target
  /** Lets what is told come to its end for a moment, tells the rest as cut off, and ends every connection. */
  readonly stop: () => Promise<void>
}

export interface ForwarderOptions {
  readonly address: string | null
  readonly port: number
  readonly to: Target
  readonly witness: (client: ClientEnd, host: string) => Witness
  readonly connectLimit?: number
}

/** ms. A CA waits ten seconds or so for the whole of it. */
const CONNECT_LIMIT = 10_000
/** ms in which not a byte goes either way. A site may keep connections open for long. */
const IDLE_LIMIT = 600_000
/** ms for the request to come, of a connection that leads nowhere. */
const HEARING_LIMIT = 1_000
/** ms */
const DRAIN_LIMIT = 3_000
/** Far more than a CA and a site behind one machine need; each takes two descriptors. */
const MOST_CONNECTIONS = 2_000

interface Passing {
  readonly witness: Witness
  readonly close: (end: End) => Promise<void>
}

/** Rejects as `listen` does. */
export async function startForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const open = new Set<Passing>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    if (open.size >= MOST_CONNECTIONS) return void socket.resetAndDestroy()
    const passing = passOn(socket, options, () => open.delete(passing))
    open.add(passing)
  })
  const listensOn = await listen(server, options)
  return {
    listensOn,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      await drained(open)
      await Promise.all([...open].map(({ close }) => close({ by: 'recorder' })))
      await closed
    },
  }
}

function listen(server: Server, { address, port }: ForwarderOptions): Promise<Target> {
  // Without an address Node takes all of IPv6 and IPv4, or all of IPv4 where there is no other.
  const where: ListenOptions = address === null ? { port } : { port, host: address }
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(where, () => {
      server.removeListener('error', reject)
      // Out of descriptors, say: the next connection may do better.
      server.on('error', () => undefined)
      const { address: host, port: taken } = server.address() as AddressInfo
      resolve({ host, port: taken })
    })
  })
}

async function drained(open: ReadonlySet<Passing>): Promise<void> {
  const until = performance.now() + DRAIN_LIMIT
  while ([...open].some(({ witness }) => witness.isBusy()) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function passOn(socket: Socket, options: ForwarderOptions, onClose: () => void): Passing {
  const { to } = options
  const server = connect({ ...to, allowHalfOpen: true, noDelay: true, keepAlive: true, autoSelectFamily: true })
  const witness = options.witness(...endsOf(socket))
  let told: Promise<void> | null = null
  const close = (end: End, isReset = true): Promise<void> => {
    told ??= witness.ended(end).finally(onClose)
    for (const each of [socket, server]) {
      if (isReset) each.resetAndDestroy()
      else each.destroy()
    }
    return told
  }
  socket.on('data', witness.sent).pipe(server)
  server.on('data', witness.received).pipe(socket)
  server.once('end', witness.serverEnded)
  whenNotReached(server, options, (error) =>
    hear(socket, witness, () => void close({ by: 'failure', failure: notReached(to, error) })),
  )
  server.once('connect', () => {
    server.once('error', (error) => void close({ by: 'failure', failure: broken(to, error) }))
  })
  const byFirst = firstToEnd(socket, server)
  // A second error, of a connection that is ended already, is nobody's news.
  server.on('error', () => undefined)
  socket.on('error', () => void close({ by: 'client' }))
  socket.setKeepAlive(true).setTimeout(IDLE_LIMIT, () => void close(byFirst()))
  whenBothClosed(socket, server, () => void close(byFirst(), false))
  return { witness, close }
}

/** Who connected, and to what of ours. */
function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): [ClientEnd, string] {
  const client = { address: plainAddress(remoteAddress), port: remotePort ?? null }
  return [client, toText({ host: plainAddress(localAddress) ?? '', port: localPort ?? 0 })]
}

function whenNotReached(
  server: Socket,
  { connectLimit = CONNECT_LIMIT }: ForwarderOptions,
  act: (error: NodeJS.ErrnoException) => void,
): void {
  const late = Object.assign(new Error('it did not take the connection in time'), { code: 'ETIMEDOUT' })
  const timer = setTimeout(() => server.destroy(late), connectLimit)
  server.once('error', act).once('close', () => clearTimeout(timer))
  server.once('connect', () => {
    clearTimeout(timer)
    server.removeListener('error', act)
  })
}

/** Which side said first that it would send no more. */
function firstToEnd(socket: Socket, server: Socket): () => End {
  let first: End | null = null
  socket.once('end', () => {
    first ??= { by: 'client' }
  })
  server.once('end', () => {
    first ??= { by: 'server' }
  })
  return () => first ?? { by: 'client' }
}

/** There is nobody to pass it on to: what is asked for is heard all the same, so that it can be told. */
function hear(socket: Socket, witness: Witness, act: () => void): void {
  if (witness.hasHeard() || socket.destroyed || socket.readableEnded) {
    act()
    return
  }
  const timer = setTimeout(act, HEARING_LIMIT)
  const settle = () => {
    clearTimeout(timer)
    act()
  }
  socket.on('data', () => {
    if (witness.hasHeard()) settle()
  })
  socket.once('end', settle).once('close', settle)
  // The pipe that broke has paused it.
  socket.resume()
}

/** One that was left by the other has nobody to speak to; what was written to it still goes out. */
function whenBothClosed(socket: Socket, server: Socket, act: () => void): void {
  const onClose = () => {
    if (socket.destroyed && server.destroyed) act()
    else if (socket.destroyed && !server.connecting) server.end()
    else if (server.destroyed && !server.errored) socket.end()
  }
  socket.once('close', onClose)
  server.once('close', onClose)
}

/** `::ffff:192.0.2.1`, as IPv4 stands on a socket that takes both, is `192.0.2.1`. */
const plainAddress = (address: string | undefined): string | null => address?.replace(/^::ffff:(?=\d+\.)/, '') ?? null
