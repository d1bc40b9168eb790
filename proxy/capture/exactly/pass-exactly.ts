// mockttp's step that passes a request on, with what it loses on the way handed to those who write the bytes.
import type { Http2ServerRequest, ServerHttp2Stream } from 'node:http2'
import { PassThroughStep, type PassThroughStepOptions } from 'mockttp/dist/rules/requests/request-step-definitions'
import { PassThroughStepImpl, type RequestStepOptions } from 'mockttp/dist/rules/requests/request-step-impls'
import type { OngoingRequest, OngoingResponse } from 'mockttp/dist/types'
import type { Headers } from '../../../shared/exchange.ts'
import { sendHeadAtOnce } from './http1-answer.ts'
import { writeHttp1Exactly } from './http1-request.ts'
import { answerOverHttp2 } from './http2-answer.ts'
import { writeHttp2Exactly } from './http2-request.ts'
import { type Passing, whilePassing } from './passing.ts'

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
      return whilePassing(passing, () => handle.call(this, request, response, { ...given, emitEventCallback }))
    },
  })
}

const streamOf = (request: object): ServerHttp2Stream | null =>
  'stream' in request ? (request as Http2ServerRequest).stream : null
