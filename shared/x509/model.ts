/** What a certificate or a signing request says, as plain data. Times are ISO 8601, octets upper-case hex with colons. */

export interface PublicKeyFacts {
  /** `RSA 2048`, `EC P-256`, `Ed25519`: what a person calls it. */
  readonly type: string
  /** SHA-256 of the SubjectPublicKeyInfo, base64url: equal keys have equal values. */
  readonly spkiSha256: string
  /** RFC 7638, SHA-256: equal to that of an account with the same key. Null for a key that JOSE does not have. */
  readonly thumbprint: string | null
}

/** `unverifiable` is not `invalid`: something needed for the check is missing, and `reason` says what. */
export interface Verdict {
  readonly status: 'valid' | 'invalid' | 'unverifiable'
  /** In words. */
  readonly reason: string
}

/** As `finalize` carries it. Everything else it says is read from `pem` when somebody looks: see `details.ts`. */
export interface Csr {
  readonly subject: string
  readonly commonName: string | null
  /** DNS names and IP addresses asked for, subjectAltName first, without repeats. */
  readonly names: readonly string[]
  readonly key: PublicKeyFacts
  readonly signatureAlgorithm: string
  readonly pem: string
}

/** Its signature shows that who asks has the private key (RFC 2986 §3). */
export interface JudgedCsr extends Csr {
  readonly signature: Verdict
}

/** What is asked of a certificate again and again; the rest is read from `pem` when somebody looks: see `details.ts`. */
export interface Certificate {
  readonly subject: string
  readonly issuer: string
  /** The number's octets. Its DER value has 00 before them when the first is 80 or more. A negative one begins with `-`. */
  readonly serial: string
  /** What is no time is given as it stands, after `not a time: `. */
  readonly notBefore: string
  readonly notAfter: string
  readonly sans: readonly string[]
  readonly key: PublicKeyFacts
  readonly signatureAlgorithm: string
  readonly fingerprintSha256: string
  readonly isCa: boolean
  /** Identifier of the issuer's key (RFC 5280 §4.2.1.1); null when none is given. */
  readonly authorityKeyId: string | null
  readonly pem: string
}

/** A certificate at its place in a chain. */
export interface ChainMember extends Certificate {
  /** Whether the next one certifies it (RFC 8555 §9.1); null for the last. */
  readonly signedByNext: Verdict | null
}

export interface ExtensionFacts {
  readonly oid: string
  readonly name: string
  readonly critical: boolean
  /** One line in words. */
  readonly value: string
}
