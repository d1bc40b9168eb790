/**
 * Flattened JWS → what it says and a verdict on its signature. The only importer of jose.
 * A signature is `invalid` only when every part of the check was at hand and the check failed; anything missing, cut,
 * unknown or perhaps out of date makes it `unverifiable`, with the reason in words.
 */
import { errors, flattenedVerify, importJWK, type JWK } from 'jose'
import { readBase64url } from '../base64url.ts'
import { stringField } from '../json.ts'
import type { JsonObject, Jws, KeySource, SignatureVerdict } from '../model.ts'
import { verifyEd448, verifyEs256k } from './curves.ts'
import { isCut, publicKey, thumbprintOf } from './jwk.ts'
import { type AccountKeys, type KnownKey, noKeys } from './keys.ts'
import { type ParsedJws, parseJws, signingInput } from './parse-jws.ts'

/** Reads a value that claims to be a flattened JWS and checks its signature; null when it is none, see `parseJws`. */
export async function readJws(value: unknown, keys: AccountKeys): Promise<Jws | null> {
  const parsed = parseJws(value)
  return parsed && judgeJws(parsed, keys)
}

/** Checks the signature, and that of the JWS inside, which carries its key with it. Takes its keys before it waits. */
export async function judgeJws(parsed: ParsedJws, keys: AccountKeys): Promise<Jws> {
  const [signature, inner] = await Promise.all([
    judgeSignature(parsed, keys),
    parsed.inner && judgeJws(parsed.inner.jws, noKeys),
  ])
  return { ...parsed, signature, inner: parsed.inner && inner && { ...parsed.inner, jws: inner } }
}

// ───────────────────────────── algorithms

interface Algorithm {
  /** What a key must be to be used with it: RFC 7518 §3.1, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2. */
  readonly kty: string
  readonly crv?: readonly string[]
}

/** Those that can be checked. An attacker who chooses the algorithm must not choose what the key is taken for. */
const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { kty: 'RSA' }],
  ['RS384', { kty: 'RSA' }],
  ['RS512', { kty: 'RSA' }],
  ['PS256', { kty: 'RSA' }],
  ['PS384', { kty: 'RSA' }],
  ['PS512', { kty: 'RSA' }],
  ['ES256', { kty: 'EC', crv: ['P-256'] }],
  ['ES384', { kty: 'EC', crv: ['P-384'] }],
  ['ES512', { kty: 'EC', crv: ['P-521'] }],
  ['ES256K', { kty: 'EC', crv: ['secp256k1'] }],
  ['EdDSA', { kty: 'OKP', crv: ['Ed25519', 'Ed448'] }],
  ['Ed25519', { kty: 'OKP', crv: ['Ed25519'] }],
  ['Ed448', { kty: 'OKP', crv: ['Ed448'] }],
])

type Check = (parsed: ParsedJws, alg: string, jwk: JsonObject) => Promise<boolean>

/** By the curve of the key, where WebCrypto has it not; else jose. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['secp256k1', async ({ raw }, _alg, jwk) => verifyEs256k(signatureOf(raw), signingInput(raw), jwk)],
  ['Ed448', async ({ raw }, _alg, jwk) => verifyEd448(signatureOf(raw), signingInput(raw), jwk)],
])

const signatureOf = (raw: Jws['raw']): Uint8Array => readBase64url(raw.signature) ?? new Uint8Array()

async function checkWithJose({ raw }: ParsedJws, alg: string, jwk: JsonObject): Promise<boolean> {
  if (!globalThis.crypto?.subtle)
    throw new Error('this page has no cryptography: it was not served over HTTPS or from this machine')
  try {
    await flattenedVerify(raw, await importKey(jwk, alg), { algorithms: [alg] })
    return true
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return false
    throw error
  }
}

/** Keys imported last, by key and algorithm: an account signs many requests, and importing costs as much as checking. */
const imported = new Map<string, ReturnType<typeof importJWK>>()
const MAX_IMPORTED = 256

function importKey(jwk: JsonObject, alg: string): ReturnType<typeof importJWK> {
  const name = `${alg} ${JSON.stringify(jwk)}`
  const known = imported.get(name)
  if (known) return known
  if (imported.size >= MAX_IMPORTED) imported.clear()
  const key = importJWK(jwk as unknown as JWK, alg)
  imported.set(name, key)
  return key
}

// ───────────────────────────── verdicts

/** A key to check with. */
interface Candidate extends Omit<KnownKey, 'source'> {
  readonly source: KeySource
}

const unverifiable = (reason: string): SignatureVerdict => ({
  status: 'unverifiable',
  reason,
  thumbprint: null,
  key: null,
})

/** No signature of this algorithm can be of this key. */
const invalid = (reason: string, { jwk, source }: Candidate): SignatureVerdict => ({
  status: 'invalid',
  reason,
  thumbprint: thumbprintOf(jwk),
  key: source,
})

/**
 * Checks one signature. The request's own `jwk` decides, or else what is known of the account that `kid` names.
 * Never throws. Looks at `keys` before it first waits, so that they may change meanwhile.
 */
export async function judgeSignature(parsed: ParsedJws, keys: AccountKeys): Promise<SignatureVerdict> {
  const alg = parsed.alg
  if (!parsed.header || alg === null) return unverifiable('the protected header cannot be read')
  const hindrance = hindranceOf(parsed, alg)
  if (hindrance !== null) return unverifiable(hindrance)
  let verdict = unverifiable("the account's key was not seen, neither in this recording nor in another")
  for (const candidate of candidatesOf(parsed, keys)) {
    verdict = await judgeWith(parsed, alg, candidate)
    if (verdict.status === 'valid') break
  }
  return verdict
}

function candidatesOf({ jwk, kid }: ParsedJws, keys: AccountKeys): readonly Candidate[] {
  if (jwk) return [{ jwk, source: 'jwk', certain: true }]
  return kid === null ? [] : (keys.get(kid) ?? [])
}

/** Why it cannot be checked, whatever the key. */
function hindranceOf({ header, raw }: ParsedJws, alg: string): string | null {
  if (alg === 'none') return 'cannot be checked: the algorithm is “none”, so nothing is signed'
  if (/^HS\d/.test(alg)) return `${alg} is checked with a secret that only the client and the CA have`
  if (!ALGORITHMS.has(alg)) return `cannot be checked: ${alg.slice(0, 64)} is no algorithm acmescope knows`
  // An extension that must be understood (RFC 7515 §4.1.11) may change what is signed, as b64 (RFC 7797) does.
  if (header && ('crit' in header || 'b64' in header))
    return 'cannot be checked: the header asks for an extension (“crit”, “b64”) that ACME does not have'
  if (readBase64url(raw.signature) === null) return 'the signature was shortened or is not base64url'
  return null
}

/** Why no signature of this algorithm can be of this key, which then must not be tried; null when one can. */
function mismatchOf(alg: string, jwk: JsonObject): string | null {
  const wanted = ALGORITHMS.get(alg)
  const [kty, crv] = [stringField(jwk, 'kty'), stringField(jwk, 'crv')]
  // A key without a kind is none, which is for `publicKey` to say.
  if (!wanted || kty === null) return null
  if (kty === wanted.kty && (!wanted.crv || wanted.crv.includes(crv ?? ''))) return null
  return `${alg} wants a key of kind ${kindOf(wanted.kty, wanted.crv ?? [])}, and the key is of kind ${kindOf(kty, [crv])}`
}

const kindOf = (kty: string, crv: readonly (string | null)[]): string =>
  [kty, crv.filter(Boolean).join(' or ')].filter(Boolean).join(' ').slice(0, 64)

async function judgeWith(parsed: ParsedJws, alg: string, candidate: Candidate): Promise<SignatureVerdict> {
  const mismatch = mismatchOf(alg, candidate.jwk)
  if (mismatch !== null) return candidate.certain ? invalid(mismatch, candidate) : unverifiable(mismatch)
  if (isCut(candidate.jwk)) return unverifiable('the key was shortened in this recording')
  const jwk = publicKey(candidate.jwk)
  if (!jwk) return unverifiable(`${alg} with this key cannot be checked: a part of it is missing, or it is too long`)
  try {
    const check = CHECKS.get(stringField(jwk, 'crv') ?? '') ?? checkWithJose
    return toVerdict(await check(parsed, alg, jwk), alg, candidate)
  } catch (error) {
    return unverifiable(`${alg} with this key cannot be checked here: ${wordsOf(error)}`)
  }
}

function toVerdict(matches: boolean, alg: string, { jwk, source, certain }: Candidate): SignatureVerdict {
  if (!matches && !certain) return unverifiable(`the ${alg} signature does not match ${DOUBTS[source]}`)
  const status = matches ? 'valid' : 'invalid'
  const reason = matches ? `${alg}, ${PROOFS[source]}` : `the ${alg} signature does not match ${NAMES[source]}`
  return { status, reason, thumbprint: thumbprintOf(jwk), key: source }
}

const NAMES: Readonly<Record<KeySource, string>> = {
  jwk: 'the key that the request carries',
  'this recording': "the account's key",
  'another recording': "the account's key",
  recovered: 'the recovered key',
}

const PROOFS: Readonly<Record<KeySource, string>> = {
  jwk: 'checked with the key that the request carries',
  'this recording': "checked with the account's key",
  'another recording': "checked with the account's key, which another recording showed",
  recovered:
    'and the key was recovered from two signatures: they come from the same key, which proves no more than that',
}

const DOUBTS: Readonly<Record<KeySource, string>> = {
  jwk: NAMES.jwk,
  'this recording': "the account's key as this recording shows it at another time",
  'another recording': "the account's key as another recording showed it; it may have been changed since",
  recovered: "the key that was recovered from other signatures; the account's key may have been changed",
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
