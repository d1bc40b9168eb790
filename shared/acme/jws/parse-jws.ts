/** A value → the flattened JWS it is, as sent, with all that can be said of it without checking a signature. */
import { readJsonStrings } from '../../redact/json-strings.ts'
import { readBase64url, readUtf8 } from '../base64url.ts'
import { isObject, listField, parseJson, stringField } from '../json.ts'
import type { InnerJws, JsonObject, Jws, JwsPayload } from '../model.ts'
import { thumbprintOf } from './jwk.ts'

/** A JWS whose signature nobody has looked at yet. */
export type ParsedJws = Omit<Jws, 'signature' | 'inner'> & { readonly inner: ParsedInner | null }
type ParsedInner = Omit<InnerJws, 'jws'> & { readonly jws: ParsedJws }

type RawJws = Jws['raw']

/** Deep enough for a key change inside a request; anything deeper is hostile. */
const MAX_DEPTH = 2

/**
 * Reads a value that claims to be a flattened JWS (RFC 7515 §7.2.2, RFC 8555 §6.2).
 * @returns null when the value does not even have the three members of one.
 */
export function parseJws(value: unknown, depth = 0): ParsedJws | null {
  const raw = depth < MAX_DEPTH ? readRaw(value) : null
  if (!raw) return null
  const headerText = readText(raw.protected)
  const header = parseObject(headerText)
  const payload = readPayload(raw.payload)
  const jwk = header && isObject(header.jwk) ? header.jwk : null
  return {
    raw,
    header,
    alg: stringField(header, 'alg'),
    kid: stringField(header, 'kid'),
    jwk,
    nonce: stringField(header, 'nonce'),
    url: stringField(header, 'url'),
    payload,
    isPostAsGet: raw.payload === '',
    thumbprint: jwk && thumbprintOf(jwk),
    inner: parseInner(payload, depth),
    problems: [
      ...headerProblems(raw, header, headerText),
      ...payloadProblems(payload),
      ...signatureProblems(raw),
      ...serializationProblems(value),
    ],
  }
}

/** The general serialization (RFC 7515 §7.2.1) is read by its first signature, and is a problem. */
function readRaw(value: unknown): RawJws | null {
  const signed = stringField(value, 'signature') === null ? listField(value, 'signatures')[0] : value
  const protectedHeader = stringField(signed, 'protected')
  const payload = stringField(value, 'payload')
  const signature = stringField(signed, 'signature')
  if (protectedHeader === null || payload === null || signature === null) return null
  return { protected: protectedHeader, payload, signature }
}

/** What is signed (RFC 7515 §5.1). */
export const signingInput = (raw: Jws['raw']): Uint8Array => new TextEncoder().encode(`${raw.protected}.${raw.payload}`)

/** Null when it is not base64url of UTF-8. */
function readText(base64url: string): string | null {
  const bytes = readBase64url(base64url)
  return bytes && readUtf8(bytes)
}

function parseObject(text: string | null): JsonObject | null {
  const value = jsonOf(text)
  return isObject(value) ? value : null
}

function jsonOf(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return parseJson(text)
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
  const value = jsonOf(text)
  return value === undefined ? { kind: 'text', text } : { kind: 'json', value }
}

function parseInner(payload: JwsPayload, depth: number): ParsedInner | null {
  if (payload.kind !== 'json') return null
  const binding = isObject(payload.value) ? parseJws(payload.value.externalAccountBinding, depth + 1) : null
  if (binding) return { ...naming(binding, (value) => value), purpose: 'externalAccountBinding', account: null }
  const change = parseJws(payload.value, depth + 1)
  if (!change) return null
  const account = change.payload.kind === 'json' ? stringField(change.payload.value, 'account') : null
  return { ...naming(change, ({ oldKey }) => oldKey), purpose: 'keyChange', account }
}

/** Which key the payload of an inner JWS names. */
function naming(jws: ParsedJws, keyOf: (value: JsonObject) => unknown): Pick<ParsedInner, 'jws' | 'payloadThumbprint'> {
  const key = jws.payload.kind === 'json' && isObject(jws.payload.value) ? keyOf(jws.payload.value) : null
  return { jws, payloadThumbprint: isObject(key) ? thumbprintOf(key) : null }
}

// ───────────────────────────── what is malformed, in words

function headerProblems(raw: RawJws, header: JsonObject | null, text: string | null): readonly string[] {
  if (readBase64url(raw.protected) === null) return ['the protected header is not base64url']
  if (!header || text === null) return ['the protected header is not a JSON object']
  return [
    ...(hasDuplicateNames(text) ? ['the protected header names a member twice (RFC 7515 §4)'] : []),
    // RFC 8555 §6.2: "The JWS Unencoded Payload Option [RFC7797] MUST NOT be used"
    ...('b64' in header ? ['the protected header has “b64”, which ACME forbids (RFC 8555 §6.2)'] : []),
    ...('crit' in header ? ['the protected header has “crit”: extensions that every reader must understand'] : []),
  ]
}

/** JSON.parse keeps the last of two members of one name; a CA's reader may keep the first, or refuse. */
function hasDuplicateNames(json: string): boolean {
  const names = readJsonStrings(json).flatMap(({ isName, object, value }) => (isName ? `${object} ${value}` : []))
  return new Set(names).size < names.length
}

function payloadProblems(payload: JwsPayload): readonly string[] {
  if (payload.kind === 'undecodable') return [payload.reason]
  return payload.kind === 'text' ? ['the payload is not JSON, or nested too deeply'] : []
}

const signatureProblems = (raw: RawJws): readonly string[] =>
  readBase64url(raw.signature) === null ? ['the signature is not base64url'] : []

/** RFC 8555 §6.2: flattened, "The JWS MUST NOT have multiple signatures", "The JWS Unprotected Header MUST NOT be used". */
function serializationProblems(value: unknown): readonly string[] {
  if (!isObject(value)) return []
  return [
    ...('signatures' in value ? ['it has “signatures”: the general serialization, ACME wants the flattened one'] : []),
    ...('header' in value ? ['it has an unprotected “header”, which ACME forbids (RFC 8555 §6.2)'] : []),
  ]
}
