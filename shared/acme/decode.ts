/**
 * One exchange → what it says, without knowing any other (but for the keys learnt so far, which signatures are checked
 * with). What it is *for* depends on what came before: that is `analyse.ts`.
 */
import type { Body, Exchange, Fact, Headers } from '../exchange.ts'
import { bodyText, byCompletion, headerValue, headerValues, mediaType } from '../exchange.ts'
import { base64Length } from '../har/bytes.ts'
import { readCertificates } from '../x509/certificate.ts'
import { readCsrBase64url } from '../x509/csr.ts'
import { judgeChain, judgeCsr } from '../x509/judge.ts'
import type { Certificate, Csr } from '../x509/model.ts'
import { absolute } from './absolute-url.ts'
import { txtCandidates } from './dns-leg/txt-candidates.ts'
import { parseJson, stringField } from './json.ts'
import { judgeJws, judgeSignature } from './jws/jws.ts'
import { type AccountKeys, inHindsight, learnInto, learnKeys, noKeys } from './jws/keys.ts'
import { type ParsedJws, parseJws } from './jws/parse-jws.ts'
import { needsKey, recoverKeys } from './jws/recover-key.ts'
import type { BodySize, Content, Decoded, DecodedExchange, ExchangeHead, Jws, Link } from './model.ts'
import { readProblem } from './problem.ts'

export { type AccountKeys, learnKeys, noKeys }

/** A JSON body larger than this, in characters, is no ACME object and no DNS API's answer: it is not kept decoded. */
const MAX_JSON = 512 * 1024
const MAX_TEXT = 4 * 1024
/** An API may speak XML; what it lists is longer than a page that tells people of an error. */
const MAX_XML = 128 * 1024

/**
 * Decodes one fact and verifies its signature. Never throws, whatever the traffic holds.
 * @param keys public keys of the accounts known so far; looked at at once, so that they may change while this waits
 */
export async function decode(fact: Fact, keys: AccountKeys): Promise<Decoded> {
  return fact.kind === 'exchange' ? judge(read(fact), keys) : fact
}

/** An exchange of which everything is known but whether its signatures are good. */
type Read = Omit<DecodedExchange, 'request' | 'response' | 'jws' | 'csr'> & {
  readonly request: ReadContent
  readonly response: ReadContent
  readonly jws: ParsedJws | null
  readonly csr: Csr | { readonly error: string } | null
}
type ReadContent = Exclude<Content, { kind: 'jws' | 'certificates' }> | ReadJws | ReadCertificates
type ReadJws = { readonly kind: 'jws'; readonly jws: ParsedJws }
type ReadCertificates = Omit<Extract<Content, { kind: 'certificates' }>, 'chain'> & {
  readonly chain: readonly Certificate[]
}

function read(fact: Exchange): Read {
  return fact.inbound === undefined ? readSent(fact) : readInbound(fact)
}

/**
 * What came to a challenge port. Anybody may knock there, and neither end speaks ACME: nothing in it is a nonce, a signed
 * request, a problem of a CA or an API's record, whatever it looks like.
 */
function readInbound(fact: Exchange): Read {
  return {
    kind: 'exchange',
    head: headOf(fact),
    request: readPlain(fact.request.body),
    response: fact.response ? readPlain(fact.response.body) : { kind: 'none' },
    jws: null,
    csr: null,
    problem: null,
    location: absolute(headerValue(fact.response?.headers ?? [], 'location'), fact.request.url),
    links: [],
    replayNonce: null,
    retryAfter: null,
    txtCandidates: [],
  }
}

function readPlain(body: Body): ReadContent {
  if (body.kind === 'empty') return { kind: 'none' }
  if (body.kind === 'omitted') return { kind: 'opaque', reason: body.reason }
  const text = bodyText(body)
  return text === null ? { kind: 'opaque', reason: 'not text' } : readText(text)
}

function readSent(fact: Exchange): Read {
  const request = readContent(fact.request.headers, fact.request.body)
  const response: ReadContent = fact.response
    ? readContent(fact.response.headers, fact.response.body)
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
    txtCandidates: jws ? [] : txtCandidates(fact.request.url, bodyText(fact.request.body) ?? ''),
  }
}

async function judge(exchange: Read, keys: AccountKeys): Promise<DecodedExchange> {
  const { csr: asked } = exchange
  const [request, response, csr] = await Promise.all([
    judgeContent(exchange.request, keys),
    judgeContent(exchange.response, noKeys),
    asked && !('error' in asked) ? judgeCsr(asked) : asked,
  ])
  return { ...exchange, request, response, csr, jws: request.kind === 'jws' ? request.jws : null }
}

async function judgeContent(content: ReadContent, keys: AccountKeys): Promise<Content> {
  if (content.kind === 'jws') return { kind: 'jws', jws: await judgeJws(content.jws, keys) }
  return content.kind === 'certificates'
    ? { ...content, chain: await judgeChain(content.chain, !content.errors.length) }
    : content
}

/** Signatures that are checked at the same time: WebCrypto has threads of its own. */
export const AT_ONCE = 32

/**
 * Decodes facts in the order in which they became known, learning keys on the way. What could not be checked then is
 * checked again at the end, with what came later and with the keys that could be recovered (see recover-key.ts).
 */
export async function decodeAll(facts: readonly Fact[], known: AccountKeys = noKeys): Promise<readonly Decoded[]> {
  const keys = new Map(known)
  const ordered = facts.toSorted(byCompletion)
  const all: Decoded[] = []
  for (let at = 0; at < ordered.length; at += AT_ONCE)
    all.push(...(await decodeTogether(ordered.slice(at, at + AT_ONCE), keys)))
  return judgeAgain(all, keys)
}

/**
 * Decodes a few facts in the order given, each with the keys that were learnt before it, and learns what they show.
 * All their signatures are checked at the same time.
 */
export const decodeTogether = (facts: readonly Fact[], keys: Keys): Promise<readonly Decoded[]> =>
  Promise.all(facts.map((fact) => decodeAndLearn(fact, keys)))

type Keys = Parameters<typeof learnInto>[0]

function decodeAndLearn(fact: Fact, keys: Keys): Decoded | Promise<Decoded> {
  if (fact.kind !== 'exchange') return fact
  const exchange = read(fact)
  const judged = judge(exchange, keys)
  learnInto(keys, exchange)
  return judged
}

async function judgeAgain(all: readonly Decoded[], learnt: AccountKeys): Promise<readonly Decoded[]> {
  const open = all.flatMap((one) => (one.kind === 'exchange' && one.jws && needsKey(one.jws) ? one.jws : []))
  if (!open.length) return all
  const keys = await recoverKeys(open, inHindsight(all, learnt))
  return Promise.all(all.map((one) => (one.kind === 'exchange' ? withKeys(one, keys) : one)))
}

/**
 * The exchange with a new verdict where the old one was for want of a key. The later keys may not have been the
 * account's at that time, so they prove a signature and disprove none.
 */
export async function withKeys(exchange: DecodedExchange, keys: AccountKeys): Promise<DecodedExchange> {
  const { jws } = exchange
  if (!jws || !needsKey(jws)) return exchange
  const signature = await judgeSignature(jws, keys)
  if (signature.status !== 'valid') return exchange
  const judged: Jws = { ...jws, signature }
  return { ...exchange, jws: judged, request: { kind: 'jws', jws: judged } }
}

function readContent(headers: Headers, body: Body): ReadContent {
  if (body.kind === 'empty') return { kind: 'none' }
  if (body.kind === 'omitted') return { kind: 'opaque', reason: body.reason }
  const text = bodyText(body)
  if (text === null) return { kind: 'opaque', reason: 'not text' }
  const type = mediaType(headers) ?? ''
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    const { chain, errors } = readCertificates(text)
    return { kind: 'certificates', chain, errors }
  }
  return /\bj(son|ose)\b/.test(type) || /^\s*\{/.test(text) ? readJson(text, type) : readText(text)
}

function readJson(text: string, type: string): ReadContent {
  if (text.length > MAX_JSON) return { kind: 'opaque', reason: `${text.length} characters of JSON` }
  try {
    const value = parseJson(text)
    const jws = parseJws(value)
    if (jws) return { kind: 'jws', jws }
    return type === JOSE ? malformed(text, 'a flattened JWS', NO_JWS) : { kind: 'json', value }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return malformed(text, type || 'JSON', reason)
  }
}

const JOSE = 'application/jose+json'
const NO_JWS = 'one of protected, payload and signature is missing or no string'

const malformed = (text: string, expected: string, error: string): ReadContent => ({
  kind: 'malformed',
  expected,
  error,
  text: text.slice(0, MAX_TEXT),
})

function readText(text: string): ReadContent {
  const limit = IS_XML.test(text) ? MAX_XML : MAX_TEXT
  return { kind: 'text', text: text.slice(0, limit), truncated: text.length > limit }
}

const IS_XML = /^\s*<(?!!doctype|html)/i

function readCsr(jws: ParsedJws | null): Read['csr'] {
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

/** `<url>;rel="up", <url>;rel="index"` (RFC 8288 §3); a parameter order or spacing of any kind. No URL holds a `<`. */
export function readLinks(value: string, base: string): readonly Link[] {
  return [...value.matchAll(/<([^<>]*)>([^<]*)/g)].flatMap(([, target = '', parameters = '']) => {
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
      return { kind: 'base64', bytes: base64Length(body.base64) }
    case 'omitted':
      return { kind: 'omitted', bytes: body.bytes }
  }
}
