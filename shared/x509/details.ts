/**
 * All that a certificate or a signing request says, as facts, read from its PEM when somebody looks: a recording holds
 * too many of them to keep this with each.
 */

import { signatureName } from './algorithm.ts'
import { parseCertificate } from './certificate.ts'
import { parseCsr } from './csr.ts'
import { acmeIdentifier, type Extension, extensionFacts, timestamps } from './extensions.ts'
import { type KeyPart, keyParts } from './key-lines.ts'
import type { ExtensionFacts } from './model.ts'
import { type NamePart, nameParts } from './name.ts'
import { toHex } from './octets.ts'
import { derOf } from './pem.ts'
import { readScts, type Sct } from './sct.ts'

export interface Details {
  readonly subject: readonly NamePart[]
  /** Empty for a signing request, which nobody has issued. */
  readonly issuer: readonly NamePart[]
  readonly key: readonly KeyPart[]
  readonly extensions: readonly ExtensionFacts[]
  readonly scts: readonly Sct[]
  /** RFC 8737 §3: the SHA-256 of the key authorization, as hex; null when it is no tls-alpn-01 certificate. */
  readonly acmeIdentifier: string | null
  readonly signatureAlgorithm: string
  readonly signature: string
}

/** Never throws; null when it cannot be read. */
export function readDetails({ pem }: { readonly pem: string }): Details | null {
  try {
    const der = derOf(pem)
    const isRequest = pem.startsWith('-----BEGIN CERTIFICATE REQUEST')
    const parsed = isRequest ? { ...parseCsr(der), issuer: [] } : parseCertificate(der)
    return {
      subject: nameParts(parsed.subject),
      issuer: nameParts(parsed.issuer),
      key: keyParts(parsed.key),
      extensions: extensionFacts(parsed.extensions),
      scts: sctsIn(parsed.extensions),
      acmeIdentifier: acmeIdentifier(parsed.extensions),
      signatureAlgorithm: signatureName(parsed.algorithm),
      signature: toHex(parsed.signature),
    }
  } catch {
    return null
  }
}

/** None where the extension is missing or cannot be read: its line among the extensions says which. */
function sctsIn(extensions: readonly Extension[]): readonly Sct[] {
  const value = timestamps(extensions)
  try {
    return value ? readScts(value) : []
  } catch {
    return []
  }
}
