/**
 * The public key of an account that was never shown, from two of its ECDSA signatures.
 * Each signature alone could have been made by one of two keys; the one that two different requests have in common made
 * both. It proves that one key signed them, and no more.
 */
import { readBase64url } from '../base64url.ts'
import type { JsonObject, Jws } from '../model.ts'
import { candidateKeys, ecdsaRow } from './curves.ts'
import type { AccountKeys } from './keys.ts'
import { addKey, type KnownKey } from './keys.ts'
import { signingInput } from './parse-jws.ts'

/** What is known of the accounts whose key is looked for. Held, and changed, by whoever decodes a recording in order. */
export interface Recovery {
  readonly accounts: Map<string, Suspects>
  /** Effort that may still be made: some ms each. */
  left: number
}

interface Suspects {
  /** Candidate key → the request that it may have signed. */
  readonly keys: Map<string, string>
  tried: number
}

/** Signatures of one account that are looked at, and the effort that is made for all together: some seconds. */
const MAX_PER_ACCOUNT = 16
const MAX_IN_ALL = 512

export const startRecovery = (): Recovery => ({ accounts: new Map(), left: MAX_IN_ALL })

/**
 * Looks at one more request of an account whose key is not known.
 * A key change in between is no trouble: two requests before it, or two after it, still have a key in common.
 * @returns the key, as soon as a second request turns out to be signed with it
 */
export async function recoverKey(
  recovery: Recovery,
  jws: Pick<Jws, 'alg' | 'kid' | 'raw'>,
): Promise<JsonObject | null> {
  const row = ecdsaRow(jws.alg)
  const signature = readBase64url(jws.raw.signature)
  if (!row || jws.kid === null || !signature) return null
  const suspects = suspectsOf(recovery, jws.kid)
  if (recovery.left <= 0 || suspects.tried >= MAX_PER_ACCOUNT) return null
  recovery.left -= row.effort
  suspects.tried += 1
  const request = `${jws.raw.protected}.${jws.raw.payload}`
  let found: JsonObject | null = null
  for (const jwk of await candidateKeys(row, signature, signingInput(jws.raw))) {
    const name = JSON.stringify(jwk)
    const other = suspects.keys.get(name)
    // The same request twice has the same two candidates, and tells nothing.
    if (other !== undefined && other !== request) found = jwk
    suspects.keys.set(name, request)
  }
  return found
}

function suspectsOf({ accounts }: Recovery, kid: string): Suspects {
  const known = accounts.get(kid)
  if (known) return known
  const suspects: Suspects = { keys: new Map(), tried: 0 }
  accounts.set(kid, suspects)
  return suspects
}

/** Adds what can be recovered from signed requests, in any order. Bounded, however many there are. */
export async function recoverKeys(requests: readonly Jws[], keys: AccountKeys): Promise<AccountKeys> {
  const recovery = startRecovery()
  const more = new Map<string, readonly KnownKey[]>(keys)
  for (const jws of requests) {
    if (!needsKey(jws)) continue
    const jwk = await recoverKey(recovery, jws)
    if (jwk && jws.kid !== null) addKey(more, jws.kid, recovered(jwk))
  }
  return more
}

export const recovered = (jwk: JsonObject): KnownKey => ({ jwk, source: 'recovered', certain: false })

/** Nothing but the key is missing, or those that are known do not fit. */
export const needsKey = ({ kid, jwk, signature }: Jws): boolean =>
  kid !== null && jwk === null && signature.status === 'unverifiable'
