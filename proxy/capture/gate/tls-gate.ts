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
import type { Gate, Verdict } from './gate.ts'

/** A connection that went past us, when it has ended. */
export interface PassedTls {
  readonly verdict: Exclude<Verdict, 'decrypt'>
  readonly end: RemoteEnd
  /** Who was meant: a name wherever one was said. */
  readonly host: string
  readonly target: Target
  /** ms since the epoch. */
  readonly startedAt: number
  readonly tls: ClientTls
  readonly bytes: { readonly sent: number; readonly received: number }
  /** Why the server was not reached; null when it was. */
  readonly failure: ReturnType<typeof upstreamFailure> | null
}

export interface TlsGateOptions {
  readonly gate: Gate
  readonly upstream: Pick<Upstream, 'dial'>
  /** It begins to pass. */
  readonly heard: (end: RemoteEnd) => void
  readonly onPassed: (passed: PassedTls) => void
}

/** Of TLS straight to our port, whose port elsewhere nothing tells. */
const HTTPS_PORT = 443

/** @param sockets the socket server below mockttp */
export function gateTls(sockets: net.Server, { gate, upstream, heard, onPassed }: TlsGateOptions): void {
  if (!gate.isSelective) return
  const server: EventEmitter = Reflect.get(sockets, '_tlsServer')
  const { emit } = server
  server.emit = (event: string, ...given: unknown[]) => {
    if (event !== 'connection') return Reflect.apply(emit, server, [event, ...given])
    const socket = given[0] as net.Socket
    decide(socket, gate).then(
      (passing) => {
        if (passing === null) return Reflect.apply(emit, server, [event, ...given])
        heard(passing.end)
        pass(socket, passing, upstream, onPassed)
      },
      // No hello that can be read: mockttp says what is wrong with it.
      () => Reflect.apply(emit, server, [event, ...given]),
    )
    return true
  }
}

type Passing = Omit<PassedTls, 'bytes' | 'failure'>

/** Null: it is decrypted. The address it asked for counts; where that is only an address, the name its hello says. */
async function decide(socket: net.Socket, gate: Gate): Promise<Passing | null> {
  const [startedAt, end, tunnel] = [Date.now(), endOf(socket), socket[LastTunnelAddress]]
  const hello = await readTlsClientHello(socket)
  const sni = getExtensionData(hello, 'sni')?.serverName
  const asked = tunnel ? getDestination('https', tunnel) : null
  const host = asked && (!isAddress(asked.hostname) || !sni) ? asked.hostname : sni
  if (host === undefined) return null
  const verdict = gate.verdict(end.remoteIpAddress ?? '', host)
  if (verdict === 'decrypt') return null
  const target = { host: asked?.hostname ?? host, port: asked?.port ?? HTTPS_PORT }
  const tls = { ...(sni ? { sni } : {}), ja4: calculateJa4(hello) }
  return { verdict, end, startedAt, tls, host, target }
}

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host)

function pass(
  client: net.Socket,
  passing: Passing,
  { dial }: Pick<Upstream, 'dial'>,
  onPassed: (passed: PassedTls) => void,
): void {
  // Of an HTTP/2 stream that carries a tunnel nothing is counted.
  const read = (): number => client.bytesRead ?? 0
  const written = (): number => client.bytesWritten ?? 0
  const [before, sent] = [read() - client.readableLength, written()]
  let failure: PassedTls['failure'] = null
  const failed = ({ code = 'UNKNOWN', message }: NodeJS.ErrnoException): void => {
    failure = upstreamFailure(code, message)
    client.destroy()
  }
  client.on('error', () => undefined)
  client.once('close', () =>
    onPassed({ ...passing, failure, bytes: { sent: read() - before, received: written() - sent } }),
  )
  dial(passing.target).then((server) => {
    server.on('error', () => client.destroy())
    joinStreams(client, server)
  }, failed)
}
