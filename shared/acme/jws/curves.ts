/**
 * The elliptic curves WebCrypto lacks, or cannot recover keys on. The only importer of @noble/curves, which is loaded
 * when somebody first needs it: few recordings do.
 */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { readBase64url, toBase64url } from '../base64url.ts'
import { stringField } from '../json.ts'
import type { JsonObject } from '../model.ts'

type Ecdsa = typeof import('@noble/curves/secp256k1.js')['secp256k1']

export interface EcdsaRow {
  readonly alg: string
  readonly crv: string
  readonly load: () => Promise<Ecdsa>
  readonly hash: (message: Uint8Array) => Uint8Array
  /** What a look for its key takes, as a multiple of what it takes on the quickest curve. */
  readonly effort: number
}

/** RFC 7518 §3.4 and RFC 8812 §3.2. */
export const ECDSA: readonly EcdsaRow[] = [
  {
    alg: 'ES256',
    crv: 'P-256',
    load: async () => (await import('@noble/curves/nist.js')).p256,
    hash: sha256,
    effort: 1,
  },
  {
    alg: 'ES384',
    crv: 'P-384',
    load: async () => (await import('@noble/curves/nist.js')).p384,
    hash: sha384,
    effort: 2,
  },
  {
    alg: 'ES512',
    crv: 'P-521',
    load: async () => (await import('@noble/curves/nist.js')).p521,
    hash: sha512,
    effort: 4,
  },
  {
    alg: 'ES256K',
    crv: 'secp256k1',
    load: async () => (await import('@noble/curves/secp256k1.js')).secp256k1,
    hash: sha256,
    effort: 1,
  },
]

export const ecdsaRow = (alg: string | null): EcdsaRow | null => ECDSA.find((row) => row.alg === alg) ?? null

/** @throws when the key is none, or of the wrong curve */
export async function verifyEs256k(signature: Uint8Array, message: Uint8Array, jwk: JsonObject): Promise<boolean> {
  const { secp256k1 } = await import('@noble/curves/secp256k1.js')
  const point = Uint8Array.from([4, ...coordinate(jwk, 'x', 32), ...coordinate(jwk, 'y', 32)])
  if (!secp256k1.utils.isValidPublicKey(point, false)) throw new Error('it is no point of the curve')
  // RFC 8812 §3.2 asks for no low s, as Bitcoin does.
  return signature.length === 64 && secp256k1.verify(signature, message, point, { lowS: false })
}

/** RFC 8032 §5.2, RFC 8037 §3.1. @throws when the key is none */
export async function verifyEd448(signature: Uint8Array, message: Uint8Array, jwk: JsonObject): Promise<boolean> {
  const { ed448 } = await import('@noble/curves/ed448.js')
  const key = coordinate(jwk, 'x', 57)
  if (!ed448.utils.isValidPublicKey(key)) throw new Error('it is no point of the curve')
  return signature.length === 114 && ed448.verify(signature, message, key)
}

function coordinate(jwk: JsonObject, name: string, bytes: number): Uint8Array {
  const value = readBase64url(stringField(jwk, name) ?? '')
  if (value?.length !== bytes) throw new Error(`its ${name} is not of ${bytes} bytes`)
  return value
}

/**
 * The keys that may have made an ECDSA signature: x of the nonce point has two points, and each gives one (SEC 1 §4.1.6).
 * The two more that exist where r + n is a field element too are left out: one signature in 2³² has them.
 * @returns nothing for what is no signature of this curve
 */
export async function candidateKeys(
  row: EcdsaRow,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<readonly JsonObject[]> {
  const curve = await row.load()
  if (signature.length !== curve.lengths.signature) return []
  const digest = row.hash(message)
  return [0, 1].flatMap((bit): readonly JsonObject[] => {
    try {
      const point = curve.Signature.fromBytes(signature, 'compact').addRecoveryBit(bit).recoverPublicKey(digest)
      return [toJwk(row.crv, point.toBytes(false))]
    } catch {
      return []
    }
  })
}

/** From the uncompressed form: 4, x, y. */
function toJwk(crv: string, point: Uint8Array): JsonObject {
  const half = (point.length - 1) / 2
  return { crv, kty: 'EC', x: toBase64url(point.slice(1, 1 + half)), y: toBase64url(point.slice(1 + half)) }
}
