// Connections that carried no exchange: mockttp's connection events as facts.
import { randomUUID } from 'node:crypto'
import type { ClientError, RawPassthroughDataEvent, RawPassthroughEvent, TlsHandshakeFailure } from 'mockttp'
import type { ClientTls, Connection, ConnectionOutcome, Failure } from '../../shared/exchange.ts'

interface FactStart {
  readonly sequence: number
  readonly process?: string | undefined
}

type TlsCause = TlsHandshakeFailure['failureCause']

/** How clients say that they do not trust us differs: Go, Python and OpenSSL alert, GnuTLS closes, Node resets. */
const CAUSES: Readonly<Record<TlsCause, { outcome: ConnectionOutcome; message: string }>> = {
  'cert-rejected': refused('it said that it does not trust the certificate'),
  closed: refused('it closed the connection right after the handshake'),
  reset: refused('it reset the connection during the handshake'),
  'no-shared-cipher': failed('the client offers no cipher that we speak'),
  'handshake-timeout': failed('the client did not finish the handshake'),
  unknown: failed('the handshake failed'),
}

function refused(how: string): { outcome: ConnectionOutcome; message: string } {
  return { outcome: 'client-refused-certificate', message: `the client does not accept our certificate: ${how}` }
}

function failed(message: string): { outcome: ConnectionOutcome; message: string } {
  return { outcome: 'tls-failed', message }
}

/** `target`: what the client asked for with CONNECT, `host:port`; the server name of its hello stands in for it. */
export function tlsFailureFact(event: TlsHandshakeFailure, target: string | undefined, start: FactStart): Connection {
  const { outcome, message } = CAUSES[event.failureCause] ?? CAUSES.unknown
  const { tlsMetadata, remoteIpAddress = null, remotePort = null } = event
  const client = clientEnd(remoteIpAddress, remotePort, start)
  const failure: Failure = { stage: 'client-tls', code: event.failureCause, message }
  const place = placeOf(target, tlsMetadata.sniHostname)
  return {
    ...connection(event.timingEvents.startTime, start),
    client,
    outcome,
    ...place,
    tls: helloFacts(tlsMetadata),
    failure,
  }
}

/** A tunnel that carried something other than HTTP and was passed on unread. */
export function passedThroughFact(
  event: RawPassthroughEvent,
  bytes: Connection['bytes'],
  start: FactStart,
): Connection {
  return {
    ...connection(event.timingEvents.startTime, start),
    client: clientEnd(event.remoteIpAddress, event.remotePort, start),
    outcome: 'not-tls',
    host: event.destination.hostname,
    port: event.destination.port,
    ...(bytes ? { bytes } : {}),
  }
}

/** Noise: clients drop idle connections like this all the time (curl after HTTP/2). */
const NOISE = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_EOF_STATE'])

/** Something that is not HTTP, or is broken HTTP, on a connection to us; null for noise. */
export function clientErrorFact(
  { errorCode, request, response }: ClientError,
  start: () => FactStart,
): Connection | null {
  if (errorCode === undefined || NOISE.has(errorCode) || response === 'aborted') return null
  const begun = start()
  const what = request.method ? `${request.method} ${request.url ?? ''}` : 'no request'
  return {
    ...connection(request.timingEvents.startTime, begun),
    client: clientEnd(request.remoteIpAddress ?? null, request.remotePort ?? null, begun),
    outcome: 'not-tls',
    host: request.destination?.hostname ?? null,
    port: request.destination?.port ?? null,
    failure: {
      stage: 'aborted',
      code: errorCode,
      message: `the client sent what is not HTTP (${what}); it was answered ${response.statusCode}`,
    },
  }
}

/** Counts what passes through each tunnel until it closes. */
export function countTunnelBytes(): {
  readonly add: (event: RawPassthroughDataEvent) => void
  readonly take: (id: string) => { sent: number; received: number }
} {
  const counts = new Map<string, { sent: number; received: number }>()
  const of = (id: string) => counts.get(id) ?? { sent: 0, received: 0 }
  return {
    // mockttp names the direction from the client's side: `received` came from the client. We say what the client sent.
    add({ id, direction, content }) {
      const { sent, received } = of(id)
      const size = content.byteLength
      counts.set(id, direction === 'received' ? { sent: sent + size, received } : { sent, received: received + size })
    },
    take(id) {
      const bytes = of(id)
      counts.delete(id)
      return bytes
    },
  }
}

const connection = (startTime: number, { sequence }: FactStart) =>
  ({
    kind: 'connection',
    state: 'complete',
    id: randomUUID(),
    sequence,
    startedAt: new Date(startTime).toISOString(),
  }) as const

const clientEnd = (address: string | null, port: number | null, { process }: FactStart) => ({
  address,
  port,
  ...(process ? { process } : {}),
})

function placeOf(target: string | undefined, sni: string | undefined): { host: string | null; port: number | null } {
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(target ?? '') ?? []
  return host && port ? { host, port: Number(port) } : { host: sni ?? null, port: null }
}

const helloFacts = ({ sniHostname, ja4Fingerprint }: TlsHandshakeFailure['tlsMetadata']): ClientTls => ({
  ...(sniHostname ? { sni: sniHostname } : {}),
  ...(ja4Fingerprint ? { ja4: ja4Fingerprint } : {}),
})
