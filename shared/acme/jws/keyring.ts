/**
 * Decoding in order, a few exchanges at a time: what a recorder and a stream do, who do not have the whole recording.
 *
 * A key that is recovered (recover-key.ts) serves the exchange that completed the pair and all that follow; the first
 * of the pair has been handed on by then, and stays `unverifiable` until the recording is decoded whole (`decodeAll`).
 */
import type { Fact } from '../../exchange.ts'
import { decodeTogether, withKeys } from '../decode.ts'
import type { Decoded, DecodedExchange } from '../model.ts'
import { type AccountKeys, addKey, type KnownKey, learnInto } from './keys.ts'
import { needsKey, type Recovery, recovered, recoverKey, startRecovery } from './recover-key.ts'

/** What has been learnt so far. Held, and changed, by one reader. */
export interface Keyring {
  readonly keys: Map<string, readonly KnownKey[]>
  readonly recovery: Recovery
}

/** @param known keys from elsewhere, see `keysElsewhere` */
export const startKeyring = (known: AccountKeys): Keyring => ({ keys: new Map(known), recovery: startRecovery() })

/** Decodes the next few facts, in order, and learns from them; all their signatures are checked at the same time. */
export async function decodeNext(ring: Keyring, facts: readonly Fact[]): Promise<readonly Decoded[]> {
  const found = new Set<string>()
  const all: Decoded[] = []
  for (const decoded of await decodeTogether(facts, ring.keys))
    all.push(decoded.kind === 'exchange' ? await withRecovered(ring, decoded, found) : decoded)
  return all
}

/** Learns from what somebody else has decoded. */
export function learnNext({ keys }: Keyring, decoded: Decoded): void {
  if (decoded.kind === 'exchange') learnInto(keys, decoded)
}

/** @param found accounts that a key was found for since this exchange was checked */
async function withRecovered(ring: Keyring, checked: DecodedExchange, found: Set<string>): Promise<DecodedExchange> {
  const exchange = found.has(checked.jws?.kid ?? '') ? await withKeys(checked, ring.keys) : checked
  const { jws } = exchange
  if (!jws || jws.kid === null || !needsKey(jws)) return exchange
  const jwk = await recoverKey(ring.recovery, jws)
  if (!jwk || !addKey(ring.keys, jws.kid, recovered(jwk))) return exchange
  found.add(jws.kid)
  return withKeys(exchange, ring.keys)
}
