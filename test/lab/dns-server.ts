/** The lab's DNS: authoritative for every name there is, over UDP and TCP; what it answers can be changed while it runs. */
import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import dnsPacket, { type Answer, type Packet, type Question } from 'dns-packet'
import { freePorts } from './ports.ts'

/** How a server may treat a question; what a CNAME or a zone of other servers leads to. */
export type Behaviour =
  | 'SERVFAIL'
  | 'NXDOMAIN'
  | 'REFUSED'
  | 'silent'
  /** Only over TCP. */
  | 'truncated'
  | 'garbage'
  | { readonly cname: string }
  /** `zone` is served by `ns1.zone`. */
  | { readonly zone: string }

/** A running DNS server; names are compared without case and without a final dot. */
export interface DnsServer {
  readonly port: number
  /** `127.0.0.1:PORT`, as Pebble and lego want it. */
  readonly address: string
  addTxt(name: string, value: string): void
  removeTxt(name: string, value: string): void
  /** From now on a name is answered so, whatever is asked of it; null: as it was. */
  behave(name: string, as: Behaviour | null): void
  /** How often a name was asked for its TXT records. */
  asked(name: string): number
  /** The values served at a name now. */
  txt(name: string): readonly string[]
  stop(): Promise<void>
}

/**
 * Starts it on 127.0.0.1, one port for both transports. `zones` are the names that have an SOA of their own; `broken` are
 * those whose servers are in trouble; `address` is every name's.
 */
export async function startDnsServer(
  zones: readonly string[],
  broken: readonly string[] = [],
  address = '127.0.0.1',
): Promise<DnsServer> {
  const records = new Map<string, string[]>()
  const behaviours = new Map<string, Behaviour>(broken.map((name) => [normalise(name), 'SERVFAIL']))
  const asked = new Map<string, number>()
  const reply: Reply = (query, transport) => answer(query, transport, { zones, records, behaviours, asked, address })
  const { port, stop } = await listen(reply)
  return {
    port,
    address: `127.0.0.1:${port}`,
    txt: (name) => records.get(normalise(name)) ?? [],
    addTxt: (name, value) => {
      records.set(normalise(name), [...(records.get(normalise(name)) ?? []), value])
    },
    removeTxt: (name, value) => {
      const left = [...(records.get(normalise(name)) ?? [])]
      const index = left.indexOf(value)
      if (index >= 0) left.splice(index, 1)
      records.set(normalise(name), left)
    },
    behave: (name, as) => {
      if (as === null) behaviours.delete(normalise(name))
      else behaviours.set(normalise(name), as)
    },
    asked: (name) => asked.get(normalise(name)) ?? 0,
    stop,
  }
}

type Transport = 'udp' | 'tcp'
type Reply = (query: Buffer, transport: Transport) => Packet | Buffer | undefined

const normalise = (name: string) => name.toLowerCase().replace(/\.$/, '')

interface Served {
  readonly zones: readonly string[]
  readonly records: ReadonlyMap<string, readonly string[]>
  readonly behaviours: ReadonlyMap<string, Behaviour>
  readonly asked: Map<string, number>
  readonly address: string
}

/** RFC 1035, section 4.1.1. */
const rcodes: Readonly<Record<string, number>> = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }

function answer(query: Buffer, transport: Transport, served: Served): Packet | Buffer | undefined {
  const { zones, behaviours, asked } = served
  const packet = readQuery(query)
  const question = packet?.questions?.[0]
  if (packet === undefined || question === undefined) return undefined
  const key = normalise(question.name)
  if (question.type === 'TXT') asked.set(key, (asked.get(key) ?? 0) + 1)
  const behaviour = behaviours.get(key)
  if (behaviour === 'silent') return undefined
  // Its id and that it is an answer, and then nothing that holds together.
  if (behaviour === 'garbage')
    return Buffer.concat([query.subarray(0, 2), Buffer.from([0x84, 0]), Buffer.alloc(9, 0xff)])
  const isCut = behaviour === 'truncated' && transport === 'udp'
  const rcode = typeof behaviour === 'string' ? (rcodes[behaviour] ?? 0) : 0
  const answers = rcode > 0 || isCut ? [] : answersTo(question, served)
  const recursion = (packet.flags ?? 0) & dnsPacket.RECURSION_DESIRED
  const shared = { type: 'response' as const, id: packet.id ?? 0, questions: [question] }
  if (typeof behaviour === 'object' && 'zone' in behaviour) {
    const { zone } = behaviour
    return { ...shared, flags: recursion, authorities: [{ name: zone, type: 'NS', ttl: 60, data: `ns1.${zone}` }] }
  }
  return {
    ...shared,
    flags: dnsPacket.AUTHORITATIVE_ANSWER | recursion | rcode | (isCut ? dnsPacket.TRUNCATED_RESPONSE : 0),
    answers,
    // A name without data says so with its zone's SOA (RFC 2308, section 2.2); clients find the zone by it.
    authorities: answers.length === 0 ? soa(zoneOf(key, zones)) : [],
  }
}

function readQuery(query: Buffer): Packet | undefined {
  try {
    return dnsPacket.decode(query)
  } catch {
    return undefined
  }
}

function answersTo({ name, type }: Question, { zones, records, behaviours, address }: Served): Answer[] {
  const key = normalise(name)
  const behaviour = behaviours.get(key)
  if (typeof behaviour === 'object' && 'cname' in behaviour)
    return [{ name, type: 'CNAME', ttl: 0, data: behaviour.cname }]
  if (type === 'A') return [{ name, type, ttl: 0, data: address }]
  if (type === 'TXT')
    return (records.get(key) ?? []).map((value) => ({ name, type: 'TXT', ttl: 0, data: strings(value) }))
  if (!zones.includes(key)) return []
  if (type === 'SOA') return soa(key)
  if (type === 'NS') return nameServers.map((each) => ({ name, type, ttl: 60, data: `${each}.${key}` }))
  return []
}

/** A TXT string holds 255 bytes; a longer value is several strings (RFC 1035, section 3.3.14). */
function strings(value: string): Buffer[] {
  const bytes = Buffer.from(value)
  const parts = Array.from({ length: Math.max(1, Math.ceil(bytes.length / 255)) }, (_, index) =>
    bytes.subarray(index * 255, (index + 1) * 255),
  )
  return parts
}

/** Each zone has two, which `--connect-to` may lead to two servers of the lab. */
const nameServers = ['ns1', 'ns2']

function zoneOf(name: string, zones: readonly string[]): string {
  return zones.find((zone) => name === zone || name.endsWith(`.${zone}`)) ?? name.split('.').slice(-1).join('.')
}

function soa(zone: string): Answer[] {
  const data = {
    mname: `ns1.${zone}`,
    rname: `hostmaster.${zone}`,
    serial: 1,
    refresh: 60,
    retry: 60,
    expire: 60,
    minimum: 0,
  }
  return [{ name: zone, type: 'SOA', ttl: 60, data }]
}

/** UDP and TCP must share a port; the pair is tried anew when somebody took one in between. */
async function listen(reply: Reply, attempts = 5): Promise<{ port: number; stop: () => Promise<void> }> {
  const [port = 0] = await freePorts(1)
  try {
    const stopUdp = await listenUdp(port, reply)
    try {
      const stopTcp = await listenTcp(port, reply)
      return { port, stop: async () => void (await Promise.all([stopUdp(), stopTcp()])) }
    } catch (error) {
      await stopUdp()
      throw error
    }
  } catch (error) {
    if (attempts <= 1) throw error
    return listen(reply, attempts - 1)
  }
}

function listenUdp(port: number, reply: Reply): Promise<() => Promise<void>> {
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    const packet = reply(message, 'udp')
    if (packet === undefined) return
    socket.send(Buffer.isBuffer(packet) ? packet : dnsPacket.encode(packet), peer.port, peer.address)
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, '127.0.0.1', () => resolve(() => new Promise((done) => socket.close(() => done()))))
  })
}

function listenTcp(port: number, reply: Reply): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    readFramed(socket, reply)
  })
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(stop))
  })
}

/** Over TCP each message has its length before it (RFC 1035, section 4.2.2). */
function readFramed(socket: Socket, reply: Reply): void {
  let buffered = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk])
    while (buffered.length >= 2 && buffered.length >= 2 + buffered.readUInt16BE(0)) {
      const end = 2 + buffered.readUInt16BE(0)
      const packet = reply(buffered.subarray(2, end), 'tcp')
      buffered = buffered.subarray(end)
      if (packet !== undefined && !Buffer.isBuffer(packet)) socket.write(dnsPacket.streamEncode(packet))
    }
  })
}
