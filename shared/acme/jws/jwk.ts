/** JSON Web Keys (RFC 7517): the public part of one in its canonical form, and its thumbprint (RFC 7638). */
import { sha256 } from '@noble/hashes/sha2.js'
import { readBase64url, toBase64url } from '../base64url.ts'
import { isObject, stringField } from '../json.ts'
import type { JsonObject } from '../model.ts'

/** The members that are the key, in the order they are hashed in. A symmetric key (`oct`) is a secret: no row. */
const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['EC', ['crv', 'kty', 'x', 'y']], // RFC 7638 §3.2
  ['RSA', ['e', 'kty', 'n']],
  ['OKP', ['crv', 'kty', 'x']], // RFC 8037 §2
  ['AKP', ['alg', 'kty', 'pub']], // RFC 9964: ML-DSA
])

/** No key is longer, in characters; what is was made to keep us busy. */
const MAX_KEY = 8 * 1024

/** Its public members and no other, in the order of RFC 7638 §3; null when one is missing or the kind is unknown. */
export function publicKey(jwk: unknown): JsonObject | null {
  const members = MEMBERS.get(stringField(jwk, 'kty') ?? '')
  if (!members || !isObject(jwk)) return null
  const values = members.map((name) => [name, jwk[name]] as const)
  const length = values.reduce((sum, [, value]) => sum + (typeof value === 'string' ? value.length : Infinity), 0)
  return length <= MAX_KEY ? Object.fromEntries(values) : null
}

/** A key that its author shortened for publication (`txHVs5…FaAk`) is not a wrong key. */
export const isCut = (jwk: JsonObject): boolean =>
  ['n', 'e', 'x', 'y', 'pub'].some((name) => typeof jwk[name] === 'string' && readBase64url(jwk[name]) === null)

const thumbprints = new WeakMap<JsonObject, string | null>()

/** RFC 7638, SHA-256, base64url; null when the key is not whole. The key of an account is asked for often. */
export function thumbprintOf(jwk: JsonObject): string | null {
  const known = thumbprints.get(jwk)
  if (known !== undefined) return known
  const key = isCut(jwk) ? null : publicKey(jwk)
  const thumbprint = key && toBase64url(sha256(new TextEncoder().encode(JSON.stringify(key))))
  thumbprints.set(jwk, thumbprint)
  return thumbprint
}
