// How far each connection to a server has come while it is being made. mockttp tells neither what a client waited for when it
// gave up, nor that a reset fell into the handshake; and it waits without end for a server that is silent, together with every
// later HTTP/2 request to it (docs/mockttp.md).
import net from 'node:net'
import type tls from 'node:tls'
import type { FailureStage } from '../../../shared/exchange.ts'

/** Node's own words for a server that closes during the handshake. */
export const BEFORE_SECURE = 'before secure TLS connection was established'

/** ms. A client's leaving is told some turns after its connection to the server was dropped. */
const LINGER_MS = 500
/** ms until there must be a secure connection. Twice as long as clients wait for one. */
const LIMIT_MS = 30_000
/** Servers that connections are being made to at once. */
const MOST_SERVERS = 1_000

interface Way {
  stage: FailureStage
  /** What ended it. mockttp forgets the words of an error that comes while it finds out whether a server speaks HTTP/2. */
  error?: NodeJS.ErrnoException
}

const ways = new Map<string, Way>()

/** @param server `name:port` @param host what is connected to @param limit ms */
export function watchWay(server: string, host: string | undefined, socket: tls.TLSSocket, limit = LIMIT_MS): void {
  const way: Way = { stage: host && net.isIP(host) ? 'upstream-connect' : 'upstream-dns' }
  const forget = (): void => {
    if (ways.get(server) === way) ways.delete(server)
  }
  if (ways.size < MOST_SERVERS) ways.set(server, way)
  const toConnect = (): void => {
    way.stage = 'upstream-connect'
  }
  socket.once('lookup', toConnect)
  // Without a look-up, where `--connect-to` leads to an address.
  socket.once('connectionAttempt', toConnect)
  socket.once('connect', () => {
    way.stage = 'upstream-tls'
  })
  const onError = (error: NodeJS.ErrnoException): void => {
    way.error = error
    const isCut = error.code === 'ECONNRESET' || error.code === 'EPIPE'
    if (isCut && way.stage === 'upstream-tls' && !error.message.includes(BEFORE_SECURE))
      error.message = `${error.message} ${BEFORE_SECURE}`
  }
  socket.once('error', onError)
  const timer = setTimeout(() => socket.destroy(tookTooLong(way.stage, limit)), limit).unref()
  socket.once('secureConnect', () => {
    clearTimeout(timer)
    socket.off('error', onError)
    forget()
  })
  socket.once('close', () => {
    clearTimeout(timer)
    setTimeout(forget, LINGER_MS).unref()
  })
}

const TOO_LONG: Partial<Record<FailureStage, readonly [code: string, what: string]>> = {
  'upstream-dns': ['ETIMEOUT', 'no address for its name was found'],
  'upstream-connect': ['ETIMEDOUT', 'it did not take the connection'],
  'upstream-tls': ['ERR_TLS_HANDSHAKE_TIMEOUT', 'it did not finish the TLS handshake'],
}

function tookTooLong(stage: FailureStage, limit: number): Error {
  const [code, what] = TOO_LONG[stage] ?? ['ETIMEDOUT', 'it was silent']
  return Object.assign(new Error(`${what} within ${limit / 1000} s`), { code })
}

/** What is being waited for on the way to this server (`name:port`); null when nothing is. */
export function waitingFor(server: string): FailureStage | null {
  const way = ways.get(server)
  return way && !way.error ? way.stage : null
}

/** The words of what just ended the last attempt to reach this server, if it has this code. */
export function wordsOfEnd(server: string, code: string): string | undefined {
  const error = ways.get(server)?.error
  return error?.code === code ? error.message : undefined
}
