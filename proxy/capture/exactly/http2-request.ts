// A request to a server that speaks HTTP/2. http2-wrapper imitates node:http, which has no place for what is lost on the way.

import type { IncomingMessage } from 'node:http'
import type { ClientHttp2Stream } from 'node:http2'
import http2Wrapper, { type Agent } from 'http2-wrapper'
import { paired, toHttp2Fields } from './fields.ts'
import { stopSending } from './http2-answer.ts'
import { type Passing, passingHere } from './passing.ts'

interface Inside {
  agent: Agent
  readonly res: IncomingMessage | null
  flushHeaders: () => Promise<void>
}

let isPatched = false
const prepared = new WeakSet<object>()

/** Makes what is sent for a `Passing` be what its client sent, and the client hear how it ended. */
export function writeHttp2Exactly(): void {
  if (isPatched) return
  isPatched = true
  const inside = Reflect.get(http2Wrapper, 'ClientRequest').prototype as unknown as Inside
  const { flushHeaders } = inside
  shareConnections()
  inside.flushHeaders = function (this: Inside) {
    const passing = passingHere()
    if (passing?.stream && !prepared.has(this)) prepare(this, passing, passing.stream.endAfterHeaders)
    return flushHeaders.call(this)
  }
}

/**
 * The connection on which it found out that a server speaks HTTP/2 would serve one request only, as it counts how that
 * connection was made among what tells connections apart.
 */
function shareConnections(): void {
  const { prototype } = http2Wrapper.Agent
  const { normalizeOptions } = prototype
  prototype.normalizeOptions = function (options) {
    return normalizeOptions.call(this, { ...options, createConnection: undefined } as typeof options)
  }
}

function prepare(wrapped: Inside, passing: Passing, endStream: boolean): void {
  prepared.add(wrapped)
  // It allows GET and DELETE no body, and everything else one.
  Object.defineProperty(wrapped, '_mustNotHaveABody', { value: endStream })
  const { agent } = wrapped
  const request: Agent['request'] = async (origin, options) => {
    const fields = toHttp2Fields(passing.request.rawHeaders)
    const stream = await agent
      .request(origin, options, fields, { endStream, waitForTrailers: !endStream })
      .catch((error: unknown) => {
        // It remembers for good what a server spoke; one that speaks HTTP/2 no more would never be reached again.
        http2Wrapper.auto.protocolCache.clear()
        throw error
      })
    watch(stream, wrapped, passing)
    return stream
  }
  wrapped.agent = Object.create(agent, { request: { value: request } })
}

function watch(stream: ClientHttp2Stream, wrapped: Inside, passing: Passing): void {
  stream.once('wantTrailers', () => stream.sendTrailers(toHttp2Fields(passing.trailers ?? [])))
  stream.on('continue', () => {
    delete passing.informed
    passing.response.sendInformationalResponse(100, [])
  })
  stream.on('headers', (_headers: unknown, _flags: unknown, raw: readonly string[] = []) => {
    passing.informed = paired(raw)
  })
  const { destroy } = stream
  stream.destroy = (error) => {
    // The client left: with its own code, instead of none.
    if (passing.stream?.aborted && !stream.closed) stream.close(passing.stream.rstCode)
    return destroy.call(stream, error)
  }
  // It takes the end of a stream that was reset for the end of its body.
  const broken = (): void => {
    const code = stream.rstCode
    if (!code || passing.stream?.destroyed) return
    passing.resetBy = code
    const error = new Error(`it reset the stream with error code ${code}`)
    wrapped.res?.destroy(Object.assign(error, { code: 'ERR_HTTP2_STREAM_ERROR' }))
  }
  for (const event of ['aborted', 'end', 'close']) stream.prependOnceListener(event, broken)
  stream.once('close', () => stopSending(passing))
}
