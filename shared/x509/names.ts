/** Bits and numbers inside extensions that have names: ours, and OpenSSL's where it has another. Rows only. */

/** RFC 5280 §4.2.1.3, by bit. */
export const KEY_USAGES: readonly (readonly [ours: string, openssl: string])[] = [
  ['digital signature', 'Digital Signature'],
  ['non repudiation', 'Non Repudiation'],
  ['key encipherment', 'Key Encipherment'],
  ['data encipherment', 'Data Encipherment'],
  ['key agreement', 'Key Agreement'],
  ['certificate signing', 'Certificate Sign'],
  ['CRL signing', 'CRL Sign'],
  ['encipher only', 'Encipher Only'],
  ['decipher only', 'Decipher Only'],
]

/** RFC 5280 §4.2.1.12. */
export const EXTENDED_KEY_USAGES: ReadonlyMap<string, string> = new Map([
  ['2.5.29.37.0', 'any'],
  ['1.3.6.1.5.5.7.3.1', 'TLS server authentication'],
  ['1.3.6.1.5.5.7.3.2', 'TLS client authentication'],
  ['1.3.6.1.5.5.7.3.3', 'code signing'],
  ['1.3.6.1.5.5.7.3.4', 'e-mail protection'],
  ['1.3.6.1.5.5.7.3.8', 'time stamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSP signing'],
])

/** CA/Browser Forum baseline requirements §7.1.6.1, RFC 5280 §4.2.1.4. */
export const POLICIES: ReadonlyMap<string, string> = new Map([
  ['2.5.29.32.0', 'any policy'],
  ['2.23.140.1.1', 'extended validation'],
  ['2.23.140.1.2.1', 'domain validated'],
  ['2.23.140.1.2.2', 'organization validated'],
  ['2.23.140.1.2.3', 'individual validated'],
])

/** RFC 5280 §4.2.1.13, by bit; bit 0 means nothing. */
export const REVOCATION_REASONS = [
  'Unused',
  'Key Compromise',
  'CA Compromise',
  'Affiliation Changed',
  'Superseded',
  'Cessation Of Operation',
  'Certificate Hold',
  'Privilege Withdrawn',
  'AA Compromise',
]

/** TLS extensions that a certificate may demand of its server (RFC 7633), by number. */
export const TLS_FEATURES: ReadonlyMap<string, string> = new Map([
  ['5', 'status_request'],
  ['17', 'status_request_v2'],
])

/** By bit. */
export const NETSCAPE_TYPES = [
  'SSL Client',
  'SSL Server',
  'S/MIME',
  'Object Signing',
  'Unused',
  'SSL CA',
  'S/MIME CA',
  'Object Signing CA',
]
