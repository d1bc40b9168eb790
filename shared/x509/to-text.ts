/** A certificate or a signing request in full, line by line as `openssl x509 -text` and `openssl req -text` lay it out. */

import { parameterLines, type SignatureAlgorithm } from './algorithm.ts'
import { type ParsedCertificate, parseCertificate } from './certificate.ts'
import { type Attribute, type ParsedCsr, parseCsr } from './csr.ts'
import type { Der } from './der.ts'
import { type Extension, extensionLines } from './extensions.ts'
import { dsaSignatureLines, keyLines } from './key-lines.ts'
import { opensslName } from './name.ts'
import { longName } from './objects.ts'
import { hexLines, lowerHex, messageOf } from './octets.ts'
import { derOf } from './pem.ts'
import { bitOctets, type Integer, opensslTime, printable, readText, readTime, toNumber } from './values.ts'

/**
 * @param document with its PEM, as `readCertificates` and `readCsrBase64url` give it
 * @returns lines without their ends. Never throws; what cannot be read gives one line that says so.
 */
export function toText({ pem }: { readonly pem: string }): readonly string[] {
  try {
    const der = derOf(pem)
    return pem.startsWith('-----BEGIN CERTIFICATE REQUEST')
      ? csrText(parseCsr(der))
      : certificateText(parseCertificate(der))
  } catch (error) {
    return [`cannot be read: ${messageOf(error)}`]
  }
}

const indent = (by: number, lines: readonly string[]): readonly string[] => lines.map((line) => ' '.repeat(by) + line)

function certificateText(certificate: ParsedCertificate): readonly string[] {
  return [
    'Certificate:',
    '    Data:',
    ...indent(8, dataLines(certificate)),
    ...signatureLines(certificate.algorithm, certificate.signature),
  ]
}

function dataLines(certificate: ParsedCertificate): readonly string[] {
  const { version, serial, issuer, subject, notBefore, notAfter, innerAlgorithm, extensions } = certificate
  return [
    versionLine(version, 3),
    ...serialLines(serial),
    `Signature Algorithm: ${longName(innerAlgorithm.oid)}`,
    ...parameterLines(innerAlgorithm),
    `Issuer: ${opensslName(issuer)}`,
    'Validity',
    `    Not Before: ${timeOf(notBefore)}`,
    `    Not After : ${timeOf(notAfter)}`,
    `Subject: ${opensslName(subject)}`,
    ...publicKeyLines(certificate),
    ...uniqueIdLines('Issuer', certificate.issuerUniqueId),
    ...uniqueIdLines('Subject', certificate.subjectUniqueId),
    ...(extensions.length ? ['X509v3 extensions:', ...indent(4, extensionLines(extensions))] : []),
  ]
}

function csrText({
  version,
  subject,
  key,
  attributes,
  extensions,
  algorithm,
  signature,
}: ParsedCsr): readonly string[] {
  const data = [
    versionLine(version, 1),
    `Subject: ${opensslName(subject)}`,
    ...publicKeyLines({ key }),
    'Attributes:',
    ...indent(4, attributeLines(attributes, extensions)),
  ]
  return ['Certificate Request:', '    Data:', ...indent(8, data), ...signatureLines(algorithm, signature)]
}

function versionLine(version: Integer, last: number): string {
  const number = toNumber(version)
  const known = number !== null && number >= 0 && number < last
  return known
    ? `Version: ${number + 1} (0x${number.toString(16)})`
    : `Version: Unknown (${number ?? lowerHex(version.magnitude)})`
}

/** On the same line, as a number, while it fits into 63 bits. */
function serialLines({ negative, magnitude }: Integer): readonly string[] {
  const hex = lowerHex(magnitude)
  if (magnitude.length < 8 || (magnitude.length === 8 && (magnitude[0] ?? 0) < 0x80)) {
    const number = BigInt(`0x${hex.replaceAll(':', '') || '0'}`)
    const sign = negative ? '-' : ''
    return [`Serial Number: ${sign}${number} (${sign}0x${number.toString(16)})`]
  }
  return ['Serial Number:', `    ${negative ? ' (Negative)' : ''}${hex}`]
}

const timeOf = (element: Der): string => opensslTime(readTime(element) ?? new Date(Number.NaN))

const publicKeyLines = ({ key }: Pick<ParsedCertificate, 'key'>): readonly string[] => [
  'Subject Public Key Info:',
  `    Public Key Algorithm: ${longName(key.oid)}`,
  ...indent(8, keyLines(key)),
]

/** The first line of it stands beside its label. */
function uniqueIdLines(whose: string, id: Uint8Array | null): readonly string[] {
  const [first = '', ...rest] = id ? hexLines(lowerHex(bitOctets(id)), 18) : []
  return id ? [`${whose} Unique ID:             ${first}`, ...indent(4, rest)] : []
}

function signatureLines(algorithm: SignatureAlgorithm, signature: Uint8Array): readonly string[] {
  return [
    `    Signature Algorithm: ${longName(algorithm.oid)}`,
    '    Signature Value:',
    ...indent(8, parameterLines(algorithm)),
    ...indent(8, valueLines(algorithm, signature)),
  ]
}

const valueLines = ({ scheme }: SignatureAlgorithm, signature: Uint8Array): readonly string[] =>
  (scheme === 'DSA' ? dsaSignatureLines(signature) : null) ?? hexLines(lowerHex(signature), 18)

function attributeLines(attributes: readonly Attribute[], extensions: readonly Extension[]): readonly string[] {
  const requested = extensions.length ? ['Requested Extensions:', ...indent(4, extensionLines(extensions))] : []
  const lines = [...attributes.flatMap(attributeLine), ...requested]
  return lines.length ? lines : ['(none)']
}

function attributeLine({ oid, values }: Attribute): readonly string[] {
  const label = longName(oid).padEnd(25)
  return values.map((value) => `${label}:${printable(readText(value) ?? lowerHex(value.raw))}`)
}
