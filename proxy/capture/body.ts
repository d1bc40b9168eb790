// Collects the bytes of a message as they pass and turns them into a Body: content coding undone, text where it is text.
import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import { type Body, EMPTY_BODY, type Headers, headerValues } from '../../shared/exchange.ts'

/** Holds a body while it passes, up to a limit; beyond it only counts. */
export interface BodyCollector {
  readonly add: (chunk: Uint8Array) => void
  /** Bytes seen on the wire so far. */
  readonly size: () => number
  /** Null once there were more than the limit. */
  readonly bytes: () => Buffer | null
}

export function collectBody(limit: number): BodyCollector {
  let chunks: Uint8Array[] = []
  let size = 0
  return {
    add(chunk) {
      size += chunk.byteLength
      if (size > limit) chunks = []
      else if (chunk.byteLength > 0) chunks.push(chunk)
    },
    size: () => size,
    bytes: () => (size > limit ? null : Buffer.concat(chunks)),
  }
}

/** Undoes one coding; rejects with ERR_BUFFER_TOO_LARGE when more than `limit` bytes come out, and on damaged input. */
type Decoder = (bytes: Buffer, limit: number) => Promise<Buffer>

const gunzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip)
const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate)
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw)
const brotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress)

/** A body that was cut off gives what there is of it, rather than nothing. */
const zlibOptions = (limit: number) => ({ maxOutputLength: limit, finishFlush: zlib.constants.Z_SYNC_FLUSH })

const undoGzip: Decoder = (bytes, limit) => gunzip(bytes, zlibOptions(limit))
/** RFC 9110 section 8.4.1.2: "Some non-conformant implementations send the "deflate" compressed data without the zlib wrapper." */
const undoDeflate: Decoder = (bytes, limit) =>
  ((bytes[0] ?? 0) & 0x0f) === 8 ? inflate(bytes, zlibOptions(limit)) : inflateRaw(bytes, zlibOptions(limit))
const undoBrotli: Decoder = (bytes, limit) =>
  brotli(bytes, { maxOutputLength: limit, finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH })

/** RFC 8878 section 3.1.1. Without it the library waits for more. */
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** Node 20 has none of its own. A body that was cut off gives what there is of it. */
const undoZstd: Decoder = async (bytes, limit) => {
  if (!ZSTD_MAGIC.equals(bytes.subarray(0, 4))) throw new Error('no zstd')
  const chunks: Buffer[] = []
  let size = 0
  const unpacking = new Decompress((chunk) => {
    size += chunk.length
    if (size > limit) throw new RangeError('ERR_BUFFER_TOO_LARGE')
    chunks.push(Buffer.from(chunk)) // It may use its own again.
  })
  unpacking.push(bytes)
  return Buffer.concat(chunks)
}

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: undoGzip,
  'x-gzip': undoGzip,
  deflate: undoDeflate,
  br: undoBrotli,
  zstd: undoZstd,
  identity: async (bytes) => bytes,
}

/**
 * The body of a message. `limit` bounds its size on the wire and decoded; what is over it, or in a coding we cannot undo,
 * is `omitted` with the reason in words. Never rejects.
 */
export async function toBody(collector: BodyCollector, headers: Headers, limit: number): Promise<Body> {
  const wire = collector.bytes()
  if (wire === null) return omitted(collector.size(), `larger than ${limit} bytes (--max-body); it was passed on whole`)
  let bytes = wire
  for (const coding of codings(headers)) {
    const undo = DECODERS[coding]
    if (bytes.length === 0) break
    if (!undo) return omitted(wire.length, `its content coding "${coding}" cannot be undone here`)
    try {
      bytes = await undo(bytes, limit)
    } catch (error) {
      return omitted(wire.length, reasonOf(error, coding, limit))
    }
  }
  return plainBody(bytes)
}

/** In the order in which they are undone: last applied first. RFC 9110 section 8.4. */
function codings(headers: Headers): readonly string[] {
  const all = headerValues(headers, 'content-encoding').flatMap((value) => value.split(','))
  return all.flatMap((name) => name.trim().toLowerCase() || []).reverse()
}

const omitted = (bytes: number | null, reason: string): Body => ({ kind: 'omitted', bytes, reason })

const reasonOf = (error: unknown, coding: string, limit: number): string =>
  error instanceof RangeError
    ? `larger than ${limit} bytes (--max-body) once decoded; it was passed on whole`
    : `its "${coding}" content coding is damaged`

function plainBody(bytes: Buffer): Body {
  if (bytes.length === 0) return EMPTY_BODY
  return isUtf8(bytes)
    ? { kind: 'text', text: bytes.toString('utf8') }
    : { kind: 'base64', base64: bytes.toString('base64') }
}

/** A body of which more may come. */
export const UNFINISHED_BODY: Body = { kind: 'omitted', bytes: null, reason: 'it was still on its way' }
