/**
 * Which key an account had. A request of an account names it by URL (`kid`, RFC 8555 §6.2) and not by key, so the key
 * is learnt from what came before, in this recording or in another one, and is an input of every verdict.
 */
import type { Exchange, Fact } from '../../exchange.ts'
import { bodyText, headerValue } from '../../exchange.ts'
import { absolute } from '../absolute-url.ts'
import { isObject } from '../json.ts'
import { MAX_URL } from '../limits.ts'
import type { Decoded, JsonObject, KeySource } from '../model.ts'
import { isCut, publicKey } from './jwk.ts'
import { type ParsedJws, parseJws } from './parse-jws.ts'

export interface KnownKey {
  /** Public members only, see `publicKey`. */
  readonly jwk: JsonObject
  readonly source: Exclude<KeySource, 'jwk'>
  /** It was the account's key at that time: a signature that does not match it is wrong. Else it may have changed since. */
  readonly certain: boolean
}

/** Account URL → its key, or the keys it may have had. */
export type AccountKeys = ReadonlyMap<string, readonly KnownKey[]>
export const noKeys: AccountKeys = new Map()

/** A key that an exchange showed to be an account's. */
export interface LearntKey {
  readonly account: string
  readonly jwk: JsonObject
}

/** A key that travels: from one recording of a store to the others, and in a HAR file. */
export interface StoredKey extends LearntKey {
  /** The recording and the exchange that showed it first. */
  readonly recording: string
  readonly exchange: string
}

/** Keys one account is tried with, at most: a recording of nothing but key changes must not make us slow. */
const MAX_KEYS = 8

/** Keys that were learnt elsewhere. They are tried, and where none fits that proves nothing. */
export function keysElsewhere(stored: readonly LearntKey[]): AccountKeys {
  const keys = new Map<string, readonly KnownKey[]>()
  for (const { account, jwk } of stored) addKey(keys, account, { jwk, source: 'another recording', certain: false })
  return keys
}

/** Adds a key the account may have had; in place. Whether it was new. */
export function addKey(keys: Map<string, readonly KnownKey[]>, account: string, key: KnownKey): boolean {
  const known = keys.get(account) ?? []
  if (known.length >= MAX_KEYS || known.some(({ jwk }) => isSame(jwk, key.jwk))) return false
  keys.set(account, [...known, key])
  return true
}

const isSame = (one: JsonObject, other: JsonObject): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * The keys of a whole recording, for what came before they were learnt: all that it shows an account to have had, and
 * then what was known from elsewhere.
 */
export function inHindsight(all: readonly Decoded[], known: AccountKeys): AccountKeys {
  const keys = new Map<string, readonly KnownKey[]>()
  for (const { account, jwk } of all.flatMap((one) => (one.kind === 'exchange' ? learntFrom(one) : [])))
    addKey(keys, account, { jwk, source: 'this recording', certain: false })
  for (const [account, ofAccount] of known) for (const key of ofAccount) addKey(keys, account, key)
  return keys
}

/** The keys known after an exchange. `keys` stays as it is; for many exchanges use `learnInto`, which copies nothing. */
export function learnKeys(keys: AccountKeys, decoded: Decoded): AccountKeys {
  if (decoded.kind !== 'exchange' || learntFrom(decoded).length === 0) return keys
  const more = new Map(keys)
  learnInto(more, decoded)
  return more
}

/** Takes over, in place, what an exchange teaches. From then on it is the account's one key. */
export function learnInto(keys: Map<string, readonly KnownKey[]>, exchange: Answered): void {
  for (const { account, jwk } of learntFrom(exchange))
    keys.set(account, [{ jwk, source: 'this recording', certain: true }])
}

interface Answered {
  readonly jws: ParsedJws | null
  readonly head: { readonly response?: { readonly status: number } }
  readonly location: string | null
}

/**
 * An answer to a request that carried a `jwk` and got a `Location` names the account of that key (RFC 8555 §7.3); an
 * accepted key change says which key was replaced by which (§7.3.5), the newer one last.
 */
function learntFrom({ jws, head, location }: Answered): readonly LearntKey[] {
  const status = head.response?.status ?? 0
  if (!jws || status < 200 || status > 299) return []
  if (jws.jwk) return location === null ? [] : learnt(location, jws.jwk)
  const change = jws.inner?.purpose === 'keyChange' ? jws.inner : null
  if (!change || change.account === null || change.account !== jws.kid) return []
  const { payload } = change.jws
  const oldKey = payload.kind === 'json' && isObject(payload.value) ? payload.value.oldKey : undefined
  return [...learnt(change.account, oldKey), ...learnt(change.account, change.jws.jwk)]
}

function learnt(account: string, jwk: unknown): readonly LearntKey[] {
  const key = account.length <= MAX_URL ? publicKey(jwk) : null
  return key ? [{ account, jwk: key }] : []
}

/** A request larger than this, in characters, registers no account. */
const MAX_REQUEST = 64 * 1024

/** What one exchange teaches, read from the fact itself: for who keeps keys, and decodes nothing else. Never throws. */
export function keysIn({ request, response }: Exchange): readonly LearntKey[] {
  if (!response || response.status < 200 || response.status > 299) return []
  const location = absolute(headerValue(response.headers, 'location'), request.url)
  return learntFrom({ jws: requestJws(request.body), head: { response }, location }).filter(({ jwk }) => !isCut(jwk))
}

/** The account that signed, by its URL. */
const signerOf = ({ request }: Exchange): string | null => requestJws(request.body)?.kid ?? null

/** The keys of accounts that sign one of these. */
export function usedKeys(facts: readonly Fact[], keys: readonly StoredKey[]): readonly StoredKey[] {
  if (keys.length === 0) return []
  const signers = new Set(facts.map((fact) => (fact.kind === 'exchange' ? signerOf(fact) : null)))
  return keys.filter(({ account }) => signers.has(account))
}

function requestJws(body: Exchange['request']['body']): ParsedJws | null {
  const text = bodyText(body)
  if (text === null || text.length > MAX_REQUEST || !text.includes('"protected"')) return null
  try {
    return parseJws(JSON.parse(text))
  } catch {
    return null
  }
}
