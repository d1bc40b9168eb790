/**
 * Reads HTTP/1.x out of bytes that pass, with http-parser-js, which reads as Node did before llhttp and, unlike llhttp,
 * can be had without a server of Node's around it.
 */
import { HTTPParser } from 'http-parser-js'
import type { Headers } from '../../../shared/exchange.ts'

/** Not ASCII, which takes the eighth bit off what a hostile client sends. */
HTTPParser.encoding = 'latin1'

export interface Head {
  readonly httpVersion: string
  readonly headers: Headers
  readonly method: string
  /** As it stands in the request line. */
  readonly target: string
  readonly status: number
  readonly statusText: string
}

export interface HttpEvents {
  /** True: no body follows, whatever the head says. */
  readonly head: (head: Head) => boolean
  readonly body: (chunk: Buffer) => void
  readonly end: () => void
}

export interface HttpParsing {
  /** False: it is no HTTP, and nothing more is read. */
  readonly read: (chunk: Buffer) => boolean
  /** The sender is done: an answer of no announced length is whole. */
  readonly finish: () => void
}

/** Characters of a line of a chunked body, and lines after it; the parser itself limits nothing but the head. */
const MAX_LINE = 65_536
const MAX_TRAILERS = 200

/** What the parser keeps of what it has not understood yet; its types do not name it. */
interface Kept {
  readonly line: string
  readonly trailers: readonly string[]
}

export function parseHttp(type: 'REQUEST' | 'RESPONSE', events: HttpEvents): HttpParsing {
  const parser = new HTTPParser(type)
  const kept = parser as unknown as Kept
  let isHttp = true
  parser[HTTPParser.kOnHeadersComplete] = (info) => (events.head(toHead(info)) ? 1 : undefined)
  parser[HTTPParser.kOnBody] = (chunk, offset, length) => events.body(chunk.subarray(offset, offset + length))
  parser[HTTPParser.kOnMessageComplete] = events.end
  return {
    read(chunk) {
      // It stops in the middle of what it was given after some heads.
      for (let at = 0; isHttp && at < chunk.length; ) {
        const read = parser.execute(chunk.subarray(at))
        isHttp = typeof read === 'number' && read > 0 && !isTooMuch(kept)
        at += typeof read === 'number' ? read : 0
      }
      return isHttp
    },
    finish() {
      if (isHttp) parser.finish()
      isHttp = false
    },
  }
}

const isTooMuch = ({ line, trailers }: Kept): boolean => line.length > MAX_LINE || trailers.length > MAX_TRAILERS

interface Info {
  readonly versionMajor: number
  readonly versionMinor: number
  readonly headers: readonly string[]
  readonly method: number
  readonly url: string
  readonly statusCode: number
  readonly statusMessage: string
}

const toHead = (info: Info): Head => ({
  httpVersion: `HTTP/${info.versionMajor}.${info.versionMinor}`,
  headers: pairs(info.headers),
  method: HTTPParser.methods[info.method] ?? '',
  target: info.url ?? '',
  status: info.statusCode ?? 0,
  statusText: info.statusMessage ?? '',
})

const pairs = (flat: readonly string[]): Headers =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at] ?? '', flat[2 * at + 1] ?? ''] as const)
