/** Looks at where an http-01 proof belongs (RFC 8555 §8.3): a client that tries itself first, or the CA. */
import type { Analysis, DecodedExchange, HttpProofSeen } from '../model.ts'
import { tokenIn } from './proof.ts'

type Known = Pick<Analysis, 'challenges' | 'index'>

/** Null when the exchange asks for no token of this recording. */
export function readHttpProof(decoded: DecodedExchange, { challenges, index }: Known): HttpProofSeen | null {
  const { head } = decoded
  const challenge = challenges.get(index.proofs.byToken.get(tokenIn(head.request.url) ?? '') ?? '')
  if (challenge?.proof?.kind !== 'http') return null
  const [wanted, served] = [challenge.proof.body, bodyOf(decoded)]
  // §8.3: "The server SHOULD ignore whitespace characters at the end of the body."
  const matches = wanted === null || served === null ? null : served.trimEnd() === wanted
  return { exchange: head.id, challenge: challenge.url, url: head.request.url, matches }
}

/** Null when it cannot be read whole; a body that is no text is not what is wanted. */
function bodyOf({ head, response }: DecodedExchange): string | null {
  if (!head.response || response.kind === 'opaque') return null
  if (response.kind === 'text') return response.truncated ? null : response.text
  return response.kind === 'malformed' ? response.text : ''
}
