// What is known of TLS between each client and us, kept by the client's port for as long as its connection lives.
import type net from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { TlsSocketMetadata } from 'mockttp'
import type { ClientTls } from '../../shared/exchange.ts'

export interface ClientConnections {
  readonly tls: (port: number | undefined) => ClientTls | undefined
  /** `host:port` of the last CONNECT from this client port. */
  readonly target: (port: number | undefined) => string | undefined
}

/** Watches the socket server below mockttp, whose events do not tell this for exchanges. */
export function watchClients(server: net.Server): ClientConnections {
  const tls = new Map<number, ClientTls>()
  const targets = new Map<number, string>()
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    const { remotePort } = socket
    if (remotePort === undefined) return
    tls.set(remotePort, clientTlsOf(socket))
    socket.once('close', () => tls.delete(remotePort))
  })
  server.prependListener('connect', (request: { url?: string }, socket: net.Socket) => {
    const { remotePort } = socket
    if (remotePort === undefined || !request.url) return
    targets.set(remotePort, request.url)
    socket.once('close', () => targets.delete(remotePort))
  })
  return {
    tls: (port) => (port === undefined ? undefined : tls.get(port)),
    target: (port) => (port === undefined ? undefined : targets.get(port)),
  }
}

function clientTlsOf(socket: TLSSocket): ClientTls {
  const version = socket.getProtocol()
  const { servername } = socket as { servername?: string | false }
  const ja4 = helloOf(socket)?.ja4Fingerprint
  return {
    ...(version ? { version } : {}),
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    ...(servername ? { sni: servername } : {}),
    ...(ja4 ? { ja4 } : {}),
  }
}

/** mockttp leaves what it read of the client's hello on the raw socket, under a symbol it does not export. */
function helloOf(socket: TLSSocket): TlsSocketMetadata | null {
  const raw: unknown = Reflect.get(socket, '_parent')
  for (const holder of [socket, raw]) {
    if (typeof holder !== 'object' || holder === null) continue
    const symbol = Object.getOwnPropertySymbols(holder).find((each) => each.description === 'tls-metadata')
    if (symbol) return Reflect.get(holder, symbol) as TlsSocketMetadata
  }
  return null
}
