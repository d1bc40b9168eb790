/**
 * Decoding in order, one exchange at a time: what a recorder and a stream do, who do not have the whole recording.
 *
 * A key that is recovered (recover-key.ts) serves the exchange that completed the pair and all that follow; the first
 * of the pair has been handed on by then, and stays `unverifiable` until the recording is decoded whole (`decodeAll`).
 */
import type { Fact } from '../../exchange.ts'
import { decode, withKeys } from '../decode.ts'
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

/** Decodes the next fact and learns from it. */
export async function decodeNext(ring: Keyring, fact: Fact): Promise<Decoded> {
  const decoded = await decode(fact, ring.keys)
  learnNext(ring, decoded)
  return decoded.kind === 'exchange' ? withRecovered(ring, decoded) : decoded
}

/** Learns from what somebody else has decoded. */
export function learnNext({ keys }: Keyring, decoded: Decoded): void {
  if (decoded.kind === 'exchange') learnInto(keys, decoded)
}

async function withRecovered({ keys, recovery }: Keyring, exchange: DecodedExchange): Promise<DecodedExchange> {
  const { jws } = exchange
  if (!jws || jws.kid === null || !needsKey(jws)) return exchange
  const jwk = await recoverKey(recovery, jws)
  return jwk && addKey(keys, jws.kid, recovered(jwk)) ? withKeys(exchange, keys) : exchange
}
