/** Renewal information (ARI, RFC 9773): the id of a certificate, and the window in which its CA suggests to renew. */
import { endedAt, headerValue } from '../exchange.ts'
import type { Certificate } from '../x509/model.ts'
import { readBase64url, toBase64url } from './base64url.ts'
import { isObject, jsonObject, stringField } from './json.ts'
import type { DecodedExchange } from './model.ts'

// ───────────────────────────── the id of a certificate (§4.1)

/** Octets as upper-case hex with colons. */
export interface CertificateId {
  readonly keyIdentifier: string
  /** As in DER: with 00 before a first octet of 80 or more. */
  readonly serial: string
}

/** RFC 5280 §4.1.2.2 allows 20 octets; DER may add one. */
const MAX_SERIAL = 21
const MAX_ID = 256

/**
 * Reads `base64url(AKI keyIdentifier) "." base64url(serial number)`.
 * @returns what it names, or why it is no such id, in words
 */
export function readCertificateId(id: string): CertificateId | { readonly error: string } {
  if (id.length > MAX_ID) return { error: `${id.length} characters are too many` }
  const parts = id.split('.')
  const [keyIdentifier, serial] = parts.map(readBase64url)
  if (parts.length !== 2) return { error: `it has ${parts.length - 1} dots, and one belongs into it` }
  if (id.includes('=')) return { error: 'it is padded with =, which must be left out' }
  if (!keyIdentifier?.length) return { error: 'what is before the dot is not base64url' }
  if (!serial?.length) return { error: 'what is after the dot is not base64url' }
  const fault = serialFault(serial)
  return fault === null ? { keyIdentifier: toHex(keyIdentifier), serial: toHex(serial) } : { error: fault }
}

function serialFault(serial: Uint8Array): string | null {
  const [first = 0, second] = serial
  if (serial.length > MAX_SERIAL) return `the serial number has ${serial.length} octets, more than any may have`
  if (first >= 0x80) return 'the serial number is negative: the 00 before it is missing'
  if (first === 0 && second !== undefined && second < 0x80) return 'the serial number has a 00 too many before it'
  return null
}

type Identified = Pick<Certificate, 'authorityKeyId' | 'serial'>

/** The id of a certificate; null for one that does not say which key it was issued with, or whose number is negative. */
export function toCertificateId({ authorityKeyId, serial }: Identified): string | null {
  if (authorityKeyId === null || serial.startsWith('-')) return null
  return `${toBase64url(fromHex(authorityKeyId))}.${toBase64url(derSerial(fromHex(serial)))}`
}

/** Whether an id is that of a certificate; null when either cannot be read. */
export function isIdOf(id: string, certificate: Identified): boolean | null {
  const own = toCertificateId(certificate)
  return own === null || 'error' in readCertificateId(id) ? null : own === id
}

/** The octets of a non-negative INTEGER: none to spare, and a 00 where the first would make it negative. */
function derSerial(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0)
  const number = start < 0 ? new Uint8Array(1) : octets.slice(start)
  return (number[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...number) : number
}

const toHex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0').toUpperCase()).join(':')

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9A-F]{2}/gi) ?? [], (octet) => Number.parseInt(octet, 16))

/** What follows the renewalInfo URL in the URL of a request. */
export function idInUrl(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  return path.slice(path.lastIndexOf('/') + 1)
}

// ───────────────────────────── the window (§4.2)

export interface RenewalInfo {
  /** ISO 8601; null when the answer has no window that counts, and `fault` says why. */
  readonly window: { readonly start: string; readonly end: string } | null
  readonly fault: string | null
  /** Where the time of the answer lies; null without a window. */
  readonly place: 'before' | 'within' | 'after' | null
  /** A page about why the window is what it is. */
  readonly explanation: string | null
  /** Seconds until the client should ask again; null when the answer does not say, which it must (§4.3). */
  readonly retryAfter: number | null
}

/** Reads the answer to a request for renewal information; null when it is no JSON object. */
export function readRenewalInfo(decoded: DecodedExchange): RenewalInfo | null {
  const wire = jsonObject(decoded.response)
  if (!wire) return null
  const read = readWindow(wire.suggestedWindow)
  const window = 'fault' in read ? null : read
  return {
    window,
    fault: 'fault' in read ? read.fault : null,
    place: window && placeIn(window, timeOfAnswer(decoded)),
    explanation: stringField(wire, 'explanationURL'),
    retryAfter: decoded.retryAfter,
  }
}

function readWindow(value: unknown): NonNullable<RenewalInfo['window']> | { readonly fault: string } {
  if (!isObject(value)) return { fault: 'it has no suggestedWindow' }
  const [start, end] = [readTime(value.start), readTime(value.end)]
  if (start === null || end === null) return { fault: `its ${start === null ? 'start' : 'end'} is no time` }
  return end > start ? { start, end } : { fault: 'its window ends before it begins' }
}

/** RFC 3339, to ISO 8601 in UTC. */
function readTime(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/.test(value))
    return null
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** By the server's clock when it tells. */
function timeOfAnswer({ head }: DecodedExchange): number {
  const date = Date.parse(headerValue(head.response?.headers ?? [], 'date') ?? '')
  return Number.isNaN(date) ? endedAt(head) : date
}

function placeIn({ start, end }: NonNullable<RenewalInfo['window']>, at: number): RenewalInfo['place'] {
  if (Number.isNaN(at)) return null
  if (at < Date.parse(start)) return 'before'
  return at <= Date.parse(end) ? 'within' : 'after'
}
