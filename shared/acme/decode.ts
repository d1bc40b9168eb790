/**
 * One exchange → what it says, without knowing any other (but for the keys learnt so far, which signatures are checked
 * with). What it is *for* depends on what came before: that is `analyse.ts`.
 */
import type { Body, Exchange, Fact, Headers } from '../exchange.ts'
import { bodyText, byCompletion, headerValue, headerValues, mediaType } from '../exchange.ts'
import { readCertificates } from '../x509/certificate.ts'
import { readCsrBase64url } from '../x509/csr.ts'
import { stringField } from './json.ts'
import { type AccountKeys, noKeys, readJws } from './jws.ts'
import type { BodySize, Content, Decoded, DecodedExchange, ExchangeHead, JsonObject, Jws, Link } from './model.ts'
import { readProblem } from './problem.ts'

export { type AccountKeys, noKeys }

/** A JSON body larger than this, in characters, is no ACME object and no DNS API's answer: it is not kept decoded. */
const MAX_JSON = 512 * 1024
const MAX_TEXT = 4 * 1024

/**
 * Decodes one fact and verifies its signature. Never throws, whatever the traffic holds.
 * @param keys public keys of the accounts seen so far, see `learnKeys`
 */
export async function decode(fact: Fact, keys: AccountKeys): Promise<Decoded> {
  if (fact.kind !== 'exchange') return fact
  const request = await readContent(fact.request.headers, fact.request.body, keys)
  const response: Content = fact.response
    ? await readContent(fact.response.headers, fact.response.body, noKeys)
    : { kind: 'none' }
  const jws = request.kind === 'jws' ? request.jws : null
  return {
    kind: 'exchange',
    head: headOf(fact),
    request,
    response,
    jws,
    csr: readCsr(jws),
    problem: response.kind === 'json' ? readProblem(response.value, fact.response?.headers ?? []) : null,
    ...readHeaders(fact),
  }
}

/** Decodes facts in the order in which they became known, learning keys on the way. */
export async function decodeAll(facts: readonly Fact[], known: AccountKeys = noKeys): Promise<readonly Decoded[]> {
  let keys = known
  const all: Decoded[] = []
  for (const fact of facts.toSorted(byCompletion)) {
    const decoded = await decode(fact, keys)
    keys = learnKeys(keys, decoded)
    all.push(decoded)
  }
  return all
}

/**
 * The keys known after an exchange: an answer to a request that carried a `jwk` and got a `Location` names the account
 * of that key (RFC 8555 §7.3); an accepted key change replaces it (§7.3.5).
 */
export function learnKeys(keys: AccountKeys, decoded: Decoded): AccountKeys {
  const learnt = decoded.kind === 'exchange' ? learntFrom(decoded) : null
  return learnt ? new Map(keys).set(learnt.account, learnt.jwk) : keys
}

function learntFrom({ jws, head, location }: DecodedExchange): { account: string; jwk: JsonObject } | null {
  const status = head.response?.status ?? 0
  if (!jws || status < 200 || status > 299) return null
  if (jws.jwk && location) return { account: location, jwk: jws.jwk }
  const change = jws.inner?.purpose === 'keyChange' ? jws.inner.jws : null
  const account = change?.payload.kind === 'json' ? stringField(change.payload.value, 'account') : null
  return change?.jwk && account ? { account, jwk: change.jwk } : null
}

async function readContent(headers: Headers, body: Body, keys: AccountKeys): Promise<Content> {
  if (body.kind === 'empty') return { kind: 'none' }
  if (body.kind === 'omitted') return { kind: 'opaque', reason: body.reason }
  const text = bodyText(body)
  if (text === null) return { kind: 'opaque', reason: 'not text' }
  const type = mediaType(headers) ?? ''
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    const { chain, errors } = readCertificates(text)
    return { kind: 'certificates', chain, errors }
  }
  return /\bj(son|ose)\b/.test(type) || /^\s*\{/.test(text) ? readJson(text, type, keys) : readText(text)
}

async function readJson(text: string, type: string, keys: AccountKeys): Promise<Content> {
  if (text.length > MAX_JSON) return { kind: 'opaque', reason: `${text.length} characters of JSON` }
  try {
    const value: unknown = JSON.parse(text)
    const jws = await readJws(value, keys)
    if (jws) return { kind: 'jws', jws }
    return type === JOSE ? malformed(text, 'a flattened JWS', NO_JWS) : { kind: 'json', value }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return malformed(text, type || 'JSON', reason)
  }
}

const JOSE = 'application/jose+json'
const NO_JWS = 'one of protected, payload and signature is missing or no string'

const malformed = (text: string, expected: string, error: string): Content => ({
  kind: 'malformed',
  expected,
  error,
  text: text.slice(0, MAX_TEXT),
})

const readText = (text: string): Content => ({
  kind: 'text',
  text: text.slice(0, MAX_TEXT),
  truncated: text.length > MAX_TEXT,
})

function readCsr(jws: Jws | null): DecodedExchange['csr'] {
  const csr = jws?.payload.kind === 'json' ? stringField(jws.payload.value, 'csr') : null
  return csr === null ? null : readCsrBase64url(csr)
}

function readHeaders({ request, response, startedAt }: Exchange) {
  const headers = response?.headers ?? []
  return {
    location: absolute(headerValue(headers, 'location'), request.url),
    links: headerValues(headers, 'link').flatMap((value) => readLinks(value, request.url)),
    replayNonce: headerValue(headers, 'replay-nonce'),
    retryAfter: readRetryAfter(headers, startedAt),
  }
}

/** An absolute URL stays as it was sent, to the letter: URLs are identities. */
function absolute(target: string | null, base: string): string | null {
  if (target === null || URL.canParse(target)) return target
  return URL.canParse(target, base) ? new URL(target, base).href : null
}

/** `<url>;rel="up", <url>;rel="index"` (RFC 8288 §3); a parameter order or spacing of any kind. */
function readLinks(value: string, base: string): readonly Link[] {
  return [...value.matchAll(/<([^>]*)>([^<]*)/g)].flatMap(([, target = '', parameters = '']) => {
    const url = absolute(target, base)
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters)
    return url && rel ? [{ url, rel: (rel[1] ?? rel[2] ?? '').toLowerCase() }] : []
  })
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3); a date is taken relative to the answer's own clock. */
function readRetryAfter(headers: Headers, startedAt: string): number | null {
  const value = headerValue(headers, 'retry-after')?.trim()
  if (!value) return null
  if (/^\d{1,9}$/.test(value)) return Number(value)
  if (!/^[A-Z][a-z]+, /.test(value)) return null
  const until = Date.parse(value)
  const now = Date.parse(headerValue(headers, 'date') ?? startedAt)
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, Math.round((until - now) / 1000))
}

function headOf({ request, response, ...rest }: Exchange): ExchangeHead {
  const head = { ...rest, request: { ...request, body: sizeOf(request.body) } }
  return response ? { ...head, response: { ...response, body: sizeOf(response.body) } } : head
}

function sizeOf(body: Body): BodySize {
  switch (body.kind) {
    case 'empty':
      return { kind: 'empty', bytes: 0 }
    case 'text':
      return { kind: 'text', bytes: new TextEncoder().encode(body.text).length }
    case 'base64':
      return { kind: 'base64', bytes: Math.floor((body.base64.replace(/=+$/, '').length * 3) / 4) }
    case 'omitted':
      return { kind: 'omitted', bytes: body.bytes }
  }
}
