/**
 * Of the requests that come to a challenge port for http-01, those that ask for a proof are told, with their answers; all
 * others are the site's own, and only counted. Answers follow requests in their order (RFC 9112 section 9.3.2).
 */
import { asksForHttpProof } from '../../../shared/acme/proof/inbound.ts'
import type { Failure } from '../../../shared/exchange.ts'
import { CLIENT_LEFT } from '../../capture/failure.ts'
import { type Head, parseHttp } from './http-parsing.ts'
import { beginExchange, type InboundExchange } from './inbound-exchange.ts'
import type { End, Witness, WitnessOptions } from './witness.ts'

interface Asked {
  readonly method: string
  /** Null: it is the site's own. */
  readonly exchange: InboundExchange | null
}

/** Requests sent ahead of their answers; beyond that nothing more is read. */
const MOST_AHEAD = 100

export function watchHttp(options: WitnessOptions): Witness {
  /** Without an answer yet, oldest first. */
  const waiting: Asked[] = []
  const telling = new Set<Promise<void>>()
  let hasHeard = false
  let isReading = true
  let asking: InboundExchange | null = null

  const over = (asked: Asked, state: 'complete' | 'cut off', failure?: Failure): void => {
    const told = asked.exchange?.over(state, failure)
    if (!told) return
    telling.add(told)
    void told.finally(() => telling.delete(told))
  }
  const giveUp = (): void => {
    isReading = false
    if (!hasHeard) options.counts.others++
    hasHeard = true
    for (const asked of waiting.splice(0)) over(asked, 'complete', UNREADABLE)
  }
  const requests = parseHttp('REQUEST', {
    head(head) {
      hasHeard = true
      asking = isProof(head) && options.mayTell() ? beginExchange(head, options) : null
      options.counts[asking ? 'validations' : 'others']++
      waiting.push({ method: head.method, exchange: asking })
      return false
    },
    body: (chunk) => asking?.requestBytes.add(chunk),
    end() {
      asking?.requestEnded()
    },
  })
  /** Of the head that came last. */
  let status = 0
  const answers = parseHttp('RESPONSE', {
    head(head) {
      status = head.status
      if (status === SWITCHED) isReading = false
      const asked = waiting[0]
      if (!isInterim(status)) asked?.exchange?.answered(head)
      return asked?.method === 'HEAD'
    },
    body: (chunk) => waiting[0]?.exchange?.responseBytes.add(chunk),
    end() {
      if (isInterim(status)) return
      const asked = waiting.shift()
      if (asked) over(asked, 'complete')
    },
  })

  return {
    sent(chunk) {
      if (!isReading) return
      if (!requests.read(chunk) || waiting.length > MOST_AHEAD) giveUp()
    },
    received(chunk) {
      if (isReading && !answers.read(chunk)) giveUp()
    },
    serverEnded: answers.finish,
    hasHeard: () => hasHeard,
    isBusy: () => telling.size > 0 || waiting.some(({ exchange }) => exchange !== null),
    async ended(end) {
      for (const asked of waiting.splice(0)) over(asked, end.by === 'recorder' ? 'cut off' : 'complete', failureOf(end))
      await Promise.all(telling)
    },
  }
}

/** Another protocol follows (RFC 9110 section 15.2.2). */
const SWITCHED = 101

/** The answer itself is still to come. */
const isInterim = (status: number): boolean => status >= 100 && status < 200 && status !== SWITCHED

/** Absolute, as a proxy is asked, or only the path. */
const isProof = ({ target }: Head): boolean =>
  asksForHttpProof(/^https?:\/\//i.test(target) && URL.canParse(target) ? new URL(target).pathname : target)

const UNREADABLE: Failure = {
  stage: 'upstream-http',
  code: 'NOT_HTTP',
  message: 'what was sent next is no HTTP that can be read; it was passed on as it is',
}

/** The client of the recording is the one who is asked here. */
const ASKER_LEFT: Failure = {
  ...CLIENT_LEFT,
  message: 'who validates closed the connection before the answer was complete',
}

function failureOf(end: End): Failure | undefined {
  if (end.by === 'failure') return end.failure
  if (end.by === 'client') return ASKER_LEFT
  if (end.by === 'recorder') return undefined
  return { stage: 'upstream-http', code: 'INCOMPLETE_ANSWER', message: 'the connection ended before the answer did' }
}
