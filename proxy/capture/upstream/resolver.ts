// From the name of a server to its addresses. As the system says, or as the name servers of `--resolver` say.
//
// A client with no support for a proxy reaches us because its name for the CA is led to us. Where we share its machine, that
// override holds for us as well, and following it would end in a loop: for the names of such clients an address of our own is
// no answer, and the name servers are asked directly, past the hosts file.
import dns, { type LookupAddress } from 'node:dns'
import type net from 'node:net'
import { CachedDns } from 'mockttp/dist/util/dns'
import { isOwnAddress } from '../own-names.ts'
import type { Target } from './connect-to.ts'

export interface ResolverOptions {
  /** Name servers to ask for everything, `ADDR` or `ADDR:PORT`; none: the system decides. */
  readonly servers: readonly string[]
  /** Whether a connection there would reach this capture itself. */
  readonly isOwnPort: (address: string, port: number) => boolean
}

export interface Resolver {
  /** A client came to us under this name without a proxy: somebody leads the name here. */
  readonly ledHere: (target: Target) => void
  /** `port` null: not known yet. Rejects as `dns.lookup` does, or with the code `LEADS_BACK`. */
  readonly resolve: (host: string, port: number | null) => Promise<readonly LookupAddress[]>
}

/** ms; mockttp's own figure, for the system's look-ups. */
const KEPT_MS = 10_000
/** Names led to us that are remembered; the one longest unseen is forgotten. */
const MOST_NAMES = 1_000
const QUERY = { timeout: 2_000, tries: 2 }

export function createResolver({ servers, isOwnPort }: ResolverOptions): Resolver {
  const system = new CachedDns(KEPT_MS)
  const led = new Set<string>()
  const isLed = (host: string, port: number | null): boolean =>
    port === null ? [...led].some((each) => each.startsWith(`${host}:`)) : led.has(`${host}:${port}`)

  async function resolve(name: string, port: number | null): Promise<readonly LookupAddress[]> {
    const host = name.toLowerCase()
    if (isLocalName(host)) return outward(host, port, LOOPBACK)
    if (servers.length > 0) return outward(host, port, await askServers(host, servers))
    if (!isLed(host, port)) return outward(host, port, await askSystem(system, host))
    const found = (await askSystem(system, host).catch(() => [])).filter(({ address }) => !isOwnAddress(address))
    if (found.length > 0) return found
    const direct = await askServers(host, []).catch((error: Error) => {
      throw leadsBack(host, port, `its name servers say: ${error.message}`)
    })
    return outward(host, port, direct)
  }

  /** What is left without the addresses that lead back to us. */
  function outward(host: string, port: number | null, found: readonly LookupAddress[]): readonly LookupAddress[] {
    const isBack = ({ address }: LookupAddress): boolean =>
      port !== null && (isLed(host, port) ? isOwnAddress(address) : isOwnPort(address, port))
    const rest = found.filter((each) => !isBack(each))
    if (rest.length > 0) return rest
    throw leadsBack(host, port, `it resolves to ${found.map(({ address }) => address).join(', ')}`)
  }

  return {
    ledHere({ host, port }) {
      const key = `${host.toLowerCase()}:${port}`
      led.delete(key)
      led.add(key)
      const [oldest] = led
      if (led.size > MOST_NAMES && oldest !== undefined) led.delete(oldest)
    },
    resolve,
  }
}

/** RFC 6761 section 6.3: nobody is to be asked. Of hosts files many have only one of the two. */
const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

const isLocalName = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost')

function leadsBack(host: string, port: number | null, why: string): Error {
  const cure = `give its address with --connect-to ${host}:${port ?? ''}:ADDRESS:${port ?? ''}, or a name server that knows it with --resolver ADDRESS`
  return Object.assign(new Error(`${host} leads back to acmescope itself (${why}); ${cure}`), { code: 'LEADS_BACK' })
}

const askSystem = (system: CachedDns, host: string): Promise<readonly LookupAddress[]> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, found: unknown) => (error ? reject(error) : resolve(found as LookupAddress[]))
    const lookup = system.lookup as typeof dns.lookup
    lookup(host, { all: true }, done)
  })

/** A and AAAA records, IPv4 first: nothing here can sort them by what this machine reaches, and Node tries one after another. */
async function askServers(host: string, servers: readonly string[]): Promise<readonly LookupAddress[]> {
  const resolver = new dns.promises.Resolver(QUERY)
  if (servers.length > 0) resolver.setServers(servers)
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found = [
    ...addressesOf(four).map((address) => ({ address, family: 4 })),
    ...addressesOf(six).map((address) => ({ address, family: 6 })),
  ]
  if (found.length > 0) return found
  throw notFound(host, resolver.getServers(), [four, six])
}

const addressesOf = (answer: PromiseSettledResult<string[]>): readonly string[] =>
  answer.status === 'fulfilled' ? answer.value : []

/** A name with no address at all says ENODATA twice; trouble with the name servers themselves counts more than that. */
function notFound(host: string, servers: readonly string[], answers: readonly PromiseSettledResult<unknown>[]): Error {
  const codes = answers.map((each) => (each.status === 'rejected' ? String(each.reason.code) : ''))
  const said = codes.find((code) => code !== '' && code !== 'ENODATA' && code !== 'ENOTFOUND') ?? 'ENOTFOUND'
  // That the name server refused the connection must not read as if the server itself had.
  const code = said === 'ECONNREFUSED' ? 'EAI_AGAIN' : said
  return Object.assign(new Error(`${host} has no address at ${servers.join(', ')} (${said})`), { code })
}

/** In the form in which node:net wants it; `found` are in the order in which they are to be tried. */
export function answerLookup(
  found: Promise<readonly LookupAddress[]>,
  options: dns.LookupOptions,
  done: Parameters<net.LookupFunction>[2],
): void {
  const family = Number(String(options.family ?? 0).replace('IPv', ''))
  found.then(
    (all) => {
      const fitting = all.filter((each) => family === 0 || each.family === family)
      const [first] = fitting
      if (options.all) done(null, fitting)
      else
        done(
          first ? null : Object.assign(new Error('no address of that family'), { code: 'ENOTFOUND' }),
          first?.address ?? '',
          first?.family,
        )
    },
    (error: NodeJS.ErrnoException) => done(error, ''),
  )
}
