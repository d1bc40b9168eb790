/** What a client of a synthetic recording does on the wire: exchanges in its course, nonces spent, requests signed. */
import type { ClientEnd, Exchange, Fact, Headers } from '../../shared/exchange.ts'
import type { AccountSigner } from '../lab/account-signer.ts'
import { answerOf, type Bend, change, type Meeting } from './bend.ts'
import type { Ca } from './ca.ts'
import type { Keys } from './materials.ts'
import { type Answer, JOSE_TYPE, type Request, toExchange } from './wire.ts'

const BETWEEN = 100
const TOOK = 20

export interface SyntheticAccount {
  readonly url: string
  signer: AccountSigner
  /** Null for another algorithm than ES256. */
  readonly keys: Keys | null
  status: string
  more: object
}

/** A clock, and what was seen so far: shared by all clients. */
export interface Course {
  readonly facts: Fact[]
  now: number
  clients: number
  records: number
}

interface Means {
  readonly course: Course
  readonly ca: Ca
  readonly account: SyntheticAccount
  readonly end: ClientEnd
  /** User-Agent; null sends none. */
  readonly agent: string | null
}

export type Client = ReturnType<typeof createClient>

export function createClient({ course, ca, account, end, agent }: Means) {
  const nonces: string[] = []

  function record(request: Request, answer: Answer | null, meeting: Meeting): Exchange {
    course.now += meeting.after ?? BETWEEN
    const took = meeting.took ?? TOOK
    const { failure, state } = meeting
    const seen = { sequence: course.facts.length + 1, at: course.now, took, client: end }
    const more = { ...(failure && { failure }), ...(state && { state }) }
    const exchange = toExchange({ ...request, ...meeting.request }, answer, { ...seen, ...more })
    course.facts.push(exchange)
    course.now += took
    return exchange
  }

  /** Any exchange at all. `usually` is called, and the world changed, only when the answer was good. */
  function meet(request: Request, meeting: Meeting, usually: () => Answer): Answer | null {
    const answer = answerOf(meeting, usually)
    record(request, answer, meeting)
    return answer
  }

  function withNonce(answer: Answer): Answer {
    if (answer.headers?.some(([name]) => name.toLowerCase() === 'replay-nonce')) return answer
    const headers: Headers = [
      ['Replay-Nonce', ca.nonce()],
      ['Link', `<${ca.urls.directory}>;rel="index"`],
    ]
    return { ...answer, headers: [...headers, ...(answer.headers ?? [])] }
  }

  const take = (answer: Answer | null): void => {
    const nonce = answer?.headers?.find(([name]) => name.toLowerCase() === 'replay-nonce')?.[1]
    if (nonce) nonces.push(nonce)
  }

  function newNonce(bend: Meeting = {}): void {
    const request = { method: 'HEAD', url: ca.urls.newNonce, body: null, agent: agent }
    const answer = answerOf(bend, () => withNonce({ status: 200, body: null }))
    record(request, answer, bend)
    take(answer)
  }

  /** A client without a nonce asks for one first, as clients do. */
  function nextNonce(): string {
    if (!nonces.length) newNonce()
    return nonces.pop() ?? ''
  }

  /** A signed request; a payload of '' is POST-as-GET. Whether the CA did it. */
  function post(url: string, payload: unknown, bend: Bend, usually: () => Answer, withKey = false): boolean {
    const signer = bend.signer ?? account.signer
    const key = withKey ? { jwk: signer.jwk } : { kid: account.url }
    const header = { ...key, nonce: bend.nonce ?? nextNonce(), url, ...bend.header }
    const signed = signer.sign(change(payload, bend.payload), header)
    const body = bend.jws ? bend.jws(signed) : signed
    const answer = answerOf(bend, usually)
    const sent = answer && withNonce(answer)
    record({ method: 'POST', url, body, type: JOSE_TYPE, agent: agent }, sent, bend)
    take(sent)
    return sent !== null && sent.status < 400
  }

  const postAsGet = (url: string, bend: Bend, usually: () => Answer): boolean => post(url, '', bend, usually)

  return { course, ca, account, end, agent, record, meet, newNonce, post, postAsGet }
}
