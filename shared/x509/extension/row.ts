/** What a row about an extension is, and what its readers are made of. Readers throw on nonsense: the octets are shown then. */

import { type Der, expect, onlyElement, TAG } from '../der.ts'
import { type GeneralName, readGeneralNames } from '../general-name.ts'
import { hasBit, printable, readOid, readText } from '../values.ts'

export interface ExtensionRow {
  readonly name: string
  /** In one line; where it is left out, OpenSSL's lines say it. */
  readonly words?: (value: Uint8Array) => string
  /** Null where OpenSSL only dumps the octets. */
  readonly lines: ((value: Uint8Array) => readonly string[]) | null
}

/** By object identifier. */
export type ExtensionEntry = readonly [oid: string, row: ExtensionRow]

export const octets = (element: Der | undefined): Uint8Array => expect(element, TAG.octetString).content
export const integer = (element: Der | undefined): Uint8Array => expect(element, TAG.integer).content
export const oidOf = (element: Der | undefined): string => readOid(expect(element, TAG.oid).content)
export const namesIn = (value: Uint8Array): readonly GeneralName[] =>
  readGeneralNames(expect(onlyElement(value), TAG.sequence).content)

export function text(value: Uint8Array): readonly string[] {
  const said = readText(onlyElement(value))
  if (said === null) throw new Error('no text')
  return [printable(said)]
}

/** The names of the bits that are set. */
export function bits(value: Uint8Array, names: readonly string[]): string {
  const { content } = expect(onlyElement(value), TAG.bitString)
  return names.filter((_, bit) => hasBit(content, bit)).join(', ')
}
