/** Certificates as a CA hands them out (RFC 8555 §9.1) → plain facts. Synchronous; needs no crypto.subtle. */

import { sha256 } from '@noble/hashes/sha2.js'
import { readAlgorithm, type SignatureAlgorithm, signatureName } from './algorithm.ts'
import { type Der, elementsIn, expect, readElements, TAG } from './der.ts'
import { alternativeNames, authority, authorityKeyId, type Extension, splitExtensions, wrapped } from './extensions.ts'
import { fromBase64url } from './from-base64url.ts'
import { type PublicKey, readKey } from './key.ts'
import type { Certificate } from './model.ts'
import { type Name, readName, showName } from './name.ts'
import { messageOf, toHex, toPem } from './octets.ts'
import { readPemBlocks } from './pem.ts'
import { bitOctets, type Integer, readInteger, showTime } from './values.ts'

/** No CA sends so much; a body that does is not worth the time. */
const MAX_CERTIFICATES = 32
const MAX_DER = 256 * 1024

/** The parts of a certificate (RFC 5280 §4.1), each read as far as it must be to be told from the others. */
export interface ParsedCertificate {
  readonly version: Integer
  readonly serial: Integer
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: Der
  readonly notAfter: Der
  readonly key: PublicKey
  readonly issuerUniqueId: Uint8Array | null
  readonly subjectUniqueId: Uint8Array | null
  readonly extensions: readonly Extension[]
  /** Inside what is signed, and beside it: they must be the same. */
  readonly innerAlgorithm: SignatureAlgorithm
  readonly algorithm: SignatureAlgorithm
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Splits one DER certificate.
 * @throws Error in words when the octets are no whole certificate
 */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  const [tbs, algorithm, signature] = elementsIn(wholeIn(der, 'certificate').content)
  const fields = elementsIn(expect(tbs, TAG.sequence).content)
  const version = fields[0]?.tag === 0xa0 ? elementsIn(fields[0].content)[0] : undefined
  const [serial, inner, issuer, validity, subject, key, ...rest] = fields.slice(version ? 1 : 0)
  const [notBefore, notAfter] = elementsIn(expect(validity, TAG.sequence).content)
  if (!notBefore || !notAfter || !key || !inner || !algorithm || !tbs) throw new Error('a part of it is missing')
  const uniqueId = (tag: number) => rest.find((field) => field.tag === tag)?.content ?? null
  return {
    version: readInteger(version?.content ?? new Uint8Array(1)),
    serial: readInteger(expect(serial, TAG.integer).content),
    issuer: readName(expect(issuer, TAG.sequence).content),
    subject: readName(expect(subject, TAG.sequence).content),
    notBefore,
    notAfter,
    key: readKey(key),
    issuerUniqueId: uniqueId(0x81),
    subjectUniqueId: uniqueId(0x82),
    extensions: splitExtensions(wrapped(rest, 3)),
    innerAlgorithm: readAlgorithm(inner),
    algorithm: readAlgorithm(algorithm),
    signed: tbs.raw,
    signature: bitOctets(expect(signature, TAG.bitString).content),
  }
}

/** The one SEQUENCE that is all of the octets. */
export function wholeIn(der: Uint8Array, what: string): Der {
  checkLength(der, what)
  const outer = readElements(der)
  if (!outer?.[0]) throw new Error('cut short, or not DER')
  if (outer.length !== 1) throw new Error(`something follows the ${what}'s last byte`)
  return expect(outer[0], TAG.sequence)
}

function checkLength({ length }: Uint8Array, what: string): void {
  if (length > MAX_DER) throw new Error(`${length} bytes are too many for a ${what}`)
}

// ───────────────────────────── facts

/**
 * Reads a PEM certificate chain, the certificate itself first. Never throws: what cannot be read is left out of
 * `chain` and named in `errors`, in words. An empty or foreign text gives an empty chain and an error.
 */
export function readCertificates(pem: string): {
  readonly chain: readonly Certificate[]
  readonly errors: readonly string[]
} {
  const { blocks, errors } = readPemBlocks(pem, 'CERTIFICATE', MAX_CERTIFICATES)
  const read = blocks.map(({ place, der }) => orError(place, () => readCertificate(der)))
  return {
    chain: read.flatMap(({ certificate }) => certificate ?? []),
    errors: [...errors, ...read.flatMap(({ error }) => error ?? [])],
  }
}

function orError(place: number, read: () => Certificate): { certificate?: Certificate; error?: string } {
  try {
    return { certificate: read() }
  } catch (error) {
    return { error: `certificate ${place}: ${messageOf(error)}` }
  }
}

/** Reads the `certificate` field of a revocation (RFC 8555 §7.6). Never throws; the error says in words what is wrong. */
export const readCertificateBase64url = (text: string): Certificate | { readonly error: string } =>
  fromBase64url(text, readCertificate)

/** Certificates read last, by fingerprint: the same issuers come again and again, and are held once. */
const known = new Map<string, Certificate>()
const MAX_KNOWN = 256
/** No issuer's is longer. */
const MAX_HELD = 8 * 1024

/**
 * Reads one DER certificate (RFC 5280).
 * @throws Error in words when the octets are no whole certificate
 */
export function readCertificate(der: Uint8Array): Certificate {
  checkLength(der, 'certificate')
  const fingerprint = toHex(sha256(der))
  const held = known.get(fingerprint)
  if (held) return held
  const certificate = toFacts(parseCertificate(der), der, fingerprint)
  if (known.size >= MAX_KNOWN) known.clear()
  if (der.length <= MAX_HELD) known.set(fingerprint, certificate)
  return certificate
}

function toFacts(parsed: ParsedCertificate, der: Uint8Array, fingerprintSha256: string): Certificate {
  const { issuer, subject, notBefore, notAfter, key, extensions, algorithm } = parsed
  return {
    subject: showName(subject),
    issuer: showName(issuer),
    serial: showSerial(parsed.serial),
    notBefore: showTime(notBefore),
    notAfter: showTime(notAfter),
    sans: alternativeNames(extensions),
    key: key.facts,
    signatureAlgorithm: signatureName(algorithm),
    fingerprintSha256,
    isCa: authority(extensions) ?? false,
    authorityKeyId: authorityKeyId(extensions),
    pem: toPem('CERTIFICATE', der),
  }
}

const showSerial = ({ negative, magnitude }: Integer): string => `${negative ? '-' : ''}${toHex(magnitude)}`
