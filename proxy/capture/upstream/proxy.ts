// `--upstream-proxy URL`: another proxy between us and every server. Names are left to it, as it may know others than we do.
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Target } from './connect-to.ts'

export interface UpstreamProxy extends Target {
  readonly protocol: 'http' | 'https' | 'socks5'
  /** Null: it asks for none. */
  readonly credentials: { readonly user: string; readonly password: string } | null
}

const PROTOCOLS: Readonly<Record<string, readonly [UpstreamProxy['protocol'], number]>> = {
  'http:': ['http', 80],
  'https:': ['https', 443],
  'socks5:': ['socks5', 1080],
  'socks5h:': ['socks5', 1080],
}

/** RFC 9110 section 15.5.8; Tinyproxy says 401 of wrong credentials. */
const ABOUT_US: ReadonlySet<number> = new Set([407, 401])

/** ms a proxy may take for each step; past that the client is told rather than left waiting. */
const PATIENCE_MS = 20_000

/** `http://user:password@proxy.example:3128`, with http, https, socks5 or socks5h; null for anything else. */
export function parseUpstreamProxy(text: string): UpstreamProxy | null {
  const url = URL.canParse(text) ? new URL(text) : null
  const [protocol, usualPort] = PROTOCOLS[url?.protocol ?? ''] ?? []
  if (!url || !protocol || !usualPort || url.hostname === '' || !/^\/?$/.test(url.pathname)) return null
  return {
    protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || usualPort,
    credentials: credentialsOf(url),
  }
}

function credentialsOf({ username, password }: URL): UpstreamProxy['credentials'] {
  if (username === '' && password === '') return null
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
  } catch {
    return { user: username, password } // A percent sign that stands for itself.
  }
}

/** `host:port`, an IPv6 address in brackets. */
export const authorityOf = ({ host, port }: Target): string => `${net.isIPv6(host) ? `[${host}]` : host}:${port}`

/** How it is called to people: its URL without its credentials. */
export const proxyName = (proxy: UpstreamProxy): string => `${proxy.protocol}://${authorityOf(proxy)}`

/** What a proxy did not do; `code` says which of these. */
export type ProxyTrouble =
  | 'UPSTREAM_PROXY_UNREACHABLE'
  | 'UPSTREAM_PROXY_AUTH'
  | 'UPSTREAM_PROXY_REFUSED'
  | 'UPSTREAM_PROXY_TIMEOUT'

const trouble = (code: ProxyTrouble, proxy: UpstreamProxy, what: string): Error =>
  Object.assign(new Error(`the upstream proxy ${proxyName(proxy)} ${what}`), { code })

/** A connection to the target by way of the proxy. Rejects with a `ProxyTrouble` as its `code`, which never holds credentials. */
export const dialThrough = (proxy: UpstreamProxy, target: Target): Promise<net.Socket> =>
  proxy.protocol === 'socks5' ? bySocks(proxy, target) : byConnect(proxy, target)

function byConnect(proxy: UpstreamProxy, target: Target): Promise<net.Socket> {
  const authority = authorityOf(target)
  const { request } = proxy.protocol === 'https' ? https : http
  const asked = request({
    method: 'CONNECT',
    host: proxy.host,
    port: proxy.port,
    path: authority,
    agent: false,
    timeout: PATIENCE_MS,
    headers: { host: authority, ...authorization(proxy) },
  })
  return new Promise((resolve, reject) => {
    asked.once('connect', (response, socket: net.Socket, head) => {
      const status = response.statusCode ?? 0
      socket.setTimeout(0)
      if (status >= 200 && status < 300) {
        if (head.length > 0) socket.unshift(head)
        return resolve(socket)
      }
      socket.destroy()
      reject(refusal(proxy, authority, `${status} ${response.statusMessage ?? ''}`.trim(), ABOUT_US.has(status)))
    })
    asked.once('timeout', () => asked.destroy(tookTooLong(proxy)))
    asked.once('error', (error) => reject(isTold(error) ? error : unreachable(proxy, error.message)))
    asked.end()
  })
}

function authorization({ credentials }: UpstreamProxy): { readonly 'proxy-authorization'?: string } {
  if (!credentials) return {}
  const words = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')
  return { 'proxy-authorization': `Basic ${words}` }
}

async function bySocks(proxy: UpstreamProxy, target: Target): Promise<net.Socket> {
  const { SocksClient } = await import('socks')
  const { host, port, credentials } = proxy
  try {
    const { socket } = await SocksClient.createConnection({
      command: 'connect',
      destination: target,
      timeout: PATIENCE_MS,
      proxy: { host, port, type: 5, ...(credentials && { userId: credentials.user, password: credentials.password }) },
    })
    return socket
  } catch (error) {
    throw socksTrouble(proxy, target, error instanceof Error ? error.message : String(error))
  }
}

/** The words of the library `socks` are all it gives. */
function socksTrouble(proxy: UpstreamProxy, target: Target, words: string): Error {
  if (/timed out/i.test(words)) return tookTooLong(proxy)
  if (/authentication/i.test(words)) return refusal(proxy, authorityOf(target), words, true)
  const [, reason] = /rejected connection - (\w+)/.exec(words) ?? []
  return reason ? refusal(proxy, authorityOf(target), reason, false) : unreachable(proxy, words)
}

const tookTooLong = (proxy: UpstreamProxy): Error =>
  trouble('UPSTREAM_PROXY_TIMEOUT', proxy, `did not answer within ${PATIENCE_MS / 1000} s`)

const unreachable = (proxy: UpstreamProxy, why: string): Error =>
  trouble('UPSTREAM_PROXY_UNREACHABLE', proxy, `could not be used: ${why}`)

function refusal(proxy: UpstreamProxy, authority: string, answer: string, isAboutUs: boolean): Error {
  if (!isAboutUs) return trouble('UPSTREAM_PROXY_REFUSED', proxy, `does not connect to ${authority}: ${answer}`)
  const ask = proxy.credentials ? 'does not accept the credentials it was given' : 'asks for credentials'
  return trouble('UPSTREAM_PROXY_AUTH', proxy, `${ask}: ${answer}`)
}

const isTold = (error: Error & { code?: string }): boolean => error.code?.startsWith('UPSTREAM_PROXY_') ?? false
