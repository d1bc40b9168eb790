// What is known of TLS between us and each server. mockttp does not tell which connection carried an exchange, so this is
// kept by the server's name and port: what was agreed on when a connection to it was last made.
import tls from 'node:tls'
import type { FailureStage, UpstreamTls } from '../../../shared/exchange.ts'
import { waitingFor, watchWay, wordsOfEnd } from './upstream-way.ts'

/** Far more servers than any client of a CA speaks to; the one longest unseen is forgotten. */
const MAX_SERVERS = 1_000

const servers = new Map<string, UpstreamTls>()
let isWatching = false

/** Watches every TLS connection this process makes from now on; a second call changes nothing. */
export function watchUpstreamTls(): void {
  if (isWatching) return
  isWatching = true
  const { connect } = tls
  Reflect.set(tls, 'connect', (...given: Parameters<typeof connect>) => {
    const socket = Reflect.apply(connect, tls, given)
    const server = serverOf(given[0])
    if (server !== null) {
      watchWay(server, (given[0] as tls.ConnectionOptions).host, socket)
      socket.once('secureConnect', () => remember(server, socket))
    }
    return socket
  })
}

/** What was last agreed on with the server of this URL; undefined on plain HTTP and before the first connection. */
export function upstreamTlsOf(url: string): UpstreamTls | undefined {
  return servers.get(serverAt(url) ?? '')
}

/** What is being waited for on the way to the server of this URL, while a connection is being made. */
export const wayTo = (url: string): FailureStage | null => waitingFor(serverAt(url) ?? '')

/** The words of what just ended the last attempt to reach it, if it has this code. */
export const wordsOfEndAt = (url: string, code: string): string | undefined => wordsOfEnd(serverAt(url) ?? '', code)

function serverAt(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, port } = new URL(url)
  return protocol === 'https:' ? `${hostname.replace(/^\[|\]$/g, '')}:${port || 443}` : null
}

/** `servername` is the name that was asked for, also where `--connect-to` leads elsewhere; an address has none. */
function serverOf(options: unknown): string | null {
  if (typeof options !== 'object' || options === null) return null
  const { servername, host, port } = options as tls.ConnectionOptions
  const name = servername || host
  return name ? `${name.toLowerCase()}:${port ?? 443}` : null
}

function remember(server: string, socket: tls.TLSSocket): void {
  const version = socket.getProtocol()
  // Empty when a session was resumed: the certificate is that of the session's beginning.
  const certificate = certificateLine(socket.getPeerCertificate()) ?? servers.get(server)?.peerCertificate
  servers.delete(server)
  servers.set(server, { ...(version ? { version } : {}), ...(certificate ? { peerCertificate: certificate } : {}) })
  const [oldest] = servers.keys()
  if (servers.size > MAX_SERVERS && oldest !== undefined) servers.delete(oldest)
}

function certificateLine(certificate: tls.PeerCertificate): string | null {
  if (!certificate.fingerprint256) return null
  const { subject, issuer, valid_to, fingerprint256, subjectaltname } = certificate
  const name = subject?.CN ?? subjectaltname ?? ''
  return `${name}, issued by ${issuer?.CN ?? issuer?.O ?? 'unnamed'}, until ${valid_to}, SHA-256 ${fingerprint256}`
}
