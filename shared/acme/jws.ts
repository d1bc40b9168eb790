/**
 * Flattened JWS → header, payload, verdict. The only importer of jose.
 * A signature is `invalid` only when every part of the check was at hand and the check failed; anything missing, cut or
 * unknown makes it `unverifiable`, with the reason in words.
 */
import { calculateJwkThumbprint, errors, flattenedVerify, importJWK, type JWK } from 'jose'
import { readBase64url, readUtf8 } from './base64url.ts'
import { isObject, stringField } from './json.ts'
import type { JsonObject, Jws, JwsPayload, SignatureVerdict } from './model.ts'

/** Account URL → public key, learnt from earlier exchanges. */
export type AccountKeys = ReadonlyMap<string, JsonObject>
export const noKeys: AccountKeys = new Map()

interface RawJws {
  readonly protected: string
  readonly payload: string
  readonly signature: string
}

/** Deep enough for a key change inside a request; anything deeper is hostile. */
const MAX_DEPTH = 2

/**
 * Reads a value that claims to be a flattened JWS (RFC 7515 §7.2.2, RFC 8555 §6.2) and checks its signature.
 * @returns null when the value does not even have the three members of one.
 */
export async function readJws(value: unknown, keys: AccountKeys, depth = 0): Promise<Jws | null> {
  const raw = readRaw(value)
  if (!raw || depth >= MAX_DEPTH) return null
  const header = parseObject(raw.protected)
  const payload = readPayload(raw.payload)
  const jwk = header && isObject(header.jwk) ? header.jwk : null
  const kid = stringField(header, 'kid')
  return {
    raw,
    header,
    alg: stringField(header, 'alg'),
    kid,
    jwk,
    nonce: stringField(header, 'nonce'),
    url: stringField(header, 'url'),
    payload,
    isPostAsGet: raw.payload === '',
    signature: await verify(raw, header, jwk ?? (kid === null ? null : (keys.get(kid) ?? null))),
    thumbprint: jwk && (await thumbprintOf(jwk)),
    inner: await readInner(payload, depth),
    problems: problemsOf(raw, header, payload),
  }
}

function readRaw(value: unknown): RawJws | null {
  const [protectedHeader, payload, signature] = ['protected', 'payload', 'signature'].map((name) =>
    stringField(value, name),
  )
  if (protectedHeader == null || payload == null || signature == null) return null
  return { protected: protectedHeader, payload, signature }
}

function parseObject(base64url: string): JsonObject | null {
  const bytes = readBase64url(base64url)
  const value = bytes && parseJson(readUtf8(bytes))
  return isObject(value) ? value : null
}

function parseJson(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readPayload(base64url: string): JwsPayload {
  if (base64url === '') return { kind: 'empty' }
  const bytes = readBase64url(base64url)
  if (!bytes) return { kind: 'undecodable', reason: 'the payload is not base64url' }
  const text = readUtf8(bytes)
  if (text === null) return { kind: 'undecodable', reason: 'the payload is not UTF-8 text' }
  const value = parseJson(text)
  return value === undefined ? { kind: 'text', text } : { kind: 'json', value }
}

function problemsOf(raw: RawJws, header: JsonObject | null, payload: JwsPayload): readonly string[] {
  const problems: string[] = []
  if (readBase64url(raw.protected) === null) problems.push('the protected header is not base64url')
  else if (!header) problems.push('the protected header is not a JSON object')
  if (payload.kind === 'undecodable') problems.push(payload.reason)
  if (payload.kind === 'text') problems.push('the payload is not JSON')
  if (readBase64url(raw.signature) === null) problems.push('the signature is not base64url')
  return problems
}

async function readInner(payload: JwsPayload, depth: number): Promise<Jws['inner']> {
  if (payload.kind !== 'json') return null
  const binding = isObject(payload.value) ? payload.value.externalAccountBinding : undefined
  const bound = await readJws(binding, noKeys, depth + 1)
  if (bound) return { purpose: 'externalAccountBinding', jws: bound }
  const change = await readJws(payload.value, noKeys, depth + 1)
  return change && { purpose: 'keyChange', jws: change }
}

const unverifiable = (reason: string): SignatureVerdict => ({ status: 'unverifiable', reason, thumbprint: null })

async function verify(raw: RawJws, header: JsonObject | null, jwk: JsonObject | null): Promise<SignatureVerdict> {
  const alg = stringField(header, 'alg')
  if (!header || alg === null) return unverifiable('the protected header cannot be read')
  if (alg.startsWith('HS')) return unverifiable(`${alg} is checked with a secret that only the client and the CA have`)
  if (!jwk) return unverifiable("the account's key was not seen in this recording")
  if (isCut(jwk)) return unverifiable('the key was shortened in this recording')
  if (readBase64url(raw.signature) === null) return unverifiable('the signature was shortened or is not base64url')
  if (!globalThis.crypto?.subtle)
    return unverifiable('this page has no cryptography: it was not served over HTTPS or from this machine')
  return verifyWith(raw, alg, jwk)
}

async function verifyWith(raw: RawJws, alg: string, jwk: JsonObject): Promise<SignatureVerdict> {
  const thumbprint = await thumbprintOf(jwk)
  const key = await importKey(jwk, alg)
  if (typeof key === 'string') return unverifiable(key)
  try {
    await flattenedVerify(raw, key, { algorithms: [alg] })
    return { status: 'valid', reason: `${alg}, checked with the account key`, thumbprint }
  } catch (error) {
    if (!(error instanceof errors.JWSSignatureVerificationFailed)) return unverifiable(wordsOf(error))
    return { status: 'invalid', reason: `the ${alg} signature does not match the key`, thumbprint }
  }
}

async function importKey(jwk: JsonObject, alg: string): Promise<CryptoKey | Uint8Array | string> {
  try {
    return await importJWK(publicOnly(jwk), alg)
  } catch (error) {
    if (error instanceof errors.JOSENotSupported) return `${alg} is not an algorithm acmescope can check`
    return `${alg} with this key cannot be checked here: ${wordsOf(error)}`
  }
}

/** A client that sends its private members by mistake must not make the import fail; they are not ours to use. */
function publicOnly({
  d: _d,
  p: _p,
  q: _q,
  dp: _dp,
  dq: _dq,
  qi: _qi,
  use: _use,
  key_ops: _ops,
  alg: _alg,
  ...jwk
}: JsonObject): JWK {
  return jwk as unknown as JWK
}

/** A key that its author shortened for publication (`txHVs5…FaAk`) is not a wrong key. */
function isCut(jwk: JsonObject): boolean {
  return ['n', 'e', 'x', 'y'].some((name) => typeof jwk[name] === 'string' && readBase64url(jwk[name]) === null)
}

async function thumbprintOf(jwk: JsonObject): Promise<string | null> {
  if (isCut(jwk) || !globalThis.crypto?.subtle) return null
  try {
    return await calculateJwkThumbprint(publicOnly(jwk), 'sha256')
  } catch {
    return null
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
