// The client's side of an HTTP/2 exchange: what mockttp hands to node:http2 to answer with, put back to what the server sent.
import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { h1HeadersToH2, validateHeader } from 'mockttp/dist/util/header-utils'
import type { Headers } from '../../../shared/exchange.ts'
import { paired, toHttp2Fields } from './fields.ts'
import type { Passing } from './passing.ts'

/** mockttp groups repeats, resets with an error code of its own, and reads no trailers of HTTP/2. */
export function answerOverHttp2(passing: Passing, stream: ServerHttp2Stream): void {
  const { respond, close, sendTrailers } = stream
  stream.respond = (headers, options) => {
    try {
      respond.call(stream, passing.answered ? exactly(passing.answered, headers) : headers, options)
    } catch (error) {
      // It would tell nobody, and leave the client waiting.
      close.call(stream, constants.NGHTTP2_INTERNAL_ERROR)
      throw error
    }
  }
  stream.close = (code, callback) => close.call(stream, passing.resetBy ?? code, callback)
  // Sent after every answer that has a body, if only to say that there are none.
  stream.sendTrailers = (fields) => {
    sendTrailers.call(stream, fields)
    setImmediate(() => {
      passing.isAnswered = true
      passing.whenAnswered?.()
    })
  }
  stream.once('trailers', (_: unknown, __: unknown, raw: readonly string[]) => {
    passing.trailers = paired(raw)
    // As Node gives it: mockttp pairs it itself.
    Reflect.set(passing.request, 'rawTrailers', raw)
  })
  informExactly(passing)
}

function exactly(answered: Headers, headers: OutgoingHttpHeaders | undefined): OutgoingHttpHeaders {
  const sendable = h1HeadersToH2(answered.map(([name, value]) => [name, value])).filter(
    ([name, value]) => !name.startsWith(':') && validateHeader(name, value),
  )
  return { ':status': headers?.[':status'], ...toHttp2Fields(sendable) }
}

function informExactly(passing: Passing): void {
  const { response } = passing
  const { sendInformationalResponse } = response
  response.sendInformationalResponse = (status, flat) =>
    sendInformationalResponse.call(response, status, passing.informed?.flat() ?? flat)
}

/**
 * The way to the server has closed. A client that still sends, after its whole answer, would wait for room that nobody makes:
 * "A server MAY request that the client abort transmission of a request without error by sending a RST_STREAM with an error
 * code of NO_ERROR after sending a complete response" (RFC 9113 section 8.1).
 */
export function stopSending(passing: Passing): void {
  const { stream } = passing
  if (!stream || stream.readableEnded || !stream.headersSent) return
  const stop = (): void => stream.close(constants.NGHTTP2_NO_ERROR)
  if (passing.isAnswered) stop()
  else passing.whenAnswered = stop
}
