// Clients that ask for a tunnel, or agree on TLS, and then for nothing: told once they leave, or when they were silent for
// long. A connection on which nothing at all was said is nobody's business (health checks, port scanners) and is not told.
import type net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import type { ClientTls } from '../../shared/exchange.ts'
import { endOf, keyOfEnd, onTunnel, type RemoteEnd } from './client-tls.ts'

export interface Silence {
  readonly end: RemoteEnd
  /** `host:port` of the CONNECT. */
  readonly target: string | undefined
  readonly tls: ClientTls | undefined
  /** ms since the epoch. */
  readonly startedAt: number
  readonly code: 'NOTHING_SENT' | 'NOTHING_ASKED' | 'INCOMPLETE_HELLO'
  readonly message: string
}

export interface SilenceWatch {
  /** Something came of this connection, or was told of it: it is silent no more. */
  readonly heard: (end: RemoteEnd) => void
  /** Tells of those that are silent still, when mockttp has had its time to tell of them. */
  readonly stop: () => Promise<void>
}

export interface SilenceOptions {
  /** ms after which an open connection is told of. */
  readonly limit: number
  readonly tls: (end: RemoteEnd) => ClientTls | undefined
  readonly tell: (silence: Silence) => void
}

/** Longer than a client takes to go on; shorter than Node's own limit for the head of a request, of 60 s. */
export const SILENCE_LIMIT_MS = 30_000
/** mockttp tells of what happened on a connection some turns after it closed. */
const LAST_WORD_MS = 150

interface Silent {
  readonly end: RemoteEnd
  readonly target: string | undefined
  readonly startedAt: number
  readonly socket: net.Socket
  /** Bytes of the client up to its CONNECT. */
  readonly before: number
  readonly timer: NodeJS.Timeout
}

export function watchSilence(server: net.Server, { limit, tls, tell }: SilenceOptions): SilenceWatch {
  const silent = new Map<string, Silent>()
  const take = (key: string, each: Silent, how: string): void => {
    if (silent.get(key) !== each) return
    clearTimeout(each.timer)
    silent.delete(key)
    const { end, target, startedAt } = each
    const agreed = tls(end)
    tell({ end, target, startedAt, tls: agreed, ...wordsOf(each, agreed !== undefined, how) })
  }
  const watch = (socket: net.Socket, target: string | undefined): void => {
    const end = endOf(socket)
    const key = keyOfEnd(end)
    if (key === undefined || silent.has(key)) return
    const startedAt = Date.now()
    const timer = setTimeout(() => take(key, each, `within ${limit / 1000} s`), limit).unref()
    const each: Silent = { end, target, startedAt, socket, before: socket.bytesRead, timer }
    silent.set(key, each)
    socket.once('close', () => void setTimeout(() => take(key, each, 'before it left'), LAST_WORD_MS).unref())
  }
  onTunnel(server, watch)
  server.prependListener('secureConnection', (socket: TLSSocket) => watch(socket, undefined))
  return {
    heard(end) {
      const key = keyOfEnd(end) ?? ''
      clearTimeout(silent.get(key)?.timer)
      silent.delete(key)
    },
    stop: async () => {
      if (silent.size > 0) await sleep(LAST_WORD_MS)
      for (const [key, each] of silent) take(key, each, 'before the recording ended')
    },
  }
}

function wordsOf({ socket, before }: Silent, isAgreed: boolean, how: string): Pick<Silence, 'code' | 'message'> {
  if (isAgreed) return { code: 'NOTHING_ASKED', message: `the client agreed on TLS and sent no request ${how}` }
  if (socket.bytesRead > before)
    return { code: 'INCOMPLETE_HELLO', message: `the client began and did not finish its first message ${how}` }
  return { code: 'NOTHING_SENT', message: `the client asked for a tunnel and sent nothing through it ${how}` }
}
