/** Asks the authoritative servers of one record until each serves it, and tells of each answer that is news. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DnsObservation } from '../../../shared/exchange.ts'
import { plainName, type Reply } from './ask.ts'
import { readReply, type Said } from './read-reply.ts'
import { findZone, type NameServer, type Network, toZone, type Zone } from './servers.ts'

export interface RecordToWatch {
  readonly name: string
  readonly value: string
  /** Id of the exchange that wrote it. */
  readonly writtenBy: string
  /** As whoever wrote it calls its zone. */
  readonly zone: string | null
}

export interface WatchOptions {
  readonly network: Network
  /** ms between two rounds. */
  readonly interval: number
  readonly signal: AbortSignal
  readonly onObservation: (observation: DnsObservation) => void
}

/** A name is only asked for when it is one (RFC 1035 section 2.3.4); what was written may be anything. */
const NAME = /^(?=.{1,253}$)(?:[\w-]{1,63}\.)+[\w-]{1,63}$/

/** Rounds, at the shortest interval as well as at a long one. */
const MOST_ROUNDS = 1_000
/** Told of one server, which may say something else each time. */
const MOST_TOLD = 50
/** CNAMEs and referrals, one after the other. */
const MOST_MOVES = 8

/** What is known of one server. */
interface Asked {
  told: number
  last: string
  isServing: boolean
}

interface Place {
  readonly name: string
  readonly zone: Zone
}

/** Resolves when all serve it, `signal` aborts, or there was enough of asking. */
export async function watchRecord(record: RecordToWatch, options: WatchOptions): Promise<void> {
  const { signal, interval } = options
  const asked = new Map<string, Asked>()
  const tell = teller(record, asked, options.onObservation)
  if (!NAME.test(record.name)) return
  let place: Place | null = null
  let moves = 0
  for (let round = 0; round < MOST_ROUNDS && !signal.aborted; round++) {
    place ??= await find(record.name, record.zone, options, tell)
    const moved: Moved | null = place && (await askAll(place, asked, record, options, tell))
    if (place && moved === null && isDone(place, asked)) return
    const next: Place | null = moved && moves++ < MOST_MOVES ? await follow(moved, options, tell) : null
    if (next) place = next
    else await sleep(interval, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

type Tell = (
  place: { readonly name: string; readonly zone: string | null },
  server: NameServer | null,
  reply: Told,
) => void
type Told = Pick<Reply, 'code' | 'took'> & { readonly values: readonly string[]; readonly at: Date }

async function find(
  name: string,
  hint: string | null,
  { network, signal }: WatchOptions,
  tell: Tell,
): Promise<Place | null> {
  const at = new Date()
  const zone = await findZone(network, name, hint, signal)
  if (typeof zone !== 'string' && zone.servers.length > 0) return { name, zone }
  const [known, code] = typeof zone === 'string' ? [null, zone] : [zone.name, 'NO_ADDRESS']
  if (!signal.aborted) tell({ name, zone: known }, null, { code, took: null, values: [], at })
  return null
}

type Moved = Exclude<Said, { kind: 'values' }> & { readonly from: Place; readonly glue: Reply['additionals'] }

/** Asks those that do not serve it yet. Where one of them says that it is elsewhere, that. */
async function askAll(
  place: Place,
  asked: Map<string, Asked>,
  { value }: RecordToWatch,
  { network, signal }: WatchOptions,
  tell: Tell,
): Promise<Moved | null> {
  const open = place.zone.servers.filter((server) => !asked.get(keyOf(server, place.name))?.isServing)
  const moved = await Promise.all(
    open.map(async (server): Promise<Moved | null> => {
      const at = new Date()
      const reply = await network.ask(server, { name: place.name, type: 'TXT' }, { signal, isRecursive: false })
      if (signal.aborted || isOutOfReach(reply, server, place)) return null
      const said = readReply(reply, place.name)
      if (said.kind !== 'values') return { ...said, from: place, glue: reply.additionals }
      tell({ name: place.name, zone: place.zone.name }, server, { ...reply, values: said.values, at })
      const known = asked.get(keyOf(server, place.name))
      if (known && said.values.includes(value)) known.isServing = true
      return null
    }),
  )
  return moved.find((each) => each !== null) ?? null
}

async function follow(moved: Moved, options: WatchOptions, tell: Tell): Promise<Place | null> {
  const { network, signal } = options
  if (moved.kind === 'alias') return NAME.test(moved.name) ? find(moved.name, null, options, tell) : null
  const zone = await toZone(
    network,
    moved.zone,
    moved.servers.filter((each) => NAME.test(each)),
    moved.glue,
    signal,
  )
  return zone.servers.length > 0 ? { name: moved.from.name, zone } : null
}

/** This machine has no IPv6, and the zone has servers that need none. */
const isOutOfReach = ({ code }: Reply, { address }: NameServer, { zone }: Place): boolean =>
  address.includes(':') &&
  ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(code) &&
  zone.servers.some((each) => !each.address.includes(':'))

/** Out of reach are those that were never told of. */
const isDone = ({ name, zone }: Place, asked: ReadonlyMap<string, Asked>): boolean =>
  zone.servers.every((server) => asked.get(keyOf(server, name))?.isServing ?? true) &&
  zone.servers.some((server) => asked.has(keyOf(server, name)))

const keyOf = ({ address, port }: NameServer, name: string): string => `${address} ${port} ${plainName(name)}`

const addressOf = ({ address, port }: NameServer): string =>
  port === 53 ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`

/** Tells what differs from the last answer of that server, so that waiting leaves no rows. */
function teller(
  { writtenBy }: RecordToWatch,
  asked: Map<string, Asked>,
  onObservation: WatchOptions['onObservation'],
): Tell {
  return ({ name, zone }, server, { code, took, values, at }) => {
    const key = server ? keyOf(server, name) : name
    const known = asked.get(key) ?? { told: 0, last: '', isServing: false }
    asked.set(key, known)
    const said = JSON.stringify([code, values.toSorted()])
    if (said === known.last || known.told >= MOST_TOLD) return
    known.last = said
    known.told++
    onObservation({
      kind: 'observation',
      id: randomUUID(),
      sequence: 0,
      startedAt: at.toISOString(),
      state: 'complete',
      client: { address: null, port: null },
      subject: 'dns',
      detail: {
        name,
        writtenBy,
        zone,
        server: server && { name: server.name, address: addressOf(server) },
        code,
        values,
        took,
      },
    })
  }
}
