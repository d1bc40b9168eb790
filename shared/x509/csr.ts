/** Certificate signing requests, as `finalize` carries them (RFC 8555 §7.4, RFC 2986) → plain facts. */

import { readAlgorithm, type SignatureAlgorithm, signatureName } from './algorithm.ts'
import { wholeIn } from './certificate.ts'
import { context, type Der, elementsIn, expect, readElements, TAG } from './der.ts'
import { alternativeNames, type Extension, splitExtensions } from './extensions.ts'
import { fromBase64url } from './from-base64url.ts'
import { type PublicKey, readKey } from './key.ts'
import type { Csr } from './model.ts'
import { firstValue, type Name, readName, showName } from './name.ts'
import { toPem } from './octets.ts'
import { bitOctets, type Integer, readInteger, readOid } from './values.ts'

/** extensionRequest (RFC 2985 §5.4.2), and Microsoft's own of old. */
const EXTENSION_REQUESTS: readonly string[] = ['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14']
const COMMON_NAME = '2.5.4.3'

export interface Attribute {
  readonly oid: string
  readonly values: readonly Der[]
}

/** The parts of a signing request (RFC 2986 §4). */
export interface ParsedCsr {
  readonly version: Integer
  readonly subject: Name
  readonly key: PublicKey
  /** All but the request for extensions. */
  readonly attributes: readonly Attribute[]
  readonly extensions: readonly Extension[]
  readonly algorithm: SignatureAlgorithm
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Splits one DER signing request.
 * @throws Error in words when the octets are no whole signing request
 */
export function parseCsr(der: Uint8Array): ParsedCsr {
  const [info, algorithm, signature] = elementsIn(wholeIn(der, 'signing request').content)
  const [version, subject, key, ...rest] = elementsIn(expect(info, TAG.sequence).content)
  if (!key || !algorithm || !info) throw new Error('a part of it is missing')
  const attributes = readAttributes(rest.find(({ tag }) => tag === context(0)))
  const requested = attributes.find(({ oid }) => EXTENSION_REQUESTS.includes(oid))
  return {
    version: readInteger(expect(version, TAG.integer).content),
    subject: readName(expect(subject, TAG.sequence).content),
    key: readKey(key),
    attributes: attributes.filter((attribute) => attribute !== requested),
    extensions: splitExtensions(requested?.values[0]),
    algorithm: readAlgorithm(algorithm),
    signed: info.raw,
    signature: bitOctets(expect(signature, TAG.bitString).content),
  }
}

/** What is no attribute is left out. */
function readAttributes(set: Der | undefined): readonly Attribute[] {
  return ((set && readElements(set.content)) ?? []).flatMap(({ content }) => {
    const [type, values] = readElements(content) ?? []
    return type?.tag === TAG.oid
      ? { oid: readOid(type.content), values: (values && readElements(values.content)) ?? [] }
      : []
  })
}

// ───────────────────────────── facts

/** Reads the `csr` field. Never throws; the error says in words what is wrong. */
export const readCsrBase64url = (text: string): Csr | { readonly error: string } => fromBase64url(text, readCsr)

/**
 * Reads one DER signing request.
 * @throws Error in words when the octets are no whole signing request
 */
export function readCsr(der: Uint8Array): Csr {
  const { subject, extensions, key, algorithm } = parseCsr(der)
  const commonName = firstValue(subject, COMMON_NAME)
  return {
    subject: showName(subject),
    commonName,
    names: withoutRepeats([...alternativeNames(extensions), ...(commonName === null ? [] : [commonName])]),
    key: key.facts,
    signatureAlgorithm: signatureName(algorithm),
    pem: toPem('CERTIFICATE REQUEST', der),
  }
}

/** Names differ by more than their case. */
function withoutRepeats(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size !== seen.add(name.toLowerCase()).size)
}
