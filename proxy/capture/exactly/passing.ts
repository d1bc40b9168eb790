// mockttp's step that passes a request on, with what it loses on the way handed to the parts below it that write the bytes.
//
// It asks node:http and http2-wrapper for the request by options that hold less than what came (docs/mockttp.md). Who writes
// the bytes runs in the asynchronous context of the exchange, and finds here what the client really sent.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Http2ServerRequest, ServerHttp2Stream } from 'node:http2'
import { PassThroughStep, type PassThroughStepOptions } from 'mockttp/dist/rules/requests/request-step-definitions'
import { PassThroughStepImpl, type RequestStepOptions } from 'mockttp/dist/rules/requests/request-step-impls'
import type { OngoingRequest, OngoingResponse } from 'mockttp/dist/types'
import type { Headers } from '../../../shared/exchange.ts'
import { sendHeadAtOnce } from './http1-answer.ts'
import { writeHttp1Exactly } from './http1-request.ts'
import { answerOverHttp2 } from './http2-answer.ts'
import { writeHttp2Exactly } from './http2-request.ts'

/** One request on its way to a server. */
export interface Passing {
  readonly request: OngoingRequest
  readonly response: OngoingResponse
  /** The client's stream; null over HTTP/1.1. */
  readonly stream: ServerHttp2Stream | null
  /** Fields of the server's answer, as it sent them. */
  answered?: Headers
  /** Fields of its last interim answer. */
  informed?: Headers
  /** Fields after the client's body. */
  trailers?: Headers
  /** The error code with which the server, over HTTP/2, ended what it had not finished. */
  resetBy?: number
  /** The end of the answer has been handed to the client's stream. */
  isAnswered?: boolean
  whenAnswered?: () => void
}

const current = new AsyncLocalStorage<Passing>()

/** The request that is being passed on here; undefined where something else is done. */
export const passingHere = (): Passing | undefined => current.getStore()

/** mockttp copies the properties of a step's definition over its own, this function among them. */
export function passExactly(options: PassThroughStepOptions): PassThroughStep {
  writeHttp1Exactly()
  writeHttp2Exactly()
  const { handle } = PassThroughStepImpl.prototype
  return Object.assign(new PassThroughStep(options), {
    handle(this: PassThroughStepImpl, request: OngoingRequest, response: OngoingResponse, given: RequestStepOptions) {
      const passing: Passing = { request, response, stream: streamOf(request) }
      if (passing.stream) answerOverHttp2(passing, passing.stream)
      else sendHeadAtOnce(response)
      const emitEventCallback = (type: string, event: unknown): void => {
        if (type === 'passthrough-response-head') passing.answered = (event as { rawHeaders: Headers }).rawHeaders
        given.emitEventCallback?.(type, event)
      }
      return current.run(passing, () => handle.call(this, request, response, { ...given, emitEventCallback }))
    },
  })
}

const streamOf = (request: object): ServerHttp2Stream | null =>
  'stream' in request ? (request as Http2ServerRequest).stream : null
