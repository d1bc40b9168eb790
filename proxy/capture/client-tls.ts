// What is known of TLS between each client and us, and where it wanted to go, kept for as long as its connection lives and a
// little longer: mockttp tells of a failed handshake when the socket is closed already.
import type net from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { SocksTcpAddress } from 'mockttp/dist/server/socks-server'
import {
  InitialRemoteAddress,
  InitialRemotePort,
  TlsClientHello,
  TlsMetadata,
} from 'mockttp/dist/util/socket-extensions'
import type { ClientTls } from '../../shared/exchange.ts'
import { offeredIn } from './hello.ts'

/** The client's end of a connection, as mockttp's events name it. */
export interface RemoteEnd {
  readonly remoteIpAddress?: string | undefined
  readonly remotePort?: number | undefined
}

/** A handshake that failed. */
export interface BrokenHandshake {
  /** As Node names it (`ERR_SSL_UNSUPPORTED_PROTOCOL`); empty where it does not. */
  readonly code: string
  readonly offered: ClientTls['offered']
}

export interface ClientConnections {
  readonly tls: (end: RemoteEnd) => ClientTls | undefined
  /** `host:port` of the last tunnel that was asked for on this connection. */
  readonly target: (end: RemoteEnd) => string | undefined
  readonly broken: (end: RemoteEnd) => BrokenHandshake | undefined
}

/** Watches the socket server below mockttp, whose events do not tell this. */
export function watchClients(server: net.Server): ClientConnections {
  const tls = keptByEnd<ClientTls>()
  const targets = keptByEnd<string>()
  const broken = keptByEnd<BrokenHandshake>()
  server.prependListener('secureConnection', (socket: TLSSocket) => tls.keep(socket, clientTlsOf(socket)))
  onTunnel(server, (socket, target) => targets.keep(socket, target))
  server.prependListener('tlsClientError', (error: Error & { code?: string }, socket: TLSSocket) => {
    broken.keep(socket, { code: error.code ?? '', offered: offeredIn(markOf(socket, TlsClientHello)) })
  })
  return { tls: tls.get, target: targets.get, broken: broken.get }
}

/** Each tunnel that is asked for by CONNECT or SOCKS, as `host:port`. */
export function onTunnel(server: net.Server, listener: (socket: net.Socket, target: string) => void): void {
  server.prependListener('connect', ({ url }: { url?: string }, socket: net.Socket) => {
    if (url) listener(socket, url)
  })
  server.prependListener('socks-tcp-connect', (socket: net.Socket, address: SocksTcpAddress) => {
    const host = address.type === 'hostname' ? address.hostname : address.ip
    listener(socket, `${address.type === 'ipv6' ? `[${host}]` : host}:${address.port}`)
  })
}

/** One connection from another: many clients have the same port, each on its own address. Undefined: not known. */
export const keyOfEnd = ({ remoteIpAddress, remotePort }: RemoteEnd): string | undefined =>
  remotePort === undefined ? undefined : `${remoteIpAddress ?? ''} ${remotePort}`

/** The client's end, also of a socket that was reset: mockttp notes it when the handshake begins. */
export function endOf(socket: net.Socket): RemoteEnd {
  const parent: unknown = Reflect.get(socket, '_parent')
  const from = (name: 'remoteAddress' | 'remotePort', noted: symbol): unknown =>
    socket[name] ?? (parent && Reflect.get(parent, name)) ?? Reflect.get(socket, noted)
  return {
    remoteIpAddress: from('remoteAddress', InitialRemoteAddress) as string | undefined,
    remotePort: from('remotePort', InitialRemotePort) as number | undefined,
  }
}

const LINGER_MS = 1_000

function keptByEnd<T>() {
  const kept = new Map<string, { readonly value: T }>()
  return {
    keep(socket: net.Socket, value: T): void {
      const key = keyOfEnd(endOf(socket))
      if (key === undefined) return
      const entry = { value }
      const forget = () => void setTimeout(() => kept.get(key) === entry && kept.delete(key), LINGER_MS).unref()
      kept.set(key, entry)
      if (socket.destroyed) forget()
      else socket.once('close', forget)
    },
    get: (end: RemoteEnd): T | undefined => kept.get(keyOfEnd(end) ?? '')?.value,
  }
}

function clientTlsOf(socket: TLSSocket): ClientTls {
  const version = socket.getProtocol()
  const { servername } = socket as { servername?: string | false }
  const ja4 = markOf(socket, TlsMetadata)?.ja4Fingerprint
  return {
    ...(version ? { version } : {}),
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    ...(servername ? { sni: servername } : {}),
    ...(ja4 ? { ja4 } : {}),
  }
}

/** mockttp leaves what it read of the client's hello on the raw socket. */
function markOf<Mark extends typeof TlsMetadata | typeof TlsClientHello>(
  socket: TLSSocket,
  mark: Mark,
): net.Socket[Mark] | undefined {
  const parent: net.Socket | undefined = Reflect.get(socket, '_parent')
  return socket[mark] ?? parent?.[mark]
}
