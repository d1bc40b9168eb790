/** The simple types of ASN.1 (X.690 §8) → text, numbers and times. Bounded: an absurd value is shown as its octets. */

import { type Der, TAG } from './der.ts'
import { toHex } from './octets.ts'

// ───────────────────────────── object identifiers

/** Arcs of up to 128 bits (a UUID, X.667 §7) are numbers; anything longer was made to keep us busy. */
const MAX_ARC = 19
const MAX_OID = 256

/** `1.2.840.113549`; one that is none, or beyond all measure, as `not an object identifier (80:80)`. */
export function readOid(content: Uint8Array): string {
  const arcs = content.length > 0 && content.length <= MAX_OID ? readArcs(content) : null
  return arcs?.join('.') ?? `not an object identifier (${toHex(content.subarray(0, 32))})`
}

function readArcs(content: Uint8Array): readonly (bigint | number)[] | null {
  const arcs: (bigint | number)[] = []
  for (let at = 0; at < content.length; ) {
    const start = at
    while ((content[at] ?? 0) >= 0x80) at++
    at++
    if (at > content.length || at - start > MAX_ARC || content[start] === 0x80) return null
    const arc = readArc(content.subarray(start, at))
    if (start > 0) arcs.push(arc)
    else arcs.push(...firstArcs(arc))
  }
  return arcs
}

function readArc(octets: Uint8Array): bigint | number {
  if (octets.length <= 4) return octets.reduce((sum, octet) => sum * 128 + (octet & 0x7f), 0)
  return octets.reduce((sum, octet) => sum * 128n + BigInt(octet & 0x7f), 0n)
}

/** The first two share one number (X.690 §8.19.4). */
function firstArcs(arc: bigint | number): readonly (bigint | number)[] {
  if (arc < 40) return [0, arc]
  if (arc < 80) return [1, Number(arc) - 40]
  return [2, typeof arc === 'bigint' ? arc - 80n : arc - 80]
}

// ───────────────────────────── numbers and bits

export interface Integer {
  readonly negative: boolean
  /** Big-endian, without leading zeroes (but for zero itself). */
  readonly magnitude: Uint8Array
}

export function readInteger(content: Uint8Array): Integer {
  const negative = (content[0] ?? 0) >= 0x80
  const magnitude = negative ? negated(content) : content
  const first = magnitude.findIndex((octet) => octet !== 0)
  return { negative, magnitude: magnitude.subarray(first < 0 ? Math.max(0, magnitude.length - 1) : first) }
}

/** Two's complement. */
function negated(content: Uint8Array): Uint8Array {
  const result = content.map((octet) => 255 - octet)
  for (let at = result.length - 1; at >= 0; at--) {
    const sum = (result[at] ?? 0) + 1
    result[at] = sum
    if (sum < 256) break
  }
  return result
}

/** Null beyond what a JavaScript number holds exactly. */
export function toNumber({ negative, magnitude }: Integer): number | null {
  if (magnitude.length > 6) return null
  const value = magnitude.reduce((sum, octet) => sum * 256 + octet, 0)
  return negative ? -value : value
}

/** Decimal; hexadecimal from 128 bits up, as OpenSSL does. */
export function showInteger(content: Uint8Array): string {
  const { negative, magnitude } = readInteger(content)
  const hex = Array.from(magnitude, (octet) => octet.toString(16).padStart(2, '0')).join('')
  const digits = magnitude.length < 16 ? BigInt(`0x${hex || '0'}`).toString() : `0x${hex.toUpperCase()}`
  return `${negative ? '-' : ''}${digits}`
}

export const bitLength = ({ magnitude }: Integer): number =>
  magnitude.length === 0 ? 0 : magnitude.length * 8 - (Math.clz32(magnitude[0] ?? 0) - 24)

/** The octets of a BIT STRING whose bits are all used, as keys and signatures are. */
export const bitOctets = (content: Uint8Array): Uint8Array => content.subarray(1)

/** Bit 0 is the first one (X.690 §8.6.2). */
export const hasBit = (content: Uint8Array, bit: number): boolean =>
  ((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0

export const isTrue = ({ content }: Der): boolean => content[0] !== undefined && content[0] !== 0

// ───────────────────────────── text

/** Of a character string (X.690 §8.23); null when the type is none, or its octets are not of that type. */
export function readText({ tag, content }: Der): string | null {
  return TEXTS.get(tag)?.(content) ?? null
}

export function latin1(content: Uint8Array): string {
  let text = ''
  for (const octet of content) text += String.fromCharCode(octet)
  return text
}

export function utf8(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}

function wide(content: Uint8Array, octets: 2 | 4): string | null {
  if (content.length % octets !== 0) return null
  let text = ''
  for (let at = 0; at < content.length; at += octets) {
    const code = content.subarray(at, at + octets).reduce((sum, octet) => sum * 256 + octet, 0)
    if (code > 0x10ffff) return null
    text += String.fromCodePoint(code)
  }
  return text
}

const TEXTS: ReadonlyMap<number, (content: Uint8Array) => string | null> = new Map([
  [0x0c, utf8], // UTF8String
  [0x12, latin1], // NumericString
  [0x13, latin1], // PrintableString
  [0x14, latin1], // TeletexString: Latin-1 is what everybody writes into it
  [0x16, latin1], // IA5String
  [0x1a, latin1], // VisibleString
  [0x1c, (content: Uint8Array) => wide(content, 4)], // UniversalString
  [0x1e, (content: Uint8Array) => wide(content, 2)], // BMPString
])

// ───────────────────────────── times

/** UTCTime and GeneralizedTime in the forms of RFC 5280 §4.1.2.5 (and with fractions of a second); null for others. */
export function readTime({ tag, content }: Der): Date | null {
  const parts =
    tag === TAG.utcTime
      ? UTC.exec(latin1(content))
      : tag === TAG.generalizedTime
        ? GENERALIZED.exec(latin1(content))
        : null
  if (!parts) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const century = tag === TAG.utcTime ? (year < 50 ? 2000 : 1900) : 0
  const milliseconds = Math.trunc(Number(`0.${parts[7] ?? 0}`) * 1000)
  const date = new Date(0)
  date.setUTCFullYear(century + year, month - 1, day)
  date.setUTCHours(hour, minute, second, milliseconds)
  // What does not come back as it went in, such as 31 February, is no time.
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour
  return same && date.getUTCMinutes() === minute && date.getUTCSeconds() === second ? date : null
}

const UTC = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/

/** ISO 8601; what is no time as it stands, so that a person sees what was sent. */
export function showTime(element: Der): string {
  return readTime(element)?.toISOString() ?? `not a time: ${printable(latin1(element.content.subarray(0, 40)))}`
}

/** What has no shape of its own (control characters, changes of direction) as its UTF-8 in hex, so that one line stays one line. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (octet) => `\\${toHex(Uint8Array.of(octet))}`).join(''),
  )

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Jan  1 00:00:00 2026 GMT`, as OpenSSL prints a time. */
export function opensslTime(date: Date, withMilliseconds = false): string {
  if (Number.isNaN(date.getTime())) return 'Bad time value'
  const two = (number: number) => String(number).padStart(2, '0')
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  const fraction = withMilliseconds ? `.${String(date.getUTCMilliseconds()).padStart(3, '0')}` : ''
  const day = String(date.getUTCDate()).padStart(2)
  return `${MONTHS[date.getUTCMonth()]} ${day} ${clock}${fraction} ${date.getUTCFullYear()} GMT`
}
