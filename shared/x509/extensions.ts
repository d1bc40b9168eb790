/** X.509 extensions → one readable line each. What is unknown or broken is shown as the octets it is. */
import {
  AuthorityInfoAccessExtension,
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CertificatePolicyExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  type GeneralName,
  IssuerAlternativeNameExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
} from '@peculiar/x509'
import { type DerElement, readElements } from './der.ts'
import type { ExtensionFacts } from './model.ts'
import { EXTENDED_KEY_USAGES, KEY_USAGES, NAME_TYPES, POLICIES } from './names.ts'
import { readSctLogs } from './sct.ts'
import { colonHex, toHex } from './text.ts'

type Der = Uint8Array<ArrayBuffer>

interface ExtensionRow {
  readonly name: string
  /** @param raw the whole extension. @param value what its extnValue holds. May throw on nonsense. */
  readonly describe: (raw: Der, value: Der) => string
}

const hex = (_raw: Der, value: Der): string => toHex(value)

const EXTENSIONS: Readonly<Record<string, ExtensionRow>> = {
  '2.5.29.14': {
    name: 'subjectKeyIdentifier',
    describe: (raw) => colonHex(new SubjectKeyIdentifierExtension(raw).keyId),
  },
  '2.5.29.15': { name: 'keyUsage', describe: (raw) => describeKeyUsage(new KeyUsagesExtension(raw).usages) },
  '2.5.29.17': {
    name: 'subjectAltName',
    describe: (raw) => list(new SubjectAlternativeNameExtension(raw).names.items),
  },
  '2.5.29.18': { name: 'issuerAltName', describe: (raw) => list(new IssuerAlternativeNameExtension(raw).names.items) },
  '2.5.29.19': { name: 'basicConstraints', describe: (raw) => describeConstraints(new BasicConstraintsExtension(raw)) },
  '2.5.29.30': { name: 'nameConstraints', describe: hex },
  '2.5.29.31': {
    name: 'cRLDistributionPoints',
    describe: (raw) => describeCrl(new CRLDistributionPointsExtension(raw)),
  },
  '2.5.29.32': {
    name: 'certificatePolicies',
    describe: (raw) => describePolicies(new CertificatePolicyExtension(raw)),
  },
  '2.5.29.35': {
    name: 'authorityKeyIdentifier',
    describe: (raw) => describeAki(new AuthorityKeyIdentifierExtension(raw)),
  },
  '2.5.29.37': { name: 'extKeyUsage', describe: (raw) => describeEku(new ExtendedKeyUsageExtension(raw)) },
  '1.3.6.1.5.5.7.1.1': {
    name: 'authorityInfoAccess',
    describe: (raw) => describeAia(new AuthorityInfoAccessExtension(raw)),
  },
  '1.3.6.1.5.5.7.1.24': { name: 'tlsFeature', describe: (_raw, value) => describeTlsFeature(value) },
  '1.3.6.1.5.5.7.1.31': { name: 'acmeIdentifier', describe: (_raw, value) => describeAcmeIdentifier(value) },
  '1.3.6.1.4.1.11129.2.4.2': { name: 'signedCertificateTimestamps', describe: (_raw, value) => describeScts(value) },
  '1.3.6.1.4.1.11129.2.4.3': { name: 'precertificatePoison', describe: () => 'precertificate, not for use' },
}

/** Reads the content of an `Extensions` sequence (RFC 5280 §4.1.2.9). Never throws; null or cut input gives none. */
export const readExtensions = (sequence: DerElement | undefined): readonly ExtensionFacts[] =>
  (sequence && readElements(sequence.content))?.map(({ raw }) => readExtension(raw)) ?? []

function readExtension(raw: Der): ExtensionFacts {
  try {
    const { type, critical, value } = new Extension(raw)
    const row = EXTENSIONS[type] ?? { name: type, describe: hex }
    return { oid: type, name: row.name, critical, value: readValue(row, raw, new Uint8Array(value)) }
  } catch {
    return { oid: '', name: 'unreadable', critical: false, value: toHex(raw) }
  }
}

function readValue(row: ExtensionRow, raw: Der, value: Der): string {
  try {
    return row.describe(raw, value)
  } catch {
    return `cannot be read: ${toHex(value)}`
  }
}

/** DNS names and IP addresses of a subjectAltName, in the order they were written. */
export function readAlternativeNames(sequence: DerElement | undefined): readonly string[] {
  const names = readOne(sequence, '2.5.29.17', (raw) => new SubjectAlternativeNameExtension(raw).names.items)
  return names?.filter(({ type }) => type === 'dns' || type === 'ip').map(({ value }) => value) ?? []
}

/** Whether basicConstraints says that this is a CA's certificate. */
export const isAuthority = (sequence: DerElement | undefined): boolean =>
  readOne(sequence, '2.5.29.19', (raw) => new BasicConstraintsExtension(raw).ca) ?? false

/** The keyIdentifier of authorityKeyIdentifier (RFC 5280 §4.2.1.1), which an ARI certificate id begins with. */
export function readAuthorityKeyId(sequence: DerElement | undefined): string | null {
  const keyId = readOne(sequence, '2.5.29.35', (raw) => new AuthorityKeyIdentifierExtension(raw).keyId)
  return keyId ? colonHex(keyId) : null
}

/** Null when the extension is not there or cannot be read; its line among the extensions says which. */
function readOne<T>(sequence: DerElement | undefined, oid: string, read: (raw: Der) => T): T | null {
  for (const { raw } of (sequence && readElements(sequence.content)) ?? []) {
    try {
      if (new Extension(raw).type === oid) return read(raw)
    } catch {
      // Not this one, then.
    }
  }
  return null
}

const describeName = ({ type, value }: GeneralName): string => `${NAME_TYPES[type] ?? type}:${value}`
const list = (names: readonly GeneralName[]): string => names.map(describeName).join(', ')

const describeKeyUsage = (flags: number): string =>
  KEY_USAGES.filter((_, bit) => (flags & (1 << bit)) !== 0).join(', ') || 'none'

const describeConstraints = ({ ca, pathLength }: BasicConstraintsExtension): string =>
  ca ? `CA${pathLength === undefined ? '' : `, path length ${pathLength}`}` : 'not a CA'

const describeEku = ({ usages }: ExtendedKeyUsageExtension): string =>
  usages.map((oid) => EXTENDED_KEY_USAGES[String(oid)] ?? String(oid)).join(', ')

const describePolicies = ({ policies }: CertificatePolicyExtension): string =>
  policies.map((oid) => (POLICIES[oid] ? `${POLICIES[oid]} (${oid})` : oid)).join(', ')

function describeAki({ keyId, certId }: AuthorityKeyIdentifierExtension): string {
  const serial = certId ? `serial ${colonHex(certId.serialNumber)}` : ''
  return [keyId ? colonHex(keyId) : '', serial].filter(Boolean).join(', ') || 'names no key'
}

const describeAia = ({ ocsp, caIssuers }: AuthorityInfoAccessExtension): string =>
  [...caIssuers.map(({ value }) => `issuer's certificate ${value}`), ...ocsp.map(({ value }) => `OCSP ${value}`)].join(
    ', ',
  )

const describeCrl = ({ distributionPoints }: CRLDistributionPointsExtension): string =>
  distributionPoints
    .flatMap((point) => point.distributionPoint?.fullName ?? [])
    .map((name) => name.uniformResourceIdentifier ?? 'a name that is no URL')
    .join(', ')

/** RFC 7633; feature 5 is status_request. */
function describeTlsFeature(value: Der): string {
  const features = readElements(readElements(value)?.[0]?.content ?? new Uint8Array())?.map(({ content }) =>
    content.at(-1),
  )
  return (
    features?.map((feature) => (feature === 5 ? 'OCSP must staple (5)' : `feature ${feature}`)).join(', ') ??
    toHex(value)
  )
}

/** RFC 8737 §3: SHA-256 of the key authorization. */
const describeAcmeIdentifier = (value: Der): string =>
  `SHA-256 of the key authorization ${toHex(readElements(value)?.[0]?.content ?? value)}`

function describeScts(value: Der): string {
  const logs = readSctLogs(value)
  if (!logs) return toHex(value)
  const count = `${logs.length} ${logs.length === 1 ? 'timestamp' : 'timestamps'}`
  return [count, ...logs.map(({ logId, at }) => `log ${logId} at ${at}`)].join(', ')
}
