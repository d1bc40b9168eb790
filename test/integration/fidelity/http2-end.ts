/** One end of an HTTP/2 connection, frame by frame (RFC 9113), so that nothing is hidden or put right on the way. */
import hpack from 'hpack.js'
import type { End } from './wire.ts'

export type Fields = readonly (readonly [name: string, value: string])[]

/** What came on one stream, in order. */
export type Arrival =
  | { readonly kind: 'headers'; readonly fields: Fields; readonly never: readonly string[]; readonly isEnd: boolean }
  | { readonly kind: 'data'; readonly bytes: string; readonly isEnd: boolean }
  | { readonly kind: 'reset'; readonly code: number }

export interface Http2End {
  readonly end: End
  /** What came on this stream once it fits; rejects with what came instead, as `End.until` does. */
  until(stream: number, fits: (arrivals: readonly Arrival[]) => boolean): Promise<readonly Arrival[]>
  arrivals(stream: number): readonly Arrival[]
  /** Names starting with `!` are sent as never to be indexed. */
  headers(stream: number, fields: Fields, options?: { readonly end?: boolean; readonly padding?: number }): void
  data(stream: number, bytes: string, options?: { readonly end?: boolean; readonly padding?: number }): void
  /** The whole rest of a stream, as fast as the other side makes room. */
  pour(stream: number, bytes: string): Promise<void>
  reset(stream: number, code: number): void
}

const TYPE = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const
const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const
export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
const FRAME_LIMIT = 16_384
const WIDEST_WINDOW = 0x7fffffff

export function http2End(end: End, role: 'client' | 'server'): Http2End {
  const streams = new Map<number, Arrival[]>()
  const decoder = hpack.decompressor.create({ table: { size: 4096 } })
  let preface = role === 'server' ? PREFACE.length : 0
  const room = createRoom()
  let block: Buffer[] = []

  const frame = (type: number, flags: number, stream: number, payload: Buffer): void => {
    const head = Buffer.alloc(9)
    head.writeUIntBE(payload.length, 0, 3)
    head.writeUInt8(type, 3)
    head.writeUInt8(flags, 4)
    head.writeUInt32BE(stream, 5)
    end.send(Buffer.concat([head, payload]))
  }
  const arrive = (stream: number, arrival: Arrival): void => {
    streams.set(stream, [...(streams.get(stream) ?? []), arrival])
  }
  const fields = (bytes: Buffer) => {
    decoder.write(bytes)
    decoder.execute()
    const all = []
    for (let field = decoder.read(); field; field = decoder.read()) all.push(field)
    return {
      fields: all.map(({ name, value }) => [name, value] as const),
      never: all.filter(({ neverIndex }) => neverIndex).map(({ name }) => name),
    }
  }
  let blockEnds = false
  const take = (type: number, flags: number, stream: number, payload: Buffer): void => {
    if (type === TYPE.settings && (flags & FLAG.ack) === 0) {
      room.settings(payload)
      frame(TYPE.settings, FLAG.ack, 0, Buffer.alloc(0))
    }
    if (type === TYPE.windowUpdate) room.more(stream, payload.readUInt32BE(0))
    if (type === TYPE.ping && (flags & FLAG.ack) === 0) frame(TYPE.ping, FLAG.ack, 0, payload)
    if (type === TYPE.reset) arrive(stream, { kind: 'reset', code: payload.readUInt32BE(0) })
    if (type === TYPE.data) {
      const bytes = unpadded(payload, flags).toString('latin1')
      arrive(stream, { kind: 'data', bytes, isEnd: (flags & FLAG.endStream) !== 0 })
    }
    if (type === TYPE.headers) {
      blockEnds = (flags & FLAG.endStream) !== 0
      const bare = unpadded(payload, flags)
      block = [(flags & FLAG.priority) === 0 ? bare : bare.subarray(5)]
    }
    if (type === TYPE.continuation) block.push(payload)
    if ((type === TYPE.headers || type === TYPE.continuation) && (flags & FLAG.endHeaders) !== 0) {
      arrive(stream, { kind: 'headers', ...fields(Buffer.concat(block)), isEnd: blockEnds })
    }
  }
  let rest: Buffer = Buffer.alloc(0)
  const read = (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk])
    if (preface > 0 && rest.length >= preface) {
      rest = rest.subarray(preface)
      preface = 0
    }
    while (preface === 0 && rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const payload = rest.subarray(9, 9 + rest.readUIntBE(0, 3))
      const [type, flags, stream] = [rest.readUInt8(3), rest.readUInt8(4), rest.readUInt32BE(5) & 0x7fffffff]
      rest = rest.subarray(9 + payload.length)
      take(type, flags, stream, payload)
    }
  }
  end.onBytes(read)

  const window = Buffer.alloc(6)
  window.writeUInt16BE(4, 0)
  window.writeUInt32BE(WIDEST_WINDOW, 2)
  if (role === 'client') end.send(PREFACE)
  frame(TYPE.settings, 0, 0, window)
  const more = Buffer.alloc(4)
  more.writeUInt32BE(WIDEST_WINDOW - 65_535, 0)
  frame(TYPE.windowUpdate, 0, 0, more)
  read(Buffer.from(end.received(), 'latin1'))

  return {
    end,
    arrivals: (stream) => streams.get(stream) ?? [],
    async until(stream, fits) {
      await end
        .until(() => fits(streams.get(stream) ?? []))
        .catch((error: Error) => {
          throw new Error(
            `${error.message.split(';')[0]}; stream ${stream} had: ${JSON.stringify(streams.get(stream) ?? [])}`,
          )
        })
      return streams.get(stream) ?? []
    },
    headers(stream, list, options = {}) {
      const encoded = Buffer.concat(list.map(encodeField))
      for (let at = 0; at === 0 || at < encoded.length; at += FRAME_LIMIT - 256) {
        const part = encoded.subarray(at, at + FRAME_LIMIT - 256)
        const isLast = at + part.length >= encoded.length
        const flags = isLast ? FLAG.endHeaders : 0
        if (at > 0) frame(TYPE.continuation, flags, stream, part)
        else withPadding(part, options, (flag, payload) => frame(TYPE.headers, flag | flags, stream, payload))
      }
    },
    data(stream, bytes, options = {}) {
      withPadding(Buffer.from(bytes, 'latin1'), options, (flags, payload) => frame(TYPE.data, flags, stream, payload))
    },
    async pour(stream, bytes) {
      for (let at = 0; at < bytes.length; ) {
        const size = await room.take(stream, Math.min(FRAME_LIMIT, bytes.length - at))
        const part = Buffer.from(bytes.slice(at, at + size), 'latin1')
        at += size
        frame(TYPE.data, at === bytes.length ? FLAG.endStream : 0, stream, part)
      }
    },
    reset(stream, code) {
      const payload = Buffer.alloc(4)
      payload.writeUInt32BE(code, 0)
      frame(TYPE.reset, 0, stream, payload)
    },
  }
}

/** How much the other side takes, on the connection (0) and on each stream. RFC 9113 section 5.2. */
function createRoom() {
  let initial = 65_535
  const used = new Map<number, number>([[0, -initial]])
  let wake = (): void => undefined
  const left = (stream: number): number => (stream === 0 ? 0 : initial) - (used.get(stream) ?? 0)
  const grow = (stream: number, by: number): void => void used.set(stream, (used.get(stream) ?? 0) - by)
  return {
    settings(payload: Buffer): void {
      for (let at = 0; at < payload.length; at += 6) {
        if (payload.readUInt16BE(at) === 4) initial = payload.readUInt32BE(at + 2)
      }
      wake()
    },
    more(stream: number, bytes: number): void {
      grow(stream, bytes)
      wake()
    },
    async take(stream: number, wanted: number): Promise<number> {
      while (Math.min(left(0), left(stream)) <= 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const size = Math.min(wanted, left(0), left(stream))
      for (const each of [0, stream]) grow(each, -size)
      return size
    },
  }
}

/** A message has come to its end, or will not. */
export const isAnswered = (arrivals: readonly Arrival[]): boolean =>
  arrivals.some((each) => each.kind === 'reset' || each.isEnd)

function withPadding(
  payload: Buffer,
  { end, padding }: { readonly end?: boolean; readonly padding?: number },
  send: (flags: number, payload: Buffer) => void,
): void {
  const flags = end ? FLAG.endStream : 0
  if (!padding) send(flags, payload)
  else send(flags | FLAG.padded, Buffer.concat([Buffer.from([padding]), payload, Buffer.alloc(padding)]))
}

const unpadded = (payload: Buffer, flags: number): Buffer =>
  (flags & FLAG.padded) === 0 ? payload : payload.subarray(1, payload.length - payload.readUInt8(0))

/** RFC 7541 section 6.2.2 and 6.2.3: a literal without indexing, or never to be indexed; no Huffman coding, so that bytes are bytes. */
function encodeField([name, value]: readonly [string, string]): Buffer {
  const never = name.startsWith('!')
  const bare = never ? name.slice(1) : name
  return Buffer.concat([Buffer.from([never ? 0x10 : 0]), encodeString(bare), encodeString(value)])
}

const encodeString = (text: string): Buffer => Buffer.concat([encodeInteger(text.length), Buffer.from(text, 'latin1')])

/** RFC 7541 section 5.1, with a prefix of seven bits. */
function encodeInteger(value: number): Buffer {
  if (value < 127) return Buffer.from([value])
  const bytes = [127]
  let rest = value - 127
  for (; rest >= 128; rest >>= 7) bytes.push((rest & 127) | 128)
  return Buffer.from([...bytes, rest])
}
