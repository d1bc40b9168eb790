// One request that came to the challenge port, and what answered it: told when its head is known and when it is over.
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Exchange, ExchangeState, Failure, Timings } from '../../../shared/exchange.ts'
import { headerValue } from '../../../shared/exchange.ts'
import { type BodyCollector, collectBody, toBody, UNFINISHED_BODY } from '../../capture/body.ts'
import type { Head } from './http-parsing.ts'
import type { WitnessOptions } from './witness.ts'

export interface InboundExchange {
  readonly requestBytes: BodyCollector
  readonly responseBytes: BodyCollector
  readonly requestEnded: () => void
  readonly answered: (head: Head) => void
  /** Resolves when it is told. */
  readonly over: (state: Exclude<ExchangeState, 'in progress'>, failure?: Failure) => Promise<void>
}

/** Larger ones are no proofs, whatever `--max-body` allows of others: anyone may send to this port. */
const MAX_BODY = 1_048_576

/** Tells at once that it began. */
export function beginExchange(request: Head, options: WitnessOptions): InboundExchange {
  const limit = Math.min(options.maxBody, MAX_BODY)
  const [id, startedAt, began] = [randomUUID(), new Date().toISOString(), performance.now()]
  const [requestBytes, responseBytes] = [collectBody(limit), collectBody(limit)]
  let sent: number | undefined
  let head: { readonly said: Head; readonly at: number } | null = null
  const messages = async (state: ExchangeState): Promise<Pick<Exchange, 'request' | 'response'>> => {
    const isWhole = sent !== undefined && state !== 'in progress'
    return {
      request: {
        method: request.method,
        url: urlOf(request, options.host),
        httpVersion: request.httpVersion,
        headers: request.headers,
        body: isWhole ? await toBody(requestBytes, request.headers, limit) : UNFINISHED_BODY,
      },
      ...(head && {
        response: {
          status: head.said.status,
          statusText: head.said.statusText,
          httpVersion: head.said.httpVersion,
          headers: head.said.headers,
          body: await toBody(responseBytes, head.said.headers, limit),
        },
      }),
    }
  }
  const tell = async (state: ExchangeState, timings: Timings, failure?: Failure): Promise<void> =>
    options.onFact({
      kind: 'exchange',
      id,
      sequence: 0,
      startedAt,
      state,
      inbound: 'http-01',
      client: options.client,
      timings,
      ...(await messages(state)),
      ...(failure ? { failure } : {}),
    })
  let told = tell('in progress', {})
  return {
    requestBytes,
    responseBytes,
    requestEnded() {
      sent ??= performance.now()
    },
    answered(said) {
      head = { said, at: performance.now() }
    },
    over(state, failure) {
      const timings = timingsOf({ began, sent, answered: head?.at, ended: performance.now() })
      told = told.then(() => tell(state, timings, failure))
      return told
    },
  }
}

/** As who validates asked for it: the host is what it says it is. */
function urlOf({ target, headers }: Head, own: string): string {
  if (/^https?:\/\//i.test(target)) return target
  return `http://${headerValue(headers, 'host') || own}${target}`
}

interface Marks {
  readonly began: number
  readonly sent: number | undefined
  readonly answered: number | undefined
  readonly ended: number
}

function timingsOf({ began, sent, answered, ended }: Marks): Timings {
  const ms = (from: number, to: number): number => Math.max(0, Math.round((to - from) * 1000) / 1000)
  return {
    ...(sent === undefined ? {} : { send: ms(began, sent) }),
    ...(answered === undefined ? {} : { wait: ms(sent ?? began, answered), receive: ms(answered, ended) }),
    total: ms(began, ended),
  }
}
