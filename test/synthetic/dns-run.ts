/** A certificate for a name and its wildcard, proven through any DNS provider: what is said to that provider is given. */
import type { Analysis, Step } from '../../shared/acme/model.ts'
import type { Fact } from '../../shared/exchange.ts'
import { analysisOf } from './judge.ts'
import { startWorld } from './world.ts'

export const ZONE = 'example.test'
export const NAME = `_acme-challenge.sub.${ZONE}`

export interface Call {
  /** Default GET. */
  readonly method?: string
  readonly url: string
  /** JSON, a text, or null for nothing. */
  readonly sent?: unknown
  readonly type?: string
  readonly answered?: unknown
  readonly answerType?: string
  /** Default 200. */
  readonly status?: number
}

export interface DnsRun {
  /** What the client says to have both values served … */
  readonly write: (first: string, second: string) => readonly Call[]
  /** … and to take them away again. */
  readonly clear: (first: string, second: string) => readonly Call[]
}

export interface Ran {
  readonly analysis: Analysis
  readonly facts: readonly Fact[]
  /** Those with the DNS provider, in order. */
  readonly steps: readonly Step[]
  /** The two values that the CA expects. */
  readonly values: readonly [string, string]
}

/** Everything goes well, whatever the provider answers. */
export async function runThrough({ write, clear }: DnsRun): Promise<Ran> {
  const world = await startWorld({ names: [`sub.${ZONE}`, `*.sub.${ZONE}`] })
  const say = (calls: readonly Call[]) => {
    for (const { method = 'GET', url, sent = null, type, answered = null, answerType, status = 200 } of calls) {
      const request = { method, url, body: sent, ...(type !== undefined && { type }) }
      world.request(request, { status, body: answered, type: answerType ?? typeOf(answered) })
    }
  }
  world.directory()
  world.register()
  const order = world.order()
  world.fetchAuthorizations(order)
  const [first = '', second = ''] = world.chosen(order).map(([, challenge]) => world.expectedTxt(challenge))
  say(write(first, second))
  world.answer(order)
  world.pollAuthorizations(order)
  say(clear(first, second))
  await world.finalize(order)
  world.pollOrder(order)
  world.fetchCertificate(order)
  const analysis = await analysisOf(world.facts)
  const steps = analysis.steps.filter(({ to }) => !to.startsWith('ca:'))
  return { analysis, facts: world.facts, steps, values: [first, second] }
}

const typeOf = (answered: unknown): string => (typeof answered === 'string' ? 'text/plain' : 'application/json')
