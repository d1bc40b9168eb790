/** A request whose nonce was refused is sent again, signed anew (RFC 8555 §6.5): which one is the second try of which? */
import type { DecodedExchange, Step } from '../model.ts'

/** Who sent what where: the payload stays the same from try to try. Null for what is not signed. */
function keyOf(from: string, { head, jws }: DecodedExchange): string | null {
  return jws && `${from} ${head.request.url} ${jws.raw.payload}`
}

/** The exchange this one sends again, if there is one. */
export function retryOf(refused: ReadonlyMap<string, string>, from: string, decoded: DecodedExchange): string | null {
  return refused.size === 0 ? null : (refused.get(keyOf(from, decoded) ?? '') ?? null)
}

/** Takes note, in place, of a refusal, and of the try that followed it. */
export function rememberRetry(refused: Map<string, string>, { from, exchange, decoded }: Step): void {
  const isRefused = decoded.problem?.acmeType === 'badNonce'
  const key = isRefused || refused.size > 0 ? keyOf(from, decoded) : null
  if (key === null) return
  if (isRefused) refused.set(key, exchange)
  else refused.delete(key)
}
