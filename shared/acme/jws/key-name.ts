/** What a person calls a key. */
import { readBase64url } from '../base64url.ts'
import { stringField } from '../json.ts'
import type { JsonObject } from '../model.ts'

/** Of a modulus in characters; nobody's is longer. */
const MAX_MODULUS = 8 * 1024

/** `RSA, 2048 bits`, `EC P-256`, `OKP Ed25519`; its kind alone where the size cannot be told. */
export function keyName(jwk: JsonObject): string {
  const kty = (stringField(jwk, 'kty') ?? 'a key of no kind').slice(0, 40)
  if (kty !== 'RSA') return [kty, (stringField(jwk, 'crv') ?? '').slice(0, 40)].filter(Boolean).join(' ')
  const bits = bitsOf(stringField(jwk, 'n') ?? '')
  return bits === null ? kty : `${kty}, ${bits} bits`
}

/** Of a whole number in base64url, the zeros at its beginning not counted. */
function bitsOf(text: string): number | null {
  const octets = text.length <= MAX_MODULUS ? readBase64url(text) : null
  const first = octets?.findIndex((octet) => octet > 0) ?? -1
  if (!octets || first < 0) return null
  return (octets.length - first - 1) * 8 + (32 - Math.clz32(octets[first] ?? 0))
}
