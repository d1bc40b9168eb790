// The one place that reaches below mockttp into node:net, node:tls and node:http, because it has no way to do these well:
// - its host rewriting changes the server name that is sent and verified; curl's --connect-to must not. Changing the address
//   in net.Socket.connect comes after tls.connect has settled the name, for HTTP/1.1 and HTTP/2 alike;
// - its `lookupOptions` know name servers, but neither which port is meant nor where we listen ourselves;
// - its `proxyConfig` speaks HTTP/1.1 only. Handing tls.connect a socket comes before ALPN, so both are spoken as without.
//
// What it connects is known by its `lookup` function, which mockttp passes on unchanged; all other connections of this
// process (validation forwarders, DNS, the way to the proxy itself) are left alone.
import http from 'node:http'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { offeredByClient } from '../exactly/alpn.ts'
import type { Target } from './connect-to.ts'
import { later } from './later.ts'

/** How connections with this `lookup` are made. */
export interface Rules {
  /** Where to connect instead; null: as asked. `name` is who is asked for, where that is known. */
  readonly redirect: (asked: Target, name: string | undefined) => Target | null
  readonly lookup: (target: Target) => net.LookupFunction
  /** Why nobody is led there; null: anybody may be. */
  readonly refusal: (target: Target) => Error | null
  /** By way of another proxy; null: directly. */
  readonly tunnel: ((target: Target) => Promise<net.Socket>) | null
}

const rulesBy = new WeakMap<object, Rules>()
let isPatched = false

/** Makes connections whose option `lookup` is this function follow the rules. */
export function obey(lookup: net.LookupFunction, rules: Rules): void {
  rulesBy.set(lookup, rules)
  if (!isPatched) patch()
}

/** What the patched functions read of the options they are given. */
interface Given {
  readonly host?: unknown
  readonly port?: unknown
  readonly servername?: unknown
  readonly lookup?: unknown
  readonly socket?: unknown
}

interface Bound {
  readonly rules: Rules
  readonly asked: Target
  readonly target: Target
}

/** Null: not a connection to a server, or none by host and port. */
function bound({ host, port, servername, lookup }: Given): Bound | null {
  const rules = typeof lookup === 'function' ? rulesBy.get(lookup) : undefined
  if (!rules || typeof host !== 'string' || port === undefined) return null
  const asked = { host, port: Number(port) }
  return {
    rules,
    asked,
    target: rules.redirect(asked, typeof servername === 'string' ? servername : undefined) ?? asked,
  }
}

function patch(): void {
  isPatched = true
  patchSocketConnect()
  patchTlsConnect()
  patchPlainHttp()
}

function patchSocketConnect(): void {
  const { connect } = net.Socket.prototype
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
    // `net.connect` hands over `[[options, callback]]`, `tls.connect` `[options, callback]`.
    const [first, ...rest] = given
    if (!Array.isArray(first)) return Reflect.apply(connect, this, [withAddress(this, first), ...rest])
    first[0] = withAddress(this, first[0])
    return Reflect.apply(connect, this, given)
  }
}

/** Paths and bare ports are left alone. */
function withAddress(socket: net.Socket, options: unknown): unknown {
  const found = typeof options === 'object' && options !== null ? bound(options) : null
  if (!found) return options
  const { rules, asked, target } = found
  if (target !== asked) pretend(socket, asked)
  const refusal = rules.refusal(target)
  // An address is connected to without a look-up, which is where a connection can be refused before it is made.
  if (refusal) return { ...(options as object), host: 'refused.invalid', lookup: failing(refusal) }
  // `family` was found out for the address that was asked for.
  const family = target === asked ? {} : { family: undefined }
  return { ...(options as object), ...target, ...family, lookup: rules.lookup(target) }
}

const failing =
  (error: Error): net.LookupFunction =>
  (_, __, done) =>
    done(error, '')

/** Node makes an HTTP/2 session's origin from the socket's other end, and http2-wrapper refuses any other origin. */
function pretend(socket: net.Socket, { host, port }: Target): void {
  Object.defineProperty(socket, 'remotePort', { value: port })
  if (net.isIP(host)) Object.defineProperty(socket, 'remoteAddress', { value: host })
}

function patchTlsConnect(): void {
  const { connect } = tls
  Reflect.set(tls, 'connect', (...given: unknown[]) => {
    const options = optionsOf(given)
    const found = bound(options)
    if (!found) return Reflect.apply(connect, tls, given)
    const { rules, asked, target } = found
    const settled = { ...options, ...spoken(asked.host, options), ...unnamed(options) }
    const callback = given.find((each) => typeof each === 'function')
    if (!rules.tunnel || options.socket) return Reflect.apply(connect, tls, [settled, callback])
    const tunnel = later(rules.tunnel(target))
    const socket: tls.TLSSocket = Reflect.apply(connect, tls, [{ ...settled, socket: tunnel }, callback])
    tunnel.once('error', (error) => socket.destroy(error))
    pretend(socket, asked)
    tellProgress(socket, tunnel)
    return socket
  })
}

/** How far it has come, as Node tells of a connection of its own: there is nothing to look up, and the tunnel takes its time. */
function tellProgress(socket: tls.TLSSocket, tunnel: Duplex): void {
  process.nextTick(() => socket.emit('lookup'))
  tunnel.once('open', () => socket.emit('connect'))
}

/** As Node reads `(options)`, `(port, options)` and `(port, host, options)`, each with a callback after it. */
function optionsOf(given: readonly unknown[]): Given & tls.ConnectionOptions {
  const scalars = given.filter((each) => typeof each === 'string' || typeof each === 'number')
  const objects = given.filter((each) => typeof each === 'object')
  const [port, host] = scalars
  return Object.assign({}, port === undefined ? {} : { port }, host === undefined ? {} : { host }, ...objects)
}

/** http2-wrapper takes an IPv6 address for another origin than it asked for, so these servers are spoken to over HTTP/1.1. */
function spoken(host: string, { ALPNProtocols }: tls.ConnectionOptions): tls.ConnectionOptions {
  const offered = ALPNProtocols ? (net.isIPv6(host) ? ['http/1.1'] : undefined) : offeredByClient()
  return offered ? { ALPNProtocols: [...offered] } : {}
}

/** mockttp takes an IPv6 address in brackets for a name: it is sent as none, and Node verifies the host instead. */
const unnamed = ({ servername }: tls.ConnectionOptions): tls.ConnectionOptions =>
  servername?.startsWith('[') ? { servername: '' } : {}

function patchPlainHttp(): void {
  const { createConnection } = http.Agent.prototype
  http.Agent.prototype.createConnection = function (this: http.Agent, ...given: Parameters<typeof createConnection>) {
    const [options, callback] = given
    const found = bound(options as Given)
    if (!found?.rules.tunnel) return Reflect.apply(createConnection, this, given)
    found.rules.tunnel(found.target).then(
      (socket) => callback?.(null, socket),
      (error: Error) => callback?.(error, undefined as never),
    )
    return undefined
  }
}
