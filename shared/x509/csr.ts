/** Certificate signing requests, as `finalize` carries them (RFC 8555 §7.4, RFC 2986) → plain facts. */
import { Attribute, Pkcs10CertificateRequest } from '@peculiar/x509'
import { readBase64url } from '../acme/base64url.ts'
import { type DerElement, readElements } from './der.ts'
import { readAlternativeNames, readExtensions } from './extensions.ts'
import { readKey, signatureName } from './key.ts'
import type { Csr } from './model.ts'
import { messageOf, toPem } from './text.ts'

const MAX_DER = 256 * 1024
const ATTRIBUTES_TAG = 0xa0
/** extensionRequest, RFC 2985 §5.4.2. */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'

/** Reads the `csr` field. Never throws; the error says in words what is wrong. */
export function readCsrBase64url(text: string): Csr | { readonly error: string } {
  if (text === '') return { error: 'empty' }
  const der = readBase64url(text)
  if (!der) return { error: explainBase64url(text) }
  try {
    return readCsr(der)
  } catch (error) {
    return { error: messageOf(error) }
  }
}

function explainBase64url(text: string): string {
  if (text.startsWith('-----BEGIN')) return 'PEM, where base64url of DER belongs'
  const foreign = /[^A-Za-z0-9_-]+/.exec(text)?.[0]
  return foreign ? `“${foreign.slice(0, 20)}” is not base64url` : 'its base64url is not whole'
}

/**
 * Reads one DER signing request.
 * @throws Error in words when the octets are no whole signing request
 */
export function readCsr(der: Uint8Array): Csr {
  const extensionList = findExtensions(der)
  const request = new Pkcs10CertificateRequest(Uint8Array.from(der))
  const commonName = request.subjectName.getField('CN')[0] ?? null
  return {
    subject: request.subject,
    commonName,
    names: withoutRepeats([...readAlternativeNames(extensionList), ...(commonName === null ? [] : [commonName])]),
    key: readKey(request.publicKey),
    signatureAlgorithm: signatureName(request.signatureAlgorithm),
    extensions: readExtensions(extensionList),
    pem: toPem('CERTIFICATE REQUEST', der),
  }
}

/** Names differ by more than their case. */
const withoutRepeats = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index)

function findExtensions(der: Uint8Array): DerElement | undefined {
  if (der.length > MAX_DER) throw new Error(`${der.length} bytes are too many for a signing request`)
  const outer = readElements(der)
  if (!outer) throw new Error('cut short, or not DER')
  if (outer.length !== 1) throw new Error(`something follows the signing request's last byte`)
  const info = readElements(outer[0]?.content ?? der)?.[0]
  const attributes = info && readElements(info.content)?.find(({ tag }) => tag === ATTRIBUTES_TAG)
  for (const { raw } of (attributes && readElements(attributes.content)) ?? []) {
    const { type, values } = new Attribute(raw)
    if (type === EXTENSION_REQUEST && values[0]) return readElements(new Uint8Array(values[0]))?.[0]
  }
  return undefined
}
