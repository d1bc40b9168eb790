/** The nonce ledger (RFC 8555 §6.5): who issued each nonce, who spent it, and what came of it. */

import type { DecodedExchange, Nonce } from '../model.ts'
import { grown } from './grown.ts'

/** Folds one complete exchange into the ledger: first what it spent, then what it was given. */
export function foldNonces(nonces: Map<string, Nonce>, decoded: DecodedExchange): void {
  const { head, jws, replayNonce } = decoded
  if (jws?.nonce) {
    const known = nonces.get(jws.nonce)
    const usedBy = grown(known?.usedBy, head.id)
    nonces.set(jws.nonce, { value: jws.nonce, issuedBy: known?.issuedBy ?? null, usedBy, outcome: outcomeOf(decoded) })
  }
  if (replayNonce === null) return
  const known = nonces.get(replayNonce)
  // Where times are coarse, an answer may seem to end after the request that its nonce was spent on.
  if (!known) nonces.set(replayNonce, { value: replayNonce, issuedBy: head.id, usedBy: [], outcome: 'unused' })
  else if (known.issuedBy === null) nonces.set(replayNonce, { ...known, issuedBy: head.id })
}

function outcomeOf({ head, problem }: DecodedExchange): Nonce['outcome'] {
  if (!head.response) return 'pending'
  return problem?.acmeType === 'badNonce' ? 'rejected' : 'accepted'
}
