/** In which ways a body can be read, the best one first. Pure: what is drawn follows from it. */
import { type Body, type Headers, mediaType } from '../../../shared/exchange.ts'
import { bodyBytes } from '../../../shared/export/sendable.ts'
import { byteLength } from '../../../shared/har/bytes.ts'
import { layOut } from './lay-out.ts'

/** `read`: laid out to be read. `sent`: as it was sent. `fields`: of a form. */
export type Reading = 'explained' | 'fields' | 'read' | 'sent' | 'image' | 'hex'

export const readingLabels: Readonly<Record<Reading, string>> = {
  explained: 'Explained',
  fields: 'Fields',
  read: 'Pretty',
  sent: 'Raw',
  image: 'Image',
  hex: 'Hex',
}

export interface Readable {
  readonly readings: readonly Reading[]
  /** Laid out; null where it cannot be. */
  readonly pretty: string | null
  readonly isJson: boolean
  /** Media type of a picture whose octets say that they are one. */
  readonly picture: string | null
  readonly bytes: number
}

/** @param explained whether it is an object of ACME */
export function readable(
  body: Extract<Body, { kind: 'text' | 'base64' }>,
  headers: Headers,
  explained: boolean,
): Readable {
  if (body.kind === 'base64') {
    const octets = bodyBytes(body)
    const picture = pictureType(octets)
    const readings: readonly Reading[] = [...(picture === null ? [] : (['image'] as const)), 'hex']
    return { readings, pretty: null, isJson: false, picture, bytes: octets.length }
  }
  const { text } = body
  const laidOut = layOut(text)
  const isForm = mediaType(headers) === 'application/x-www-form-urlencoded'
  const readings: readonly (Reading | null)[] = [
    isForm ? 'fields' : null,
    laidOut === null ? null : 'read',
    explained ? 'explained' : null,
    'sent',
    'hex',
  ]
  return {
    readings: readings.filter((reading) => reading !== null),
    pretty: laidOut?.text ?? null,
    isJson: laidOut?.isJson ?? false,
    picture: null,
    bytes: byteLength(text),
  }
}

/** The beginnings of pictures that are nothing but pixels; an SVG is a document with scripts, and is shown as its text. */
const PICTURES: readonly (readonly [type: string, beginning: string, further?: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF8'],
  ['image/webp', 'RIFF', 'WEBP'],
]

/** Where a RIFF file says what it is. */
const FURTHER = 8

/** By its octets, whatever its headers say. */
export function pictureType(octets: Uint8Array): string | null {
  const text = String.fromCharCode(...octets.subarray(0, 16))
  const found = PICTURES.find(
    ([, beginning, further = '']) => text.startsWith(beginning) && text.startsWith(further, further ? FURTHER : 0),
  )
  return found?.[0] ?? null
}

export interface FormField {
  readonly name: string
  readonly value: string
}

const MOST_FIELDS = 1000

/** `a=1&b=2`, decoded; what cannot be decoded stays as it is. */
export const formFields = (text: string): readonly FormField[] =>
  text
    .split('&', MOST_FIELDS)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return { name: decoded(at < 0 ? pair : pair.slice(0, at)), value: at < 0 ? '' : decoded(pair.slice(at + 1)) }
    })

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

// ───────────────────────────── long texts

/** So much is shown of a text at first; nobody reads more than this without asking for it. */
export const SHOWN_FIRST = 100_000

/** A line longer than this is broken for the eye: editors lay out a line as a whole. */
const LONGEST_LINE = 2_000

/** What is given to the editor, and what is not as it was sent. */
export interface Fitted {
  readonly text: string
  /** Characters that are not shown. */
  readonly hidden: number
  /** Long lines were broken. */
  readonly broken: boolean
}

export function fitText(text: string, all: boolean): Fitted {
  const shown = all ? text : cutAt(text, SHOWN_FIRST)
  const fitted = breakLines(shown)
  return { text: fitted, hidden: text.length - shown.length, broken: fitted.length !== shown.length }
}

/** Not between the two halves of one character. */
function cutAt(text: string, length: number): string {
  const code = text.charCodeAt(length - 1)
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length)
}

const LONG_LINE = new RegExp(`[^\\n]{${LONGEST_LINE}}(?=[^\\n])`, 'gu')

const breakLines = (text: string): string => (text.length > LONGEST_LINE ? text.replace(LONG_LINE, '$&\n') : text)
