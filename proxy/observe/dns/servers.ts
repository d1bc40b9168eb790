/**
 * Who is authoritative for a name. The resolver is asked for zones from the top down and never for the name itself or
 * what stands right above it: it would remember that there is nothing yet, and tell the client so when it looks.
 */
import { isIP } from 'node:net'
import type { Answer } from 'dns-packet'
import { type ConnectTo, redirected } from '../../capture/upstream/connect-to.ts'
import { type AskOptions, type ask, plainName, type Question, type Reply, type Server, sameName } from './ask.ts'

export interface NameServer extends Server {
  readonly name: string | null
}

/** A zone and who serves it. */
export interface Zone {
  readonly name: string
  readonly servers: readonly NameServer[]
}

export interface Network {
  /** Resolvers, asked one after the other until one answers. */
  readonly resolvers: readonly Server[]
  /** Rules for port 53 hold for name servers as well. */
  readonly connectTo: readonly ConnectTo[]
  readonly ask: typeof ask
}

const DNS_PORT = 53
/** Of one zone, and addresses of one server. */
const MOST_SERVERS = 16
const MOST_ADDRESSES = 4
const MOST_LABELS = 40

/** The zone, or the code of why it is not known. `hint` is the zone as whoever wrote the record calls it. */
export async function findZone(
  network: Network,
  name: string,
  hint: string | null,
  signal: AbortSignal,
): Promise<Zone | string> {
  let last = 'NXDOMAIN'
  for (const candidate of candidates(name, hint)) {
    const reply = await resolve(network, { name: candidate, type: 'NS' }, signal)
    const names = reply.answers.flatMap((each) =>
      each.type === 'NS' && sameName(each.name, candidate) ? plainName(each.data) : [],
    )
    if (names.length > 0) return toZone(network, candidate, names, [], signal)
    if (reply.took === null) return reply.code
    if (reply.code !== 'NOERROR') last = reply.code
  }
  return last
}

/** From two labels down to the parent of the name, as a registered domain has two or three; its servers refer to what is below. */
function candidates(name: string, hint: string | null): readonly string[] {
  const labels = name.split('.').slice(-MOST_LABELS)
  const above = labels.slice(1).map((_, at) => labels.slice(at + 1).join('.'))
  const zone = hint === null ? null : plainName(hint)
  const known = zone !== null && above.includes(zone) ? [zone] : []
  const [top = [], rest = []] = [above.slice(-1), above.slice(0, -1).reverse()]
  return [...new Set([...known, ...rest, ...top])]
}

/** `glue` are addresses that came with the names. */
export async function toZone(
  network: Network,
  name: string,
  names: readonly string[],
  glue: readonly Answer[],
  signal: AbortSignal,
): Promise<Zone> {
  const found = await Promise.all(names.slice(0, MOST_SERVERS).map((each) => addressesOf(network, each, glue, signal)))
  const all = new Map(found.flat().map((server) => [`${server.address} ${server.port}`, server]))
  return { name, servers: [...all.values()].slice(0, MOST_SERVERS * 2) }
}

async function addressesOf(
  network: Network,
  name: string,
  glue: readonly Answer[],
  signal: AbortSignal,
): Promise<readonly NameServer[]> {
  const { host, port } = led(network, name)
  if (isIP(host)) return [{ name, address: host, port }]
  const given = addressesIn(glue, host)
  const found = given.length > 0 ? given : await lookUp(network, host, signal)
  return found.map((address) => {
    const to = led(network, address, port)
    return { name, address: isIP(to.host) ? to.host : address, port: to.port }
  })
}

/** Only where the rule names the port: one that leads everything to a web server leads no name server there. */
const led = ({ connectTo }: Network, host: string, port = DNS_PORT): { readonly host: string; readonly port: number } =>
  redirected(
    connectTo.filter((rule) => rule.port === DNS_PORT),
    { host, port: DNS_PORT },
  ) ?? { host, port }

async function lookUp(network: Network, name: string, signal: AbortSignal): Promise<readonly string[]> {
  const types = ['A', 'AAAA'] as const
  const replies = await Promise.all(types.map((type) => resolve(network, { name, type }, signal)))
  return replies.flatMap(({ answers }) => allAddresses(answers).slice(0, MOST_ADDRESSES))
}

const allAddresses = (answers: readonly Answer[]): readonly string[] =>
  answers.flatMap((each) => (each.type === 'A' || each.type === 'AAAA' ? each.data : []))

const addressesIn = (answers: readonly Answer[], name: string): readonly string[] =>
  allAddresses(answers.filter((each) => sameName(each.name, name))).slice(0, MOST_ADDRESSES)

async function resolve(network: Network, question: Question, signal: AbortSignal): Promise<Reply> {
  const options: AskOptions = { signal, isRecursive: true }
  let reply: Reply | null = null
  for (const resolver of network.resolvers) {
    reply = await network.ask(resolver, question, options)
    if (reply.took !== null && reply.code !== 'SERVFAIL' && reply.code !== 'REFUSED') return reply
  }
  return (
    reply ?? { code: 'NO_RESOLVER', isAuthoritative: false, answers: [], authorities: [], additionals: [], took: null }
  )
}
