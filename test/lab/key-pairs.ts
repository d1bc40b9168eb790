/**
 * New keys, for all tests. Node 20 can lock itself up for ever when a key is exported as JWK just as the job that
 * generated it is collected, since both want the key's lock. So no key here is a job's: it is passed on as DER.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export interface DerPair {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Buffer
  /** PKCS #8. */
  readonly privateKey: Buffer
}

const generate = generateKeyPairSync as (type: string, options: object) => DerPair

/** @param options of `generateKeyPairSync`, for that type */
export const makeDerPair = (type: 'rsa' | 'ec' | 'ed25519' | 'ed448', options: object = {}): DerPair =>
  generate(type, {
    ...options,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  })

export function makeKeyPair(...kind: Parameters<typeof makeDerPair>): KeyPair {
  const { publicKey, privateKey } = makeDerPair(...kind)
  return {
    publicKey: createPublicKey({ key: publicKey, type: 'spki', format: 'der' }),
    privateKey: createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' }),
  }
}
