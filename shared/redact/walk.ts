/** Takes a fact apart into the values that rules speak of and the text between, and puts it together again. */
import { readBase64url, readUtf8, toBase64url } from '../acme/base64url.ts'
import type { Body, Exchange, Fact, HeaderField, Headers, Observation } from '../exchange.ts'
import { mediaType } from '../exchange.ts'
import { decodeBase64 } from '../har/bytes.ts'
import type { Note } from '../recording.ts'
import { type JsonString, readJsonStrings, replaceJsonStrings } from './json-strings.ts'
import type { HeaderRule, NamedRule, Rule, SchemeRule } from './rule.ts'
import {
  CLIENT_ADDRESS_RULE,
  FIELD_RULES,
  HEADER_RULES,
  PASSWORD_RULE,
  QUERY_RULES,
  SCHEME_RULES,
  SIGNATURE_LABEL,
  URL_CREDENTIALS_RULE,
} from './rules.ts'

/** What to do with what was found. Called first to look, then to replace. */
export interface Visitor {
  /** A value a rule speaks of → what stands in its place. */
  readonly mask: (rule: Rule, value: string) => string
  /** Any other text → the same, without the values masked elsewhere. */
  readonly plain: (text: string) => string
  /** A value that is part of another one, and must not be found elsewhere either. */
  readonly also: (rule: Rule, value: string) => void
  /** A signature over something that was changed verifies no longer. */
  readonly unsign: (label: string, signature: string) => string
}

/** A JWS in a JWS in a JWS is nobody's protocol. */
const MAX_DEPTH = 4
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

export function walkFact(fact: Fact, visitor: Visitor): Fact {
  const client = {
    ...fact.client,
    ...(fact.client.address !== null && { address: walkAddress(fact.client.address, visitor) }),
  }
  if (fact.kind === 'exchange') return { ...walkExchange(fact, visitor), client }
  if (fact.kind === 'connection') return { ...fact, client, ...walkFailure(fact, visitor) }
  return { ...fact, client, detail: walkDetail(fact.detail, visitor) } as Observation
}

/** Text with URLs in it. */
export const walkNote = (note: Note, visitor: Visitor): Note => ({ ...note, text: walkText(note.text, '', visitor) })

const walkAddress = (address: string, { mask }: Visitor): string =>
  LOOPBACK.test(address) ? address : mask(CLIENT_ADDRESS_RULE, address)

const walkFailure = ({ failure }: Pick<Fact & { kind: 'exchange' | 'connection' }, 'failure'>, { plain }: Visitor) =>
  failure ? { failure: { ...failure, message: plain(failure.message) } } : {}

/** Masking changes texts, never shapes. */
function walkDetail<Detail extends Observation['detail']>(detail: Detail, visitor: Visitor): Detail {
  return JSON.parse(walkJson(JSON.stringify(detail), '', visitor, 0))
}

function walkExchange(exchange: Exchange, visitor: Visitor): Exchange {
  const { request, response } = exchange
  const host = URL.canParse(request.url) ? new URL(request.url).hostname : ''
  const walkMessage = ({ headers, body }: { headers: Headers; body: Body }) => ({
    headers: headers.map((field) => walkHeader(field, host, visitor)),
    body: walkBody(body, mediaType(headers), host, visitor),
  })
  return {
    ...exchange,
    ...walkFailure(exchange, visitor),
    request: { ...request, url: walkUrl(request.url, host, visitor), ...walkMessage(request) },
    ...(response && { response: { ...response, ...walkMessage(response) } }),
  }
}

// ───────────────────────────── headers

const headerRules = new Map(HEADER_RULES.map((rule) => [rule.header, rule]))

function walkHeader([name, value]: HeaderField, host: string, visitor: Visitor): HeaderField {
  const rule = headerRules.get(name.toLowerCase())
  return [name, rule ? HEADER_FORMS[rule.form](value, rule, visitor) : walkText(value, host, visitor)]
}

const HEADER_FORMS: Readonly<Record<HeaderRule['form'], (value: string, rule: Rule, visitor: Visitor) => string>> = {
  whole: (value, rule, { mask }) => mask(rule, value),
  scheme: walkAuthorization,
  cookies: (value, rule, visitor) =>
    value
      .split(/(;\s*)/)
      .map((part, at) => (at % 2 ? part : walkCookie(part, rule, visitor)))
      .join(''),
  'set-cookie': (value, rule, visitor) => {
    const end = value.indexOf(';')
    return end < 0
      ? walkCookie(value, rule, visitor)
      : walkCookie(value.slice(0, end), rule, visitor) + value.slice(end)
  },
}

function walkAuthorization(value: string, rule: Rule, { mask, also }: Visitor): string {
  const [, scheme = '', space = '', credentials = ''] = /^(\S+)(\s+)([\s\S]*)$/.exec(value) ?? []
  if (scheme === '') return mask(rule, value)
  const { label, part }: SchemeRule = SCHEME_RULES.get(scheme.toLowerCase()) ?? { label: rule.label }
  const own = { ...rule, label }
  if (scheme.toLowerCase() === 'basic') also(PASSWORD_RULE, passwordOf(credentials))
  if (part) also(part, part.pattern.exec(credentials)?.[1] ?? '')
  return scheme + space + mask(own, credentials)
}

function passwordOf(basic: string): string {
  const pair = readUtf8(decodeBase64(basic) ?? new Uint8Array()) ?? ''
  return pair.slice(pair.indexOf(':') + 1)
}

/** The name stays: it says what the cookie is for. */
function walkCookie(pair: string, rule: Rule, { mask }: Visitor): string {
  const at = pair.indexOf('=') + 1
  return pair.slice(0, at) + mask(rule, pair.slice(at))
}

// ───────────────────────────── URLs, forms

const USER = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#@\s]+)@/i

function walkUrl(url: string, host: string, visitor: Visitor): string {
  const withoutUser = url.replace(
    USER,
    (_, scheme: string, user: string) => `${scheme}${visitor.mask(URL_CREDENTIALS_RULE, user)}@`,
  )
  const [, path = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#[\s\S]*)?$/.exec(withoutUser) ?? [url, url]
  const asked = query === undefined ? '' : `?${walkPairs(query, host, visitor)}`
  return visitor.plain(path) + asked + visitor.plain(fragment)
}

/** `a=1&b=2`: pairs without a rule are left as they were written. */
const walkPairs = (pairs: string, host: string, visitor: Visitor): string =>
  pairs
    .split('&')
    .map((pair) => walkPair(pair, host, visitor))
    .join('&')

function walkPair(pair: string, host: string, { mask, plain }: Visitor): string {
  const at = pair.indexOf('=')
  const rule = at < 0 ? undefined : ruleFor(QUERY_RULES, unquote(pair.slice(0, at)), host)
  if (!rule) return plain(pair)
  const value = unquote(pair.slice(at + 1))
  const masked = mask(rule, value)
  return masked === value ? pair : pair.slice(0, at + 1) + masked
}

function unquote(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const ruleFor = (rules: readonly NamedRule[], name: string, host: string): NamedRule | undefined =>
  rules.find((rule) => rule.name === name.toLowerCase() && isAt(host, rule.hosts))

const isAt = (host: string, hosts: readonly string[] | undefined): boolean =>
  !hosts || hosts.some((known) => host === known || host.endsWith(`.${known}`))

/** URLs in a text have query strings as well: Boulder's problems link to one. */
function walkText(text: string, host: string, visitor: Visitor): string {
  if (!text.includes('://')) return visitor.plain(text)
  const parts = text.split(/([a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]+)/i)
  return parts.map((part, at) => (at % 2 ? walkUrl(part, host, visitor) : visitor.plain(part))).join('')
}

// ───────────────────────────── bodies

function walkBody(body: Body, type: string | null, host: string, visitor: Visitor): Body {
  if (body.kind === 'base64') return walkBytes(body, visitor)
  if (body.kind !== 'text') return body
  if (type === 'application/x-www-form-urlencoded') return { kind: 'text', text: walkPairs(body.text, host, visitor) }
  const walk = FORMATS.find(({ beginning }) => beginning.test(body.text))?.walk ?? walkText
  return { kind: 'text', text: walk(body.text, host, visitor) }
}

const FORMATS: readonly { beginning: RegExp; walk: (text: string, host: string, visitor: Visitor) => string }[] = [
  { beginning: /^[\s\uFEFF]*[[{"]/, walk: (text, host, visitor) => walkJson(text, host, visitor, 0) },
  { beginning: /^[\s\uFEFF]*</, walk: walkXml },
]

const ELEMENT = /(<([a-z_][\w.-]{0,99})(?:\s[^<>]*)?>)([^<]+)(?=<\/\2>)/gi

/** Elements that hold nothing but text may have a rule; everything else is text with URLs in it. */
function walkXml(xml: string, host: string, visitor: Visitor): string {
  const parts: string[] = []
  let from = 0
  for (const { index, 0: whole, 1: tag = '', 2: name = '', 3: value = '' } of xml.matchAll(ELEMENT)) {
    const rule = ruleFor(FIELD_RULES, name, host)
    if (!rule) continue
    parts.push(walkText(xml.slice(from, index) + tag, host, visitor), visitor.mask(rule, value.trim()))
    from = index + whole.length
  }
  return parts.join('') + walkText(xml.slice(from), host, visitor)
}

/** Bytes have no text to put a name into. */
function walkBytes(body: Body & { kind: 'base64' }, { plain }: Visitor): Body {
  const bytes = decodeBase64(body.base64)
  if (!bytes) return body
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  if (plain(binary) === binary) return body
  return { kind: 'omitted', bytes: bytes.length, reason: 'left out, as it held a value that is masked' }
}

function walkJson(text: string, host: string, visitor: Visitor, depth: number): string {
  const strings = readJsonStrings(text)
  const values = strings.map((string) => walkString(string, host, visitor, depth))
  const broken = new Set(
    strings.flatMap(({ member, object, value }, at) => (isSigned(member) && values[at] !== value ? object : [])),
  )
  const changed = strings.map(({ member, object, isName, value }, at) => {
    if (member === 'signature' && !isName && broken.has(object)) return visitor.unsign(SIGNATURE_LABEL, value)
    return values[at] === value ? null : (values[at] ?? null)
  })
  return changed.some((value) => value !== null) ? replaceJsonStrings(text, strings, changed) : text
}

/** The two members of a flattened JWS that its signature covers (RFC 7515 §7.2.2). */
const isSigned = (member: string | null): boolean => member === 'protected' || member === 'payload'

function walkString({ value, member, isName }: JsonString, host: string, visitor: Visitor, depth: number): string {
  if (isName || member === null) return visitor.plain(value)
  if (isSigned(member) && depth < MAX_DEPTH) return walkEncoded(value, host, visitor, depth)
  const rule = ruleFor(FIELD_RULES, member, host)
  if (!rule) return walkText(value, host, visitor)
  const kept = rule.keep && value.startsWith(rule.keep) ? rule.keep : ''
  return kept + visitor.mask(rule, value.slice(kept.length))
}

/** JSON in base64url; what is neither is a text like any other. */
function walkEncoded(value: string, host: string, visitor: Visitor, depth: number): string {
  const bytes = readBase64url(value)
  const json = bytes && bytes.length > 0 ? readUtf8(bytes) : null
  if (json === null) return visitor.plain(value)
  const walked = walkJson(json, host, visitor, depth + 1)
  return walked === json ? value : toBase64url(new TextEncoder().encode(walked))
}
