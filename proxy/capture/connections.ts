// Connections that carried no exchange: mockttp's connection events as facts. Their places in the recording come later.
import { randomUUID } from 'node:crypto'
import type { ClientError, RawPassthroughDataEvent, RawPassthroughEvent, TlsHandshakeFailure } from 'mockttp'
import type { ClientTls, Connection } from '../../shared/exchange.ts'
import { urlPlace } from '../../shared/url-place.ts'
import { type BrokenHandshake, endOf, type RemoteEnd } from './client-tls.ts'
import { upstreamFailure } from './failure.ts'
import type { PassedTls } from './gate/tls-gate.ts'
import { handshakeTrouble } from './handshake.ts'
import type { Silence } from './silence.ts'
import type { TurnedAway } from './ways/admission.ts'

/** A connection before it has its place in the recording. */
export type Untold = Omit<Connection, 'sequence'>

/** What is known of a connection beside what mockttp says. */
export interface Behind {
  /** What the client asked for with CONNECT, `host:port`. */
  readonly target: string | undefined
  readonly broken: BrokenHandshake | undefined
  /** Name of the program, where we started it. */
  readonly process: string | undefined
}

/** A handshake that failed. The server name of its hello stands in for the target where there was no CONNECT. */
export function tlsFailureFact(event: TlsHandshakeFailure, { target, broken, process }: Behind): Untold {
  const { outcome, code, message } = handshakeTrouble(event.failureCause, broken)
  const { sniHostname, ja4Fingerprint } = event.tlsMetadata
  const tls = {
    ...(sniHostname ? { sni: sniHostname } : {}),
    ...(ja4Fingerprint ? { ja4: ja4Fingerprint } : {}),
    ...(broken?.offered && outcome === 'tls-failed' ? { offered: broken.offered } : {}),
  }
  return {
    ...connection(event.timingEvents.startTime, event, process),
    outcome,
    ...placeOf(target, sniHostname),
    tls,
    failure: { stage: 'client-tls', code, message },
  }
}

/** A tunnel that carried something other than HTTP and was passed on unread; `isTls`: inside a TLS that we ended. */
export function passedThroughFact(
  event: RawPassthroughEvent & { readonly tags?: readonly string[] },
  bytes: Connection['bytes'],
  tls: ClientTls | undefined,
  { process }: Pick<Behind, 'process'>,
): Untold {
  const { hostname, port } = event.destination
  const code = passthroughCode(event.tags ?? [])
  return {
    ...connection(event.timingEvents.startTime, event, process),
    outcome: tls ? 'not-http' : 'not-tls',
    host: hostname,
    port,
    ...(tls ? { tls } : {}),
    ...(bytes ? { bytes } : {}),
    ...(code === null || bytes?.received ? {} : { failure: upstreamFailure(code) }),
  }
}

const PASSTHROUGH_TAG = 'raw-passthrough-error:'

const passthroughCode = (tags: readonly string[]): string | null =>
  tags.find((tag) => tag.startsWith(PASSTHROUGH_TAG))?.slice(PASSTHROUGH_TAG.length) ?? null

/**
 * Noise: clients drop idle connections like this all the time (curl after HTTP/2), and what they dropped before they had asked
 * for anything is told as unused.
 */
const NOISE = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_EOF_STATE'])

/** A host that was let through for a client that would not have us read it. */
export const letThroughFact = (
  { end, host, target, startedAt, tls, bytes, failure }: PassedTls,
  process: string | undefined,
): Untold => ({
  ...connection(startedAt, end, process),
  outcome: 'passed-through',
  host,
  port: target.port,
  tls,
  bytes,
  ...(failure ? { failure } : {}),
})

/** Something that is not HTTP, or is broken HTTP, on a connection to us; null for noise. */
export function clientErrorFact(
  { errorCode, request, response }: ClientError,
  { target, process }: Pick<Behind, 'target' | 'process'>,
): Untold | null {
  if (errorCode === undefined || NOISE.has(errorCode) || response === 'aborted') return null
  // Node's own limit for a request that never began.
  if (errorCode === 'ERR_HTTP_REQUEST_TIMEOUT' && !request.method) return null
  const { destination } = request
  const place = placeOf(target, undefined)
  return {
    ...connection(request.timingEvents.startTime, request, process),
    outcome: 'not-http',
    host: place.host ?? destination?.hostname ?? null,
    port: place.port ?? destination?.port ?? null,
    failure: {
      stage: 'client-http',
      code: errorCode,
      message: `${HTTP_TROUBLE[errorCode] ?? 'the client sent what is not HTTP'}${beginningOf(request)}; it was answered ${response.statusCode}`,
    },
  }
}

const HTTP_TROUBLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'the headers of the request are larger than is read here',
  ERR_HTTP_REQUEST_TIMEOUT: 'the client did not send the whole of its request in time',
}

const beginningOf = ({ method, url }: ClientError['request']): string => {
  const words = [method, url && urlPlace(url)].filter(Boolean).join(' ')
  return words === '' ? '' : ` (it begins with ${words.slice(0, 80)})`
}

/** A client that asked for a tunnel, or agreed on TLS, and for nothing else. */
export function silenceFact(
  { end, target, tls, startedAt, code, message }: Silence,
  process: string | undefined,
): Untold {
  const isBroken = code === 'INCOMPLETE_HELLO'
  return {
    ...connection(startedAt, end, process),
    outcome: isBroken ? 'tls-failed' : 'unused',
    ...placeOf(target, tls?.sni),
    ...(tls ? { tls } : {}),
    failure: { stage: isBroken ? 'client-tls' : 'aborted', code, message },
  }
}

/** A client that gave no credentials, or the wrong ones. */
export const turnedAwayFact = ({ socket, target, code, message }: TurnedAway, process: string | undefined): Untold => ({
  ...connection(Date.now(), endOf(socket), process),
  outcome: 'turned-away',
  host: target?.host ?? null,
  port: target?.port ?? null,
  failure: { stage: 'client-http', code, message },
})

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

const connection = (startTime: number, end: RemoteEnd, process: string | undefined) =>
  ({
    kind: 'connection',
    state: 'complete',
    id: randomUUID(),
    startedAt: new Date(startTime).toISOString(),
    client: {
      address: end.remoteIpAddress ?? null,
      port: end.remotePort ?? null,
      ...(process ? { process } : {}),
    },
  }) as const

function placeOf(target: string | undefined, sni: string | undefined): { host: string | null; port: number | null } {
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(target ?? '') ?? []
  return host && port ? { host, port: Number(port) } : { host: sni ?? null, port: null }
}
