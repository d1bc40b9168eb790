// An ACME account with a real key of any kind, and the exchanges it makes. Signs with OpenSSL, by way of Node, so that
// what verifies is not tested against itself.
import { constants, createHmac, sign } from 'node:crypto'
import type { Exchange } from '../../shared/exchange.ts'
import { type KeyPair, makeKeyPair } from './key-pairs.ts'

export interface FlattenedJws {
  readonly protected: string
  readonly payload: string
  readonly signature: string
}

export type PublicJwk = Readonly<Record<string, string>>

export interface AccountSigner {
  readonly alg: string
  readonly jwk: PublicJwk
  /** `payload`: JSON, or '' for POST-as-GET. `header` is added to `alg`, and wins over it. */
  sign(payload: unknown, header: Readonly<Record<string, unknown>>): FlattenedJws
}

interface Kind {
  readonly create: () => KeyPair
  readonly hash: string | null
  readonly options?: { readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: 'ieee-p1363' }
}

const rsa = (hash: string): Kind => ({ create: () => makeKeyPair('rsa', { modulusLength: 2048 }), hash })
const pss = (hash: string): Kind => ({
  ...rsa(hash),
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
})
const ecdsa = (namedCurve: string, hash: string): Kind => ({
  create: () => makeKeyPair('ec', { namedCurve }),
  hash,
  options: { dsaEncoding: 'ieee-p1363' },
})

const KINDS = {
  RS256: rsa('sha256'),
  RS384: rsa('sha384'),
  RS512: rsa('sha512'),
  PS256: pss('sha256'),
  PS384: pss('sha384'),
  PS512: pss('sha512'),
  ES256: ecdsa('P-256', 'sha256'),
  ES384: ecdsa('P-384', 'sha384'),
  ES512: ecdsa('P-521', 'sha512'),
  ES256K: ecdsa('secp256k1', 'sha256'),
  EdDSA: { create: () => makeKeyPair('ed25519'), hash: null },
  Ed25519: { create: () => makeKeyPair('ed25519'), hash: null },
  Ed448: { create: () => makeKeyPair('ed448'), hash: null },
} satisfies Record<string, Kind>

export type SignerAlgorithm = keyof typeof KINDS
export const SIGNER_ALGORITHMS = Object.keys(KINDS) as SignerAlgorithm[]

const encode = (value: unknown): string =>
  value === '' ? '' : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export function createSigner(alg: SignerAlgorithm, keys?: KeyPair): AccountSigner {
  const { create, hash, options }: Kind = KINDS[alg]
  const { publicKey, privateKey } = keys ?? create()
  return {
    alg,
    jwk: publicKey.export({ format: 'jwk' }) as PublicJwk,
    sign: (payload, header) =>
      flatten({ alg, ...header }, payload, (input) => sign(hash, input, { key: privateKey, ...options })),
  }
}

/** With a shared secret, as an account binding is (RFC 8555 §7.3.4), and as no account may be. */
export const signWithMac = (
  secret: Buffer | string,
  payload: unknown,
  header: Readonly<Record<string, unknown>>,
): FlattenedJws =>
  flatten({ alg: 'HS256', ...header }, payload, (input) => createHmac('sha256', secret).update(input).digest())

function flatten(header: object, payload: unknown, signature: (input: Buffer) => Buffer): FlattenedJws {
  const parts = { protected: encode(header), payload: encode(payload) }
  const input = Buffer.from(`${parts.protected}.${parts.payload}`)
  return { ...parts, signature: signature(input).toString('base64url') }
}

/** A request with this body, one second after the one before it, and its answer. */
export function signedExchange(
  sequence: number,
  url: string,
  body: FlattenedJws,
  response: { readonly status?: number; readonly location?: string } = {},
): Exchange {
  const at = new Date(Date.UTC(2026, 0, 1) + sequence * 1000).toISOString()
  return {
    kind: 'exchange',
    id: `e${sequence}`,
    sequence,
    startedAt: at,
    client: { address: '127.0.0.1', port: 40_000 },
    state: 'complete',
    timings: { total: 10 },
    request: {
      method: 'POST',
      url,
      httpVersion: 'HTTP/1.1',
      headers: [['Content-Type', 'application/jose+json']],
      body: { kind: 'text', text: JSON.stringify(body) },
    },
    response: {
      status: response.status ?? 200,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      headers: response.location === undefined ? [] : [['Location', response.location]],
      body: { kind: 'empty' },
    },
  }
}
