/**
 * One question to one name server: over UDP with EDNS, once more when nothing comes, over TCP when the answer was cut
 * (RFC 7766), without EDNS for a server that does not know it (RFC 6891 section 7). Answers are hostile until read.
 */
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import dnsPacket, { type Answer, type DecodedPacket, type Packet } from 'dns-packet'

export interface Server {
  readonly address: string
  readonly port: number
}

export interface Question {
  readonly name: string
  readonly type: 'TXT' | 'NS' | 'A' | 'AAAA'
}

export interface Reply {
  /** RFC 1035's and later words, or what kept an answer away: `TIMEOUT`, `MALFORMED`, a code of the system's. */
  readonly code: string
  readonly isAuthoritative: boolean
  readonly answers: readonly Answer[]
  readonly authorities: readonly Answer[]
  readonly additionals: readonly Answer[]
  /** ms until it came; null when none did. */
  readonly took: number | null
}

export interface AskOptions {
  readonly signal: AbortSignal
  /** Whether the server is to find the answer elsewhere; a resolver is asked so. */
  readonly isRecursive: boolean
  /** ms for each try. */
  readonly limit?: number
}

/** Never rejects; once `signal` aborts, the code is `ABORTED`. */
export async function ask(server: Server, question: Question, options: AskOptions): Promise<Reply> {
  const began = performance.now()
  const reply = await askOver(server, question, options)
  return 'flag_qr' in reply
    ? toReply(reply, Math.round((performance.now() - began) * 1000) / 1000)
    : { ...NO_REPLY, code: reply.code }
}

const LIMIT_MS = 2_000
/** What fits into an unfragmented packet nearly everywhere (DNS flag day 2020). */
const UDP_SIZE = 1_232

type Heard = DecodedPacket | { readonly code: string }

const NO_REPLY = { isAuthoritative: false, answers: [], authorities: [], additionals: [], took: null }

const toReply = (packet: DecodedPacket, took: number): Reply => ({
  code: codeOf(packet),
  isAuthoritative: packet.flag_aa,
  answers: packet.answers ?? [],
  authorities: packet.authorities ?? [],
  additionals: packet.additionals ?? [],
  took,
})

/** dns-packet says it in words, which its types do not know of. */
const codeOf = (packet: DecodedPacket): string => (packet as DecodedPacket & { readonly rcode: string }).rcode

async function askOver(server: Server, question: Question, options: AskOptions): Promise<Heard> {
  const query = toQuery(question, options, true)
  let heard = await overUdp(server, query, options)
  if ('code' in heard && heard.code === 'TIMEOUT') heard = await overUdp(server, query, options)
  if ('flag_qr' in heard && ['FORMERR', 'NOTIMP'].includes(codeOf(heard)))
    heard = await overUdp(server, toQuery(question, options, false), options)
  return 'flag_qr' in heard && heard.flag_tc ? overTcp(server, query, options) : heard
}

function toQuery({ name, type }: Question, { isRecursive }: AskOptions, hasEdns: boolean): Packet {
  const edns: Answer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: UDP_SIZE,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  }
  return {
    type: 'query',
    id: randomInt(1, 65_536),
    flags: isRecursive ? dnsPacket.RECURSION_DESIRED : 0,
    questions: [{ name, type }],
    additionals: hasEdns ? [edns] : [],
  }
}

function overUdp({ address, port }: Server, query: Packet, { signal, limit = LIMIT_MS }: AskOptions): Promise<Heard> {
  return bounded(signal, limit, (done) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    socket.on('error', (error: NodeJS.ErrnoException) => done({ code: error.code ?? 'UNKNOWN' }))
    // Connected, so that nothing from elsewhere is taken, and a port where nobody listens says so.
    socket.on('connect', () => socket.send(dnsPacket.encode(query)))
    socket.on('message', (bytes) => {
      const heard = readAnswer(bytes, query)
      if (heard) done(heard)
    })
    socket.connect(port, address)
    return () => socket.close()
  })
}

function overTcp({ address, port }: Server, query: Packet, { signal, limit = LIMIT_MS }: AskOptions): Promise<Heard> {
  return bounded(signal, limit, (done) => {
    const socket = connect({ host: address, port })
    let held = Buffer.alloc(0)
    socket.on('error', (error: NodeJS.ErrnoException) => done({ code: error.code ?? 'UNKNOWN' }))
    socket.on('end', () => done({ code: 'ECONNRESET' }))
    socket.on('connect', () => socket.write(dnsPacket.streamEncode(query)))
    socket.on('data', (chunk: Buffer) => {
      // No longer than its two bytes of length can say.
      held = Buffer.concat([held, chunk])
      if (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0))
        done(readAnswer(held.subarray(2, 2 + held.readUInt16BE(0)), query) ?? MALFORMED)
    })
    return () => socket.destroy()
  })
}

const MALFORMED = { code: 'MALFORMED' }

/** `open` starts it and returns what ends it; that is called once, whatever happens first. */
function bounded(
  signal: AbortSignal,
  limit: number,
  open: (done: (heard: Heard) => void) => () => void,
): Promise<Heard> {
  if (signal.aborted) return Promise.resolve({ code: 'ABORTED' })
  return new Promise((resolve) => {
    let isDone = false
    const done = (heard: Heard): void => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      close()
      resolve(heard)
    }
    const onAbort = (): void => done({ code: 'ABORTED' })
    const timer = setTimeout(() => done({ code: 'TIMEOUT' }), limit)
    signal.addEventListener('abort', onAbort)
    const close = open(done)
  })
}

/** Bytes. No answer of ours is so long, and what a longer one can hold of pointers to pointers takes half a second to read. */
const MAX_MESSAGE = 16_384

/** Undefined for what answers another question: it is passed over, and the answer may still come. */
export function readAnswer(bytes: Buffer, query: Packet): Heard | undefined {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== query.id) return undefined
  if (bytes.length > MAX_MESSAGE) return MALFORMED
  try {
    const packet = dnsPacket.decode(bytes)
    return packet.flag_qr && isSameQuestion(packet, query) ? packet : undefined
  } catch {
    return MALFORMED
  }
}

/** A server that could not read the question may leave it out. */
function isSameQuestion({ questions: [said] = [] }: Packet, { questions: [asked] = [] }: Packet): boolean {
  return !said || (said.type === asked?.type && sameName(said.name, asked.name))
}

export const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b)

/** Lower case, without a final dot. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '')
