// How connections to the servers are made: where they go (`--connect-to`) and whom they trust (`--upstream-ca`).
//
// The one place that reaches below mockttp, into node:net and node:tls, because mockttp has no way to do either well:
// - its host rewriting changes the server name that is sent and verified; curl's --connect-to must not. Changing the address
//   in net.Socket.connect comes after tls.connect has settled the name, for HTTP/1.1 and HTTP/2 alike;
// - its `additionalTrustedCAs` parses every root again for every connection (docs/mockttp.md). Here the parsed roots are
//   kept, one secure context per set of TLS options.
import { readFileSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { certificatesIn } from '../system-roots.ts'
import { type ConnectTo, redirected } from './connect-to.ts'

export interface UpstreamRules {
  readonly connectTo: readonly ConnectTo[]
  /** PEM certificates trusted beside Node's own roots. Verification itself is never off. */
  readonly trusted: readonly string[]
}

const active = new Set<UpstreamRules>()
let contexts = new Map<string, tls.SecureContext>()
let isPatched = false

/** Puts the rules in force for connections made by this process; the function returned takes them back. */
export function applyUpstreamRules(rules: UpstreamRules): () => void {
  if (rules.connectTo.length === 0 && rules.trusted.length === 0) return () => undefined
  if (!isPatched) patch()
  active.add(rules)
  contexts = new Map()
  return () => {
    active.delete(rules)
    contexts = new Map()
  }
}

function patch(): void {
  isPatched = true
  const { connect } = net.Socket.prototype
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
    return Reflect.apply(connect, this, redirect(this, given))
  }
  const { createSecureContext } = tls
  Reflect.set(tls, 'createSecureContext', (options: tls.SecureContextOptions = {}) => {
    const trusted = [...active].flatMap((rules) => rules.trusted)
    if (trusted.length === 0 || hasOwnIdentity(options)) return createSecureContext(options)
    return keptContext(options, (plain) => createSecureContext({ ...plain, ca: [...nodeRoots(), ...trusted] }))
  })
}

/** `net.connect` hands over `[[options, callback]]`, `tls.connect` `[options, callback]`. Paths and bare ports are left alone. */
function redirect(socket: net.Socket, given: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = given
  if (!Array.isArray(first)) return [withAddress(socket, first), ...rest]
  first[0] = withAddress(socket, first[0])
  return given
}

function withAddress(socket: net.Socket, options: unknown): unknown {
  if (typeof options !== 'object' || options === null || !('host' in options) || !('port' in options)) return options
  const { host } = options
  const port = Number(options.port)
  const rows = [...active].flatMap((rules) => rules.connectTo)
  const target = typeof host === 'string' ? redirected(rows, { host, port }) : null
  if (target === null) return options
  // Node makes an HTTP/2 session's origin from the socket's remote port, and http2-wrapper refuses any other origin.
  Object.defineProperty(socket, 'remotePort', { value: port })
  // `family` was found out for the address that was asked for.
  return { ...options, ...target, family: undefined }
}

/** A server of ours, or a client that brings its own certificate or roots. */
const hasOwnIdentity = (options: tls.SecureContextOptions): boolean =>
  [options.key, options.cert, options.pfx, options.ca].some((each) => each !== undefined)

const CONTEXT_OPTIONS = [
  'ciphers',
  'sigalgs',
  'ecdhCurve',
  'minVersion',
  'maxVersion',
  'secureOptions',
  'allowPartialTrustChain',
] as const

function keptContext(
  options: tls.SecureContextOptions,
  create: (plain: tls.SecureContextOptions) => tls.SecureContext,
): tls.SecureContext {
  const plain = Object.fromEntries(CONTEXT_OPTIONS.map((name) => [name, Reflect.get(options, name)]))
  const key = JSON.stringify(plain)
  const kept = contexts.get(key) ?? create(plain)
  contexts.set(key, kept)
  return kept
}

/** What Node trusts by itself: a list given to it replaces this, `NODE_EXTRA_CA_CERTS` included. */
function nodeRoots(): readonly string[] {
  const extra = process.env.NODE_EXTRA_CA_CERTS
  return extra ? [...tls.rootCertificates, ...certificatesIn(readQuietly(extra))] : tls.rootCertificates
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // Node itself only warns about it.
  }
}
