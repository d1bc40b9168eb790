/** Public keys and algorithms under the names a person calls them. */

import { sha256 } from '@noble/hashes/sha2.js'
import type { PublicKey } from '@peculiar/x509'
import { toBase64url } from '../acme/base64url.ts'
import type { PublicKeyFacts } from './model.ts'

/** What the library says of an algorithm: WebCrypto's names, or the object identifier of one it does not know. */
interface NamedAlgorithm {
  readonly name: string
  readonly hash?: { readonly name: string }
  readonly namedCurve?: string
  readonly modulusLength?: number
}

export const readKey = (key: PublicKey): PublicKeyFacts => ({
  type: keyType(key.algorithm),
  spkiSha256: toBase64url(sha256(new Uint8Array(key.rawData))),
})

function keyType({ name, namedCurve, modulusLength }: NamedAlgorithm): string {
  if (modulusLength !== undefined) return `RSA ${modulusLength}`
  if (name.startsWith('RSA')) return 'RSA'
  if (name.startsWith('EC') && !name.startsWith('ECDH-')) return `EC ${namedCurve ?? 'with its own curve'}`
  return namedCurve ?? name
}

const SIGNATURES: Readonly<Record<string, string>> = { 'RSASSA-PKCS1-v1_5': 'RSA', EdDSA: 'Ed448' }

/** `ECDSA with SHA-256`, `RSA with SHA-256`, `Ed25519`; an unknown one by its object identifier. */
export const signatureName = ({ name, hash }: NamedAlgorithm): string =>
  [SIGNATURES[name] ?? name, hash?.name].filter(Boolean).join(' with ')
