/**
 * Recordings that nobody's client made: exchanges of any shape, written down as the recorder would. Requests are signed
 * with a signature that cannot be checked, so that a hundred thousand of them cost nothing but their reading.
 */
import type { ClientEnd, Exchange, Headers } from '../../shared/exchange.ts'
import { type Answer, JOSE_TYPE, toExchange } from '../synthetic/wire.ts'

export const HOST = 'https://ca.test'
export const ACCOUNT = `${HOST}/acct/1`

export const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A flattened JWS whose signature is none. A payload of '' is POST-as-GET. */
export const jwsOf = (header: unknown, payload: unknown, signature = 'AAAA') => ({
  protected: base64url(header),
  payload: payload === '' ? '' : base64url(payload),
  signature,
})

export interface Asked {
  readonly method?: string
  readonly url: string
  /** What is signed, '' for POST-as-GET; nothing is signed when it is left out. */
  readonly payload?: unknown
  /** Members of the protected header beside the usual ones, or instead of them. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Sent as it is. */
  readonly body?: unknown
  readonly type?: string
  readonly headers?: Headers
  readonly agent?: string | null
  readonly client?: ClientEnd
  /** ms from the beginning of the recording; one after the other where it is left out. */
  readonly at?: number
  readonly took?: number
}

export type Recording = ReturnType<typeof startRecording>

const START = Date.UTC(2026, 0, 2)

export function startRecording() {
  const facts: Exchange[] = []

  /** Appends an exchange; a number is the answer's status, null is no answer. */
  function add(asked: Asked, answer: Partial<Answer> | number | null = 200): Exchange {
    const sequence = facts.length + 1
    const {
      url,
      payload,
      header,
      body = null,
      headers = [],
      agent = null,
      client,
      at = sequence * 10,
      took = 5,
    } = asked
    const isSigned = payload !== undefined
    const signed = isSigned
      ? jwsOf({ alg: 'ES256', kid: ACCOUNT, url, nonce: `n${sequence}`, ...header }, payload)
      : body
    const type = asked.type ?? (isSigned ? JOSE_TYPE : undefined)
    const request = {
      method: asked.method ?? (isSigned ? 'POST' : 'GET'),
      url,
      body: signed,
      headers,
      agent,
      ...(type && { type }),
    }
    const seen = { sequence, at: START + at, took, ...(client && { client }) }
    const made = toExchange({ ...request, url: URL.canParse(url) ? url : HOST }, toAnswer(answer), seen)
    const exchange = { ...made, request: { ...made.request, url } }
    facts.push(exchange)
    return exchange
  }

  return { facts, add, directory: (host = HOST): Exchange => add({ url: `${host}/dir` }, { body: directoryOf(host) }) }
}

function toAnswer(answer: Partial<Answer> | number | null): Answer | null {
  if (answer === null) return null
  return { status: 200, body: null, ...(typeof answer === 'number' ? { status: answer } : answer) }
}

export const directoryOf = (host: string) => ({
  newNonce: `${host}/nonce`,
  newAccount: `${host}/acct`,
  newOrder: `${host}/order`,
  newAuthz: `${host}/newauthz`,
  revokeCert: `${host}/revoke`,
  keyChange: `${host}/change`,
  renewalInfo: `${host}/ari`,
})

export const ORDERS = `${HOST}/order`
export const at = (url: string): Headers => [['Location', url]]
