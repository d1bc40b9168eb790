// How connections to the servers are made: where they go (`--connect-to`), who says where that is (`--resolver`), by way of
// whom (`--upstream-proxy`), and whom they trust (`--upstream-ca`).
import { once } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import { getDnsLookupFunction } from 'mockttp/dist/rules/passthrough-handling'
import { type ConnectTo, redirected, type Target } from './connect-to.ts'
import { obey, type Rules } from './patches.ts'
import { dialThrough, type UpstreamProxy } from './proxy.ts'
import { answerLookup, createResolver, type Resolver } from './resolver.ts'
import { trustUpstream } from './roots.ts'

export interface UpstreamOptions {
  readonly connectTo: readonly ConnectTo[]
  /** PEM certificates trusted beside Node's own roots. */
  readonly trusted: readonly string[]
  /** `ADDR` or `ADDR:PORT`. */
  readonly resolvers?: readonly string[] | undefined
  readonly proxy?: UpstreamProxy | undefined
  /** Whether our own page is there: who reaches the proxy is not to reach it by that. */
  readonly isWindow: (address: string, port: number) => boolean
  /** Whether a connection there would come back to this capture. */
  readonly isOwnPort: (address: string, port: number) => boolean
}

export interface Upstream {
  /** mockttp's option of that name: what is passed on with it goes by these rules. */
  readonly lookupOptions: { readonly servers: string[] }
  /** A connection to that server, by the same rules, for bytes that are passed on unread. Rejects as connecting does. */
  readonly dial: (target: Target) => Promise<net.Socket>
  /** The same with TLS in it. */
  readonly dialTls: (target: Target, options: tls.ConnectionOptions) => Promise<tls.TLSSocket>
  /** A client came to us under this name without a proxy: somebody leads the name here. */
  readonly ledHere: (target: Target) => void
  readonly close: () => void
}

export function openUpstream(options: UpstreamOptions): Upstream {
  const { proxy } = options
  const { isWindow } = options
  const resolver = createResolver({
    servers: options.resolvers ?? [],
    isOwnPort: (address, port) => options.isOwnPort(address, port) || isWindow(address, port),
  })
  const rules: Rules = {
    redirect: (asked, name) => redirected(options.connectTo, { host: known(asked.host, name), port: asked.port }),
    lookup: (target) => (host, given, done) => answerLookup(resolver.resolve(host, target.port), given, done),
    refusal: ({ host, port }) => (isWindow(host, port) ? windowRefused(host, port) : null),
    tunnel: proxy ? (target) => dialThrough(proxy, target) : null,
  }
  const lookup = markedLookup((host) => {
    // Nobody here is to say where these are: the name stays as it is.
    const isElsewhere = proxy !== undefined || options.connectTo.some((row) => row.host === host.toLowerCase())
    return isElsewhere ? Promise.resolve([]) : resolver.resolve(host, null)
  })
  obey(lookup, rules)
  const untrust = trustUpstream(options.trusted)
  return {
    lookupOptions: lookupOptionsFor(lookup),
    ledHere: resolver.ledHere,
    close: untrust,
    async dial(asked) {
      if (rules.tunnel) return rules.tunnel(rules.redirect(asked, undefined) ?? asked)
      const socket = net.connect({ ...asked, lookup })
      await once(socket, 'connect')
      return socket
    },
    async dialTls(asked, tlsOptions) {
      const socket = tls.connect({ ...asked, ...tlsOptions, lookup })
      await once(socket, 'secureConnect')
      return socket
    },
  }
}

const windowRefused = (host: string, port: number): Error =>
  Object.assign(new Error(`${host}:${port} is acmescope’s own page, which nobody reaches by way of the proxy`), {
    code: 'LEADS_BACK',
  })

/** A client that resolved the name itself asks for an address; TLS still says who is meant. */
const known = (host: string, name: string | undefined): string => (name && net.isIP(host) ? name : host)

/**
 * The function by which connections are known. Connections that are known have it replaced; mockttp itself calls it to see
 * whether a name means the machine of the client, for clients on other machines.
 */
function markedLookup(resolve: (host: string) => ReturnType<Resolver['resolve']>): net.LookupFunction {
  return (host, options, done) => {
    if (typeof options === 'function') return answerLookup(resolve(host), {}, options)
    answerLookup(resolve(host), options, done)
  }
}

/** mockttp makes a look-up function of these options, once for each; the one it is to find is put there before. */
function lookupOptionsFor(lookup: net.LookupFunction): { readonly servers: string[] } {
  const options = { servers: [] }
  getDnsLookupFunction.cache.set(options, lookup)
  return options
}
