/** What every synthetic recording is made of: exchanges, written down as the recorder would. Nothing is random in them. */
import type { Body, ClientEnd, Exchange, ExchangeState, Failure, Headers } from '../../shared/exchange.ts'

export interface Request {
  readonly method: string
  readonly url: string
  /** JSON, a text, or null for nothing. */
  readonly body: unknown
  readonly headers?: Headers
  readonly type?: string
  readonly agent: string | null
}

export interface Answer {
  readonly status: number
  /** JSON, a text (taken for PEM where `type` does not say), or null for nothing. */
  readonly body: unknown
  readonly headers?: Headers
  readonly type?: string
}

export interface Circumstances {
  readonly sequence: number
  /** ms since the epoch. */
  readonly at: number
  /** ms. */
  readonly took: number
  readonly client?: ClientEnd
  readonly state?: ExchangeState
  readonly failure?: Failure
}

export const JSON_TYPE = 'application/json'
export const JOSE_TYPE = 'application/jose+json'
export const PROBLEM_TYPE = 'application/problem+json'
export const PEM_TYPE = 'application/pem-certificate-chain'

const HTTP = 'HTTP/1.1'
const CLIENT: ClientEnd = { address: '127.0.0.1', port: 40_000 }

/** `answer` is null for an exchange that got none. */
export function toExchange(request: Request, answer: Answer | null, seen: Circumstances): Exchange {
  const { sequence, at, took, client = CLIENT, state = 'complete', failure } = seen
  const agent: Headers = request.agent === null ? [] : [['User-Agent', request.agent]]
  return {
    kind: 'exchange',
    id: idOf(sequence),
    sequence,
    startedAt: new Date(at).toISOString(),
    client,
    state,
    timings: state === 'complete' ? { total: took } : {},
    request: {
      method: request.method,
      url: request.url,
      httpVersion: HTTP,
      headers: [['Host', new URL(request.url).host], ...agent, ...typeOf(request), ...(request.headers ?? [])],
      body: toBody(request.body),
    },
    ...(answer && { response: toResponse(answer) }),
    ...(failure && { failure }),
  }
}

export const idOf = (sequence: number): string => `synthetic-${sequence}`

const toResponse = (answer: Answer): NonNullable<Exchange['response']> => ({
  status: answer.status,
  statusText: '',
  httpVersion: HTTP,
  headers: [...typeOf(answer), ...(answer.headers ?? [])],
  body: toBody(answer.body),
})

function typeOf({ body, type }: Pick<Answer, 'body' | 'type'>): Headers {
  if (body === null || type === '') return []
  return [['Content-Type', type ?? (typeof body === 'string' ? PEM_TYPE : JSON_TYPE)]]
}

function toBody(value: unknown): Body {
  if (value === null) return { kind: 'empty' }
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }
}
