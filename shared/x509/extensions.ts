/** The Extensions of a certificate or a signing request (RFC 5280 §4.1.2.9). What is unknown or broken is shown as its octets. */

import { context, type Der, elementsIn, expect, onlyElement, readElements, sequenceIn, TAG } from './der.ts'
import { EXTENSIONS } from './extension/rows.ts'
import { readGeneralNames } from './general-name.ts'
import type { ExtensionFacts } from './model.ts'
import { longName } from './objects.ts'
import { dumpLines, toHex } from './octets.ts'
import { isTrue, readOid } from './values.ts'

/** One extension, split but not read. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** What its OCTET STRING holds. */
  readonly value: Uint8Array
}

/** @param sequence the SEQUENCE of extensions. Never throws: what is no extension is left out. */
export function splitExtensions(sequence: Der | undefined): readonly Extension[] {
  return ((sequence && readElements(sequence.content)) ?? []).flatMap((element) => readExtension(element) ?? [])
}

function readExtension({ content }: Der): Extension | null {
  const parts = readElements(content)
  const [type] = parts ?? []
  const value = parts?.at(-1)
  if (type?.tag !== TAG.oid || value?.tag !== TAG.octetString) return null
  const flag = parts?.find(({ tag }) => tag === TAG.boolean)
  return { oid: readOid(type.content), critical: flag !== undefined && isTrue(flag), value: value.content }
}

const find = (extensions: readonly Extension[], oid: string): Uint8Array | null =>
  extensions.find((extension) => extension.oid === oid)?.value ?? null

/** Null when the extension is not there or cannot be read; its line among the extensions says which. */
function readOne<T>(extensions: readonly Extension[], oid: string, read: (value: Uint8Array) => T): T | null {
  const value = find(extensions, oid)
  try {
    return value && read(value)
  } catch {
    return null
  }
}

// ───────────────────────────── what is asked for again and again

/** DNS names and IP addresses of a subjectAltName, in the order they were written. */
export const alternativeNames = (extensions: readonly Extension[]): readonly string[] =>
  readOne(extensions, '2.5.29.17', (value) => readGeneralNames(expect(onlyElement(value), TAG.sequence).content))
    ?.filter(({ kind }) => kind === 'dns' || kind === 'ip')
    .map(({ value }) => value) ?? []

/** What basicConstraints says of whether this is a CA's certificate; null when it is silent (RFC 5280 §4.2.1.9). */
export const authority = (extensions: readonly Extension[]): boolean | null =>
  readOne(extensions, '2.5.29.19', (value) => {
    const [flag] = sequenceIn(value)
    return flag?.tag === TAG.boolean && isTrue(flag)
  })

/** The keyIdentifier of authorityKeyIdentifier (RFC 5280 §4.2.1.1), which an ARI certificate id begins with. */
export const authorityKeyId = (extensions: readonly Extension[]): string | null =>
  readOne(extensions, '2.5.29.35', (value) => {
    const id = sequenceIn(value).find(({ tag }) => tag === context(0, false))
    return id ? toHex(id.content) : null
  })

/** RFC 5280 §4.2.1.2. */
export const subjectKeyId = (extensions: readonly Extension[]): string | null =>
  readOne(extensions, '2.5.29.14', (value) => toHex(expect(onlyElement(value), TAG.octetString).content))

/** RFC 8737 §3: the SHA-256 of the key authorization in a tls-alpn-01 certificate, as hex. */
export const acmeIdentifier = (extensions: readonly Extension[]): string | null =>
  readOne(extensions, '1.3.6.1.5.5.7.1.31', (value) => toHex(expect(onlyElement(value), TAG.octetString).content))

/** The signed certificate timestamps' own octets; null when there are none. */
export const timestamps = (extensions: readonly Extension[]): Uint8Array | null =>
  find(extensions, '1.3.6.1.4.1.11129.2.4.2')

// ───────────────────────────── all of them

/** Each in one line of words. Never throws. */
export const extensionFacts = (extensions: readonly Extension[]): readonly ExtensionFacts[] =>
  extensions.map(({ oid, critical, value }) => ({
    oid,
    name: EXTENSIONS.get(oid)?.name ?? oid,
    critical,
    value: wordsOf(oid, value),
  }))

function wordsOf(oid: string, value: Uint8Array): string {
  const row = EXTENSIONS.get(oid)
  if (!row) return toHex(value)
  try {
    return (
      row.words?.(value) ??
      row
        .lines?.(value)
        .map((line) => line.trim())
        .join(', ') ??
      toHex(value)
    )
  } catch {
    return `cannot be read: ${toHex(value)}`
  }
}

/** As OpenSSL prints them, indented by what stands under what. Never throws. */
export function extensionLines(extensions: readonly Extension[]): readonly string[] {
  return extensions.flatMap(({ oid, critical, value }) => [
    `${longName(oid)}: ${critical ? 'critical' : ''}`,
    ...linesOf(oid, value).map((line) => `    ${line}`),
  ])
}

function linesOf(oid: string, value: Uint8Array): readonly string[] {
  try {
    return EXTENSIONS.get(oid)?.lines?.(value) ?? dumpLines(value)
  } catch {
    return dumpLines(value)
  }
}

/** The Extensions sequence of a certificate's or a request's fields, by its tag. */
export function wrapped(fields: readonly Der[], number: number): Der | undefined {
  const wrapper = fields.find(({ tag }) => tag === context(number))
  return wrapper && elementsIn(wrapper.content)[0]
}
