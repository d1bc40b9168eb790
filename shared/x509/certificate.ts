/** Certificates as a CA hands them out (RFC 8555 §9.1) → plain facts. Synchronous; needs no crypto.subtle. */

import { sha256 } from '@noble/hashes/sha2.js'
import { X509Certificate } from '@peculiar/x509'
import { type DerElement, readElements } from './der.ts'
import { isAuthority, readAlternativeNames, readAuthorityKeyId, readExtensions } from './extensions.ts'
import { readKey, signatureName } from './key.ts'
import type { Certificate } from './model.ts'
import { readPemBlocks } from './pem.ts'
import { colonHex, messageOf, toHex, toPem } from './text.ts'

/** No CA sends so much; a body that does is not worth the time. */
const MAX_CERTIFICATES = 32
const MAX_DER = 256 * 1024
const EXTENSIONS_TAG = 0xa3

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

/**
 * Reads one DER certificate (RFC 5280).
 * @throws Error in words when the octets are no whole certificate
 */
export function readCertificate(der: Uint8Array): Certificate {
  const extensionList = findExtensions(der)
  const certificate = new X509Certificate(Uint8Array.from(der))
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    serial: colonHex(certificate.serialNumber),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sans: readAlternativeNames(extensionList),
    key: readKey(certificate.publicKey),
    signatureAlgorithm: signatureName(certificate.signatureAlgorithm),
    fingerprintSha256: toHex(sha256(der)),
    isCa: isAuthority(extensionList),
    authorityKeyId: readAuthorityKeyId(extensionList),
    extensions: readExtensions(extensionList),
    pem: toPem('CERTIFICATE', der),
  }
}

/** The Extensions sequence, found by hand: the library gives up the whole certificate for one broken extension. */
function findExtensions(der: Uint8Array): DerElement | undefined {
  if (der.length > MAX_DER) throw new Error(`${der.length} bytes are too many for a certificate`)
  const outer = readElements(der)
  if (!outer) throw new Error('cut short, or not DER')
  if (outer.length !== 1) throw new Error(`something follows the certificate's last byte`)
  const tbs = readElements(outer[0]?.content ?? der)?.[0]
  const fields = tbs && readElements(tbs.content)
  const wrapper = fields?.find(({ tag }) => tag === EXTENSIONS_TAG)
  return wrapper && readElements(wrapper.content)?.[0]
}
