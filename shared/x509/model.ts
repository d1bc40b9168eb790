/** What a certificate or a signing request says, as plain data. Times are ISO 8601, octets upper-case hex with colons. */

export interface PublicKeyFacts {
  /** `RSA 2048`, `EC P-256`, `Ed25519`: what a person calls it. */
  readonly type: string
  /** SHA-256 of the SubjectPublicKeyInfo, base64url: equal keys have equal values. */
  readonly spkiSha256: string
}

export interface ExtensionFacts {
  readonly oid: string
  readonly name: string
  readonly critical: boolean
  /** One line in words. */
  readonly value: string
}

export interface Csr {
  readonly subject: string
  readonly commonName: string | null
  /** DNS names and IP addresses asked for, subjectAltName first, without repeats. */
  readonly names: readonly string[]
  readonly key: PublicKeyFacts
  readonly signatureAlgorithm: string
  readonly extensions: readonly ExtensionFacts[]
  readonly pem: string
}

export interface Certificate {
  readonly subject: string
  readonly issuer: string
  /** The number's octets. Its DER value has 00 before them when the first is 80 or more. */
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
  readonly sans: readonly string[]
  readonly key: PublicKeyFacts
  readonly signatureAlgorithm: string
  readonly fingerprintSha256: string
  readonly isCa: boolean
  /** Identifier of the issuer's key (RFC 5280 §4.2.1.1); null when none is given. */
  readonly authorityKeyId: string | null
  readonly extensions: readonly ExtensionFacts[]
  readonly pem: string
}
