/** Distinguished names (RFC 5280 §4.1.2.4) → their parts, and the three ways in which they are written in one line. */

import { type Der, elementsIn, expect, TAG } from './der.ts'
import { longName, shortName } from './objects.ts'
import { toHex } from './octets.ts'
import { printable, readOid, readText } from './values.ts'

export interface NamePart {
  /** `commonName`; the object identifier of a type that has no name. */
  readonly type: string
  /** Its text; octets that are no text as `#` and hex. */
  readonly value: string
}

interface Attribute {
  readonly oid: string
  readonly value: Der
}

/** Each relative name is a set of attributes, nearly always of one. */
export type Name = readonly (readonly Attribute[])[]

/** @param content of the SEQUENCE. @throws Error in words */
export const readName = (content: Uint8Array): Name => elementsIn(content).map(readRelativeName)

export function readRelativeName(set: Der): readonly Attribute[] {
  return elementsIn(expect(set, TAG.set).content).map((attribute) => {
    const [type, value] = elementsIn(expect(attribute, TAG.sequence).content)
    if (!value) throw new Error('a part of a name has no value')
    return { oid: readOid(expect(type, TAG.oid).content), value }
  })
}

const textOf = (value: Der): string => readText(value) ?? `#${toHex(value.raw).replaceAll(':', '')}`

export const nameParts = (name: Name): readonly NamePart[] =>
  name.flat().map(({ oid, value }) => ({ type: longName(oid), value: textOf(value) }))

/** The first attribute of this type; null when there is none. */
export function firstValue(name: Name, oid: string): string | null {
  const found = name.flat().find((attribute) => attribute.oid === oid)
  return found ? textOf(found.value) : null
}

// ───────────────────────────── in one line

/** `C=US, O=Example\, Inc., CN=Root`: in the order in which it is written, escaped as in RFC 4514 §2.4. */
export const showName = (name: Name): string => write(name, '=', escaped, '+')

/** `C = US, O = "Example, Inc.", CN = Root`. */
export const opensslName = (name: Name): string => write(name, ' = ', quoted, ' + ')

function write(name: Name, equals: string, text: (value: string) => string, plus: string): string {
  const attribute = ({ oid, value }: Attribute) =>
    `${shortName(oid)}${equals}${readText(value) === null ? textOf(value) : text(textOf(value))}`
  return name.map((relative) => relative.map(attribute).join(plus)).join(', ')
}

/** `/C=US/O=Example/CN=Root`: how OpenSSL writes a name inside an extension. */
export const slashName = (name: Name): string =>
  name
    .map((relative) =>
      relative.map(({ oid, value }) => `${shortName(oid)}=${printable(textOf(value)).replace(/[/+]/g, '\\$&')}`),
    )
    .map((parts) => `/${parts.join('+')}`)
    .join('')

const escaped = (value: string): string => printable(value.replace(/[,+"\\<>;]|^[ #]|(?<!^) $/g, '\\$&'))

function quoted(value: string): string {
  const needsQuotes = /[,+<>;]|^[ #]| $/.test(value)
  const text = printable(value.replace(/["\\]/g, '\\$&'))
  return needsQuotes ? `"${text}"` : text
}

/** Equal for names that are the same by RFC 5280 §7.1: case and runs of spaces do not count, nor the type of string. */
export const comparableName = (name: Name): string =>
  JSON.stringify(
    name.map((relative) =>
      relative.map(({ oid, value }) => `${oid}=${textOf(value).trim().replace(/\s+/g, ' ').toLowerCase()}`).toSorted(),
    ),
  )
