/** Public keys (SubjectPublicKeyInfo, RFC 5280 §4.1.2.7): what a person calls them, and all that they are made of. */

import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64url } from '../acme/base64url.ts'
import { thumbprintOf } from '../acme/jws/jwk.ts'
import type { JsonObject } from '../acme/model.ts'
import { type Der, elementsIn, expect, onlyElement, TAG } from './der.ts'
import type { PublicKeyFacts } from './model.ts'
import { longName } from './objects.ts'
import { bitLength, bitOctets, type Integer, readInteger, readOid } from './values.ts'

export interface PublicKey {
  readonly facts: PublicKeyFacts
  /** Its kind, by object identifier. */
  readonly oid: string
  /** As in RFC 7517, without anything but the key; null when it is broken, or of a kind that JOSE does not have. */
  readonly jwk: JsonObject | null
  readonly parameters: Der | undefined
  /** The octets of the BIT STRING. */
  readonly octets: Uint8Array
}

/** @throws Error in words when it is no SubjectPublicKeyInfo; a key that is broken inside it has `jwk` null */
export function readKey(spki: Der): PublicKey {
  const [algorithm, bits] = elementsIn(expect(spki, TAG.sequence).content)
  const [type, parameters] = elementsIn(expect(algorithm, TAG.sequence).content)
  const oid = readOid(expect(type, TAG.oid).content)
  const octets = bitOctets(expect(bits, TAG.bitString).content)
  const { name, jwk } = orNull(() => KINDS.get(oid)?.(octets, parameters)) ?? { name: longName(oid), jwk: null }
  return {
    facts: { type: name, spkiSha256: toBase64url(sha256(spki.raw)), thumbprint: jwk && thumbprintOf(jwk) },
    oid,
    jwk,
    parameters,
    octets,
  }
}

export function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

interface Named {
  readonly name: string
  readonly jwk: JsonObject | null
}

export const RSA = '1.2.840.113549.1.1.1'
export const RSA_PSS = '1.2.840.113549.1.1.10'
export const EC = '1.2.840.10045.2.1'
export const DSA = '1.2.840.10040.4.1'

type Kind = (octets: Uint8Array, parameters: Der | undefined) => Named

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [RSA, (octets) => rsaKey('RSA', octets)],
  [RSA_PSS, (octets) => rsaKey('RSA-PSS', octets)],
  [EC, ecKey],
  [DSA, (_octets, parameters) => ({ name: `DSA ${bitLength(dsaParameters(parameters)[0])}`, jwk: null })],
  ['1.3.101.112', (octets) => octetKey('Ed25519', octets, 32)],
  ['1.3.101.113', (octets) => octetKey('Ed448', octets, 57)],
  ['1.3.101.110', (octets) => octetKey('X25519', octets, 32)],
  ['1.3.101.111', (octets) => octetKey('X448', octets, 56)],
])

// ───────────────────────────── RSA (RFC 8017 §A.1.1)

interface RsaNumbers {
  readonly modulus: Integer
  readonly exponent: Integer
}

export function rsaNumbers(octets: Uint8Array): RsaNumbers {
  const [modulus, exponent] = elementsIn(expect(onlyElement(octets), TAG.sequence).content)
  return {
    modulus: readInteger(expect(modulus, TAG.integer).content),
    exponent: readInteger(expect(exponent, TAG.integer).content),
  }
}

function rsaKey(name: string, octets: Uint8Array): Named {
  const { modulus, exponent } = rsaNumbers(octets)
  const jwk = { e: toBase64url(exponent.magnitude), kty: 'RSA', n: toBase64url(modulus.magnitude) }
  return { name: `${name} ${bitLength(modulus)}`, jwk }
}

// ───────────────────────────── elliptic curves (RFC 5480, RFC 8410)

/** What JOSE, and most people, call the curves that have more than one name, and the octets of a coordinate. */
const CURVES: ReadonlyMap<string, readonly [name: string, octets: number]> = new Map<string, readonly [string, number]>(
  [
    ['prime256v1', ['P-256', 32]],
    ['secp384r1', ['P-384', 48]],
    ['secp521r1', ['P-521', 66]],
    ['secp256k1', ['secp256k1', 32]],
  ],
)

/** Those that NIST names, which OpenSSL then says in a line of its own. */
export const NIST: ReadonlyMap<string, string> = new Map([
  ['prime192v1', 'P-192'],
  ['secp224r1', 'P-224'],
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
])

export const curveOf = (parameters: Der | undefined): string | null =>
  parameters?.tag === TAG.oid ? longName(readOid(parameters.content)) : null

function ecKey(octets: Uint8Array, parameters: Der | undefined): Named {
  const curve = curveOf(parameters)
  if (curve === null) return { name: 'EC with its own curve', jwk: null }
  const [name, size] = CURVES.get(curve) ?? [NIST.get(curve) ?? curve, 0]
  const isWhole = size > 0 && octets[0] === 4 && octets.length === 1 + 2 * size
  const [x, y] = [octets.subarray(1, 1 + size), octets.subarray(1 + size)]
  const jwk = isWhole ? { crv: name, kty: 'EC', x: toBase64url(x), y: toBase64url(y) } : null
  return { name: `EC ${name}`, jwk }
}

const octetKey = (crv: string, octets: Uint8Array, size: number): Named => ({
  name: crv,
  jwk: octets.length === size ? { crv, kty: 'OKP', x: toBase64url(octets) } : null,
})

/** p, q and g (RFC 3279 §2.3.2). */
export function dsaParameters(parameters: Der | undefined): readonly [Integer, Integer, Integer] {
  const [p, q, g] = elementsIn(expect(parameters, TAG.sequence).content)
  const read = (element: Der | undefined) => readInteger(expect(element, TAG.integer).content)
  return [read(p), read(q), read(g)]
}
