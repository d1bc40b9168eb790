/** Extensions that state something: to TLS, to ACME, of transparency, of revocation; and Netscape's of old. */

import { onlyElement, sequenceIn } from '../der.ts'
import { NETSCAPE_TYPES, TLS_FEATURES } from '../names.ts'
import { toHex } from '../octets.ts'
import { readScts, sctLines } from '../sct.ts'
import { showInteger } from '../values.ts'
import { bits, type ExtensionEntry, integer, octets, text } from './row.ts'

export const STATEMENT_EXTENSIONS: readonly ExtensionEntry[] = [
  // RFC 9608
  ['2.5.29.56', { name: 'noRevAvail', words: () => 'nobody publishes its revocation', lines: null }],
  ['1.3.6.1.5.5.7.1.24', { name: 'tlsFeature', words: featureWords, lines: featureLines }],
  ['1.3.6.1.5.5.7.1.31', { name: 'acmeIdentifier', words: acmeWords, lines: null }],
  ['1.3.6.1.5.5.7.48.1.5', { name: 'ocspNoCheck', words: () => 'its revocation is not checked', lines: () => [''] }],
  ['1.3.6.1.4.1.11129.2.4.2', { name: 'signedCertificateTimestamps', words: timestampWords, lines: sctLines }],
  [
    '1.3.6.1.4.1.11129.2.4.3',
    { name: 'precertificatePoison', words: () => 'precertificate, not for use', lines: () => ['NULL'] },
  ],
  ['2.16.840.1.113730.1.1', { name: 'netscapeCertType', lines: (value) => [bits(value, NETSCAPE_TYPES)] }],
  ['2.16.840.1.113730.1.2', { name: 'netscapeBaseUrl', lines: text }],
  ['2.16.840.1.113730.1.3', { name: 'netscapeRevocationUrl', lines: text }],
  ['2.16.840.1.113730.1.4', { name: 'netscapeCaRevocationUrl', lines: text }],
  ['2.16.840.1.113730.1.7', { name: 'netscapeRenewalUrl', lines: text }],
  ['2.16.840.1.113730.1.8', { name: 'netscapeCaPolicyUrl', lines: text }],
  ['2.16.840.1.113730.1.12', { name: 'netscapeSslServerName', lines: text }],
  ['2.16.840.1.113730.1.13', { name: 'netscapeComment', lines: text }],
]

const features = (value: Uint8Array): readonly string[] =>
  sequenceIn(value).map((feature) => showInteger(integer(feature)))

/** RFC 7633; feature 5 is status_request. */
function featureWords(value: Uint8Array): string {
  return features(value)
    .map((feature) => (feature === '5' ? 'OCSP must staple (5)' : `feature ${feature}`))
    .join(', ')
}

function featureLines(value: Uint8Array): readonly string[] {
  return [
    features(value)
      .map((feature) => TLS_FEATURES.get(feature) ?? feature)
      .join(', '),
  ]
}

function acmeWords(value: Uint8Array): string {
  return `SHA-256 of the key authorization ${toHex(octets(onlyElement(value)))}`
}

function timestampWords(value: Uint8Array): string {
  const found = readScts(value)
  const count = `${found.length} ${found.length === 1 ? 'timestamp' : 'timestamps'}`
  return [count, ...found.map(({ log, logId, at }) => `log ${log ?? logId} at ${at}`)].join(', ')
}
