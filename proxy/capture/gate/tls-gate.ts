// The gate at mockttp's TLS server: whoever is not to be decrypted is passed on before a handshake with us begins.
//
// mockttp has lists of its own for that (`tlsPassthrough`, `tlsInterceptOnly`), fixed when it starts and each without the other.
// All TLS comes to its TLS server by one event, whatever way it came; what passes here does not get there.
import type { EventEmitter } from 'node:events'
import type net from 'node:net'
import { LastTunnelAddress } from 'mockttp/dist/util/socket-extensions'
import { getDestination } from 'mockttp/dist/util/url'
import { calculateJa4, getExtensionData, readTlsClientHello } from 'read-tls-client-hello'
import type { ClientTls } from '../../../shared/exchange.ts'
import { endOf, type RemoteEnd } from '../client-tls.ts'
import { upstreamFailure } from '../failure.ts'
import type { Target } from '../upstream/connect-to.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { joinStreams } from '../ways/raw-tunnels.ts'
import { type Gate, type Verdict, whoIsMeant } from './gate.ts'

/** A connection that goes past us. */
export interface PassingTls {
  readonly verdict: Exclude<Verdict, 'decrypt'>
  readonly end: RemoteEnd
  /** Who was meant: a name wherever one was said. */
  readonly host: string
  readonly target: Target
  /** ms since the epoch. */
  readonly startedAt: number
  readonly tls: ClientTls
}

/** The same when it has ended. */
export interface PassedTls extends PassingTls {
  readonly bytes: { readonly sent: number; readonly received: number }
  /** Why the server was not reached; null when it was. */
  readonly failure: ReturnType<typeof upstreamFailure> | null
}

export interface TlsGateOptions {
  readonly gate: Gate
  readonly upstream: Pick<Upstream, 'dial' | 'ledHere'>
  /** Who comes without a tunnel gave no credentials: it is left to mockttp, where the door turns it away. */
  readonly asksForCredentials: boolean
  readonly onPassing: (passing: PassingTls) => void
  readonly onPassed: (passed: PassedTls) => void
}

/** Of TLS straight to our port, whose port elsewhere nothing tells. */
const HTTPS_PORT = 443

/** @param sockets the socket server below mockttp */
export function gateTls(sockets: net.Server, options: TlsGateOptions): void {
  if (!options.gate.isSelective) return
  const server: EventEmitter = Reflect.get(sockets, '_tlsServer')
  const { emit } = server
  server.emit = (event: string, ...given: unknown[]) => {
    if (event !== 'connection') return Reflect.apply(emit, server, [event, ...given])
    const socket = given[0] as net.Socket
    decide(socket, options).then(
      (passing) => (passing === null ? Reflect.apply(emit, server, [event, ...given]) : pass(socket, passing, options)),
      // No hello that can be read: mockttp says what is wrong with it.
      () => Reflect.apply(emit, server, [event, ...given]),
    )
    return true
  }
}

/** Null: it is decrypted. */
async function decide(
  socket: net.Socket,
  { gate, upstream, asksForCredentials }: TlsGateOptions,
): Promise<PassingTls | null> {
  const [startedAt, end, tunnel] = [Date.now(), endOf(socket), socket[LastTunnelAddress]]
  if (!tunnel && asksForCredentials) return null
  const hello = await readTlsClientHello(socket)
  const sni = getExtensionData(hello, 'sni')?.serverName
  const asked = tunnel ? getDestination('https', tunnel) : null
  const host = whoIsMeant(asked?.hostname ?? null, sni)
  if (host === null) return null
  const verdict = gate.verdict(end.remoteIpAddress ?? '', host)
  if (verdict === 'decrypt') return null
  const target = { host: asked?.hostname ?? host, port: asked?.port ?? HTTPS_PORT }
  if (!asked) upstream.ledHere(target)
  const tls = { ...(sni ? { sni } : {}), ja4: calculateJa4(hello) }
  return { verdict, end, startedAt, tls, host, target }
}

function pass(client: net.Socket, passing: PassingTls, { upstream, onPassing, onPassed }: TlsGateOptions): void {
  let failure: PassedTls['failure'] = null
  let [sent, received] = [0, 0]
  const failed = ({ code = 'UNKNOWN', message }: NodeJS.ErrnoException): void => {
    failure = upstreamFailure(code, message)
    client.destroy()
  }
  onPassing(passing)
  client.on('error', () => undefined)
  client.once('close', () => onPassed({ ...passing, failure, bytes: { sent, received } }))
  upstream.dial(passing.target).then((server) => {
    server.on('error', () => client.destroy())
    joinStreams(client, server)
    client.on('data', (chunk: Buffer) => {
      sent += chunk.byteLength
    })
    server.on('data', (chunk: Buffer) => {
      received += chunk.byteLength
    })
  }, failed)
}
