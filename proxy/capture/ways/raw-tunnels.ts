// Bytes that are passed on unread. mockttp connects these tunnels by itself, past every option of its own (docs/mockttp.md):
// here they go by our rules, and its events tell of them as before.
import { randomUUID } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import type net from 'node:net'
import type { MockttpServer } from 'mockttp/dist/server/mockttp-server'
import { LastHopEncrypted, TlsMetadata } from 'mockttp/dist/util/socket-extensions'
import { buildRawSocketEventData, buildTlsSocketEventData } from 'mockttp/dist/util/socket-util'
import type { Upstream } from '../upstream/upstream.ts'

/** `tls`: known for TLS, and not decrypted. `raw`: anything else. */
type Kind = 'raw' | 'tls'

/** mockttp's event, whose tags grow by what went wrong (`raw-passthrough-error:ECONNREFUSED`). */
type TunnelEvent = ReturnType<typeof buildRawSocketEventData> & { readonly id: string; readonly tags: string[] }

type Tell = (what: 'opened' | 'data' | 'closed', event: object) => void

/** Before `proxy` starts: what it would pass on unread is passed on by way of `upstream`. */
export function tunnelBy(proxy: MockttpServer, upstream: Pick<Upstream, 'dial' | 'dialTls'>): void {
  Reflect.set(proxy, 'passthroughSocket', (kind: Kind, client: net.Socket, hostname: string, port = 443) => {
    if (client.closed) return
    const emitter: EventEmitter = Reflect.get(proxy, 'eventEmitter')
    const tell: Tell = (what, event) => void setImmediate(() => emitter.emit(`${kind}-passthrough-${what}`, event))
    const event = eventOf(kind, client, hostname, port)
    tell('opened', event)
    client.once('close', () =>
      tell('closed', { ...event, timingEvents: { ...event.timingEvents, disconnectTimestamp: performance.now() } }),
    )
    const failed = ({ code = 'UNKNOWN' }: NodeJS.ErrnoException) => {
      event.tags.push(`${kind}-passthrough-error:${code}`)
      client.destroy()
    }
    client.on('error', failed)
    connect(upstream, kind, client, { host: hostname, port }).then((server) => {
      server.on('error', failed)
      joinStreams(client, server)
      if (kind === 'raw') tellData(client, server, event.id, tell)
    }, failed)
  })
}

function eventOf(kind: Kind, client: net.Socket, hostname: string, port: number): TunnelEvent {
  const known = kind === 'raw' ? buildRawSocketEventData(client) : buildTlsSocketEventData(client as never)
  return Object.assign(known, { id: randomUUID(), hostname, destination: { hostname, port } }) as TunnelEvent
}

/** What came to us in TLS, and holds no HTTP, goes on in TLS. */
function connect(
  { dial, dialTls }: Pick<Upstream, 'dial' | 'dialTls'>,
  kind: Kind,
  client: net.Socket,
  target: { readonly host: string; readonly port: number },
): Promise<net.Socket> {
  if (kind === 'tls' || !client[LastHopEncrypted]) return dial(target)
  const { sniHostname, clientAlpn } = client[TlsMetadata] ?? {}
  return dialTls(target, {
    ...(sniHostname && { servername: sniHostname }),
    ...(clientAlpn && { ALPNProtocols: clientAlpn }),
  })
}

/** Each takes what the other gives. Who has said all may listen on; who is gone takes the other along. */
export function joinStreams(client: net.Socket, server: net.Socket): void {
  if (client.destroyed) return void server.destroy()
  server.setNoDelay(true)
  client.allowHalfOpen = true
  server.allowHalfOpen = true
  client.pipe(server).pipe(client)
  client.once('close', () => endWith(client, server))
  server.once('close', () => endWith(server, client))
}

/** What one said to its end reaches the other before that is closed. */
function endWith(gone: net.Socket, other: net.Socket): void {
  if (!gone.readableEnded || other.writableFinished) other.destroy()
  else other.once('finish', () => other.destroy())
}

/** The direction as mockttp says it, from the client's side: `received` came from the client. */
function tellData(client: net.Socket, server: net.Socket, id: string, tell: Tell): void {
  const by = (direction: 'received' | 'sent') => (content: Buffer) =>
    tell('data', { id, direction, content, eventTimestamp: performance.now() })
  client.on('data', by('received'))
  server.on('data', by('sent'))
}
