/** How an exchange of a synthetic recording is bent away from what would have happened. */
import type { ExchangeState, Failure } from '../../shared/exchange.ts'
import type { AccountSigner, FlattenedJws } from '../lab/account-signer.ts'
import type { Answer, Request } from './wire.ts'

/** How one exchange differs from what would have happened. */
export interface Bend extends Meeting {
  /** ES256 by the account, unless said otherwise. */
  readonly signer?: AccountSigner
  /** Members of the protected header to add or replace; `undefined` takes one away. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Another payload, or a change of the usual one. */
  readonly payload?: unknown | ((usual: never) => unknown)
  /** Damages what is sent after it was signed. */
  readonly jws?: (signed: FlattenedJws) => unknown
  /** Signs with this nonce, and takes none of the client's. */
  readonly nonce?: string
}

/** What is true of an exchange with anybody. */
export interface Meeting {
  /** Another answer, or a part of it; `body` may be a change of the usual one. */
  readonly answer?: Partial<Omit<Answer, 'body'>> & { readonly body?: unknown | ((usual: never) => unknown) }
  /** What is sent, where it is sent to. */
  readonly request?: Partial<Request>
  /** There was no answer. */
  readonly failure?: Failure
  readonly state?: ExchangeState
  /** ms between the end of what came before and this; 100 unless told. */
  readonly after?: number
  /** ms from beginning to end; 20 unless told. */
  readonly took?: number
}

/** `by`: the new value, or a function of the usual one; the usual one where it is not given. */
export const change = (usual: unknown, by: unknown): unknown =>
  typeof by === 'function' ? by(usual) : by === undefined ? usual : by

/** Null when there was none. `usually` is called, and so the world changed, only when the answer was good. */
export function answerOf({ answer, failure, state }: Meeting, usually: () => Answer): Answer | null {
  if (failure || (state && state !== 'complete')) return null
  if ((answer?.status ?? 0) >= 400) return { body: null, ...answer } as Answer
  const usual = usually()
  const headers = [...(usual.headers ?? []), ...(answer?.headers ?? [])]
  return { ...usual, ...answer, headers, body: change(usual.body, answer?.body) }
}
