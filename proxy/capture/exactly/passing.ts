// What is known of a request while mockttp passes it on, for the parts below mockttp that write the bytes.
//
// It asks node:http and http2-wrapper for the request by options that hold less than what came (docs/mockttp.md). Who writes
// the bytes runs in the asynchronous context of the exchange, and finds here what the client really sent.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerHttp2Stream } from 'node:http2'
import type { OngoingRequest, OngoingResponse } from 'mockttp/dist/types'
import type { Headers } from '../../../shared/exchange.ts'

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

/** What is done in there, and whatever comes of it later, is done for this request. */
export const whilePassing = <Result>(passing: Passing, act: () => Result): Result => current.run(passing, act)
