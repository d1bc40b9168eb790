/**
 * Signatures of certificates and signing requests. A signature is `invalid` only when every part of the check was at
 * hand and it failed; an algorithm, a curve or a platform that cannot do it makes it `unverifiable`, by name.
 */

import { stringField } from '../acme/json.ts'
import { verifyEd448, verifyEs256k } from '../acme/jws/curves.ts'
import type { JsonObject } from '../acme/model.ts'
import { type Hash, type SignatureAlgorithm, signatureName } from './algorithm.ts'
import { sequenceIn } from './der.ts'
import type { PublicKey } from './key.ts'
import type { Verdict } from './model.ts'
import { messageOf } from './octets.ts'
import { readInteger } from './values.ts'

/** What is signed, how, and by which key. */
export interface Signed {
  readonly algorithm: SignatureAlgorithm
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

const unverifiable = (reason: string): Verdict => ({ status: 'unverifiable', reason: `cannot be checked: ${reason}` })

/** Never throws. */
export async function verifySignature(what: Signed, key: PublicKey): Promise<Verdict> {
  const name = signatureName(what.algorithm)
  const { scheme } = what.algorithm
  if (scheme === null || scheme === 'DSA') return unverifiable(`${name} is no algorithm acmescope knows how to check`)
  if (!KEYS[scheme].test(key.facts.type))
    return { status: 'invalid', reason: `a ${name} signature cannot be of the key, which is ${key.facts.type}` }
  if (!key.jwk) return unverifiable(`acmescope does not know how to use a key of kind ${key.facts.type}`)
  try {
    const matches = await CHECKS[scheme](what, key.jwk)
    return matches
      ? { status: 'valid', reason: name }
      : { status: 'invalid', reason: `the ${name} signature does not match` }
  } catch (error) {
    return unverifiable(`${name} with a key of kind ${key.facts.type}: ${messageOf(error)}`)
  }
}

type Scheme = Exclude<SignatureAlgorithm['scheme'], null | 'DSA'>

/** What a key must be called to have made such a signature. */
const KEYS: Readonly<Record<Scheme, RegExp>> = {
  RSA: /^RSA \d/,
  'RSA-PSS': /^RSA/,
  ECDSA: /^EC /,
  Ed25519: /^Ed25519$/,
  Ed448: /^Ed448$/,
}

type Check = (what: Signed, jwk: JsonObject) => Promise<boolean>

const CHECKS: Readonly<Record<Scheme, Check>> = {
  RSA: (what, jwk) => webCrypto(what, jwk, { name: 'RSASSA-PKCS1-v1_5', hash: hashOf(what) }),
  'RSA-PSS': checkPss,
  ECDSA: checkEcdsa,
  Ed25519: (what, jwk) => webCrypto(what, jwk, { name: 'Ed25519' }),
  Ed448: ({ signature, signed }, jwk) => verifyEd448(signature, signed, jwk),
}

/** Those that WebCrypto has. @throws Error that names another one */
function hashOf({ algorithm }: Signed): Hash {
  const { hash } = algorithm
  if (hash === null || hash === 'MD5' || hash === 'SHA-224')
    throw new Error(`${hash ?? 'this digest'} is not to be had`)
  return hash
}

async function checkPss(what: Signed, jwk: JsonObject): Promise<boolean> {
  const { pss } = what.algorithm
  if (!pss) throw new Error('its parameters cannot be read')
  if (pss.mgfHash !== pss.hash) throw new Error(`its mask is made with another digest (${pss.mgfHash})`)
  return webCrypto(what, jwk, { name: 'RSA-PSS', hash: hashOf(what) }, { saltLength: pss.saltLength })
}

/** Octets of a number on each curve. */
const SIZES: ReadonlyMap<string, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
  ['secp256k1', 32],
])

async function checkEcdsa(what: Signed, jwk: JsonObject): Promise<boolean> {
  const namedCurve = stringField(jwk, 'crv') ?? ''
  const signature = rawSignature(what.signature, SIZES.get(namedCurve) ?? 0)
  if (!signature) return false
  const hash = hashOf(what)
  if (namedCurve !== 'secp256k1') return webCrypto({ ...what, signature }, jwk, { name: 'ECDSA', namedCurve }, { hash })
  if (hash !== 'SHA-256') throw new Error(`secp256k1 with ${hash} is not to be had`)
  return verifyEs256k(signature, what.signed, jwk)
}

/** From the two INTEGERs of X9.62 to the two halves of JOSE and WebCrypto; null when they are none, or too large. */
function rawSignature(der: Uint8Array, size: number): Uint8Array | null {
  try {
    const halves = sequenceIn(der).map(({ content }) => readInteger(content))
    if (halves.length !== 2 || halves.some(({ negative, magnitude }) => negative || magnitude.length > size))
      return null
    const raw = new Uint8Array(2 * size)
    for (const [at, { magnitude }] of halves.entries()) raw.set(magnitude, (at + 1) * size - magnitude.length)
    return raw
  } catch {
    return null
  }
}

/** Nobody's key is longer, in base64url characters: what is was made to keep us busy. */
const MAX_KEY = 8 * 1024

async function webCrypto(
  { signed, signature }: Signed,
  jwk: JsonObject,
  algorithm: { readonly name: string; readonly [parameter: string]: unknown },
  parameters: { readonly [parameter: string]: unknown } = {},
): Promise<boolean> {
  const subtle = globalThis.crypto?.subtle
  if (!subtle) throw new Error('this page has no cryptography: it was not served over HTTPS or from this machine')
  if (JSON.stringify(jwk).length > MAX_KEY) throw new Error('the key is too long')
  const key = await subtle.importKey('jwk', { ...jwk }, algorithm, false, ['verify'])
  return subtle.verify({ name: algorithm.name, ...parameters }, key, signature.slice(), signed.slice())
}
