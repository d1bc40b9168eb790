/** What of a recorded request a program can be told to send again: its headers, its address, its body. */
import type { Body, HeaderField, RequestMessage } from '../exchange.ts'
import { decodeBase64 } from '../har/bytes.ts'
import { shownText } from '../shown-text.ts'

/** A token of RFC 9110 §5.6.2; the pseudo-headers of HTTP/2 and what no program takes for a name are none. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

const BREAK = /[\r\n]/

/** Those that whoever sends it writes for its own connection. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'content-length',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export interface Sendable {
  /** In their order, with their repeats. */
  readonly headers: readonly HeaderField[]
  /** What is not sent, or not as it was, in words. */
  readonly remarks: readonly string[]
}

/** Bounded: a remark names no more headers than this. */
const MOST_NAMED = 10

export function sendable({ headers, url, body }: RequestMessage): Sendable {
  const own = headers.filter(([name, value]) => !name.startsWith(':') && !isImplied(name, value, url))
  const leftOut = own.filter((field) => !isSendable(field)).map(([name]) => plainName(name))
  const named = [...leftOut.slice(0, MOST_NAMED), ...(leftOut.length > MOST_NAMED ? ['…'] : [])]
  return {
    headers: own.filter(isSendable),
    remarks: [
      ...(leftOut.length ? [`without what no program sends as a header: ${named.join(', ')}`] : []),
      ...(body.kind === 'omitted' ? [`without its body, which is not in the recording: ${oneLine(body.reason)}`] : []),
    ],
  }
}

const isSendable = ([name, value]: HeaderField): boolean =>
  TOKEN.test(name) && !BREAK.test(value) && shownText(value) === value

/** A `Host` that is not the URL's says something of its own. */
function isImplied(name: string, value: string, url: string): boolean {
  const lower = name.toLowerCase()
  if (lower !== 'host') return OF_THE_CONNECTION.has(lower)
  return !URL.canParse(url) || new URL(url).host === value.trim().toLowerCase()
}

const plainName = (name: string): string => name.slice(0, 40).replace(/[^\x21-\x7e]/g, '?')

/** Words that stay within a comment, whatever they hold. */
export const oneLine = (text: string): string => shownText(text.slice(0, 300)).replace(/\s+/g, ' ')

/** Absolute, and nothing in it that does not belong into a URL; null for what is no web address. */
export function sendableUrl(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null
  return url.replace(/[^\x21-\x7e]/gu, escaped)
}

function escaped(character: string): string {
  try {
    return encodeURIComponent(character)
  } catch {
    return '%EF%BF%BD' // half a surrogate pair
  }
}

/** The octets of a body; none for one that is not there. */
export function bodyBytes(body: Body): Uint8Array {
  if (body.kind === 'text') return new TextEncoder().encode(body.text)
  return (body.kind === 'base64' && decodeBase64(body.base64)) || new Uint8Array()
}

/** In base64 as every decoder takes it. */
export function bodyBase64(body: Body): string {
  const parts: string[] = []
  const bytes = bodyBytes(body)
  for (let at = 0; at < bytes.length; at += STRETCH)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + STRETCH))))
  return parts.join('')
}

/** A multiple of three, so that the parts join, and fewer than a call takes arguments. */
const STRETCH = 3 * 4096
