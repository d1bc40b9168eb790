/**
 * What each extension says: in one line of our own words, and in the lines OpenSSL prints for it. A new extension is one
 * row. Readers throw on nonsense; whoever calls them shows the octets then.
 */

import { context, type Der, elementsIn, expect, onlyElement, sequenceIn, TAG } from './der.ts'
import { type GeneralName, readGeneralName, readGeneralNames } from './general-name.ts'
import { longIp } from './ip.ts'
import { opensslName, readRelativeName } from './name.ts'
import { EXTENDED_KEY_USAGES, KEY_USAGES, NETSCAPE_TYPES, POLICIES, REVOCATION_REASONS, TLS_FEATURES } from './names.ts'
import { longName } from './objects.ts'
import { toHex } from './octets.ts'
import { readScts, sctLines } from './sct.ts'
import {
  hasBit,
  isTrue,
  opensslTime,
  printable,
  readInteger,
  readOid,
  readText,
  readTime,
  showInteger,
} from './values.ts'

export interface ExtensionRow {
  readonly name: string
  /** In one line; where it is left out, OpenSSL's lines say it. */
  readonly words?: (value: Uint8Array) => string
  /** Null where OpenSSL only dumps the octets. */
  readonly lines: ((value: Uint8Array) => readonly string[]) | null
}

export const EXTENSIONS: ReadonlyMap<string, ExtensionRow> = new Map<string, ExtensionRow>([
  ['2.5.29.14', { name: 'subjectKeyIdentifier', lines: (value) => [toHex(octets(onlyElement(value)))] }],
  [
    '2.5.29.15',
    { name: 'keyUsage', words: (value) => usages(value, 0) || 'none', lines: (value) => [usages(value, 1)] },
  ],
  ['2.5.29.16', { name: 'privateKeyUsagePeriod', lines: usagePeriod }],
  ['2.5.29.17', { name: 'subjectAltName', words: nameWords, lines: nameLines }],
  ['2.5.29.18', { name: 'issuerAltName', words: nameWords, lines: nameLines }],
  ['2.5.29.19', { name: 'basicConstraints', words: constraintWords, lines: constraintLines }],
  ['2.5.29.30', { name: 'nameConstraints', lines: subtreeLines }],
  ['2.5.29.31', { name: 'cRLDistributionPoints', words: pointWords, lines: pointLines }],
  ['2.5.29.32', { name: 'certificatePolicies', words: policyWords, lines: policyLines }],
  ['2.5.29.33', { name: 'policyMappings', lines: mappingLines }],
  ['2.5.29.35', { name: 'authorityKeyIdentifier', words: issuerKeyWords, lines: issuerKeyLines }],
  ['2.5.29.36', { name: 'policyConstraints', lines: policyConstraintLines }],
  [
    '2.5.29.37',
    { name: 'extKeyUsage', words: purposeWords, lines: (value) => [purposes(value).map(longName).join(', ')] },
  ],
  ['2.5.29.46', { name: 'freshestCRL', words: pointWords, lines: pointLines }],
  ['2.5.29.54', { name: 'inhibitAnyPolicy', lines: (value) => [showInteger(integer(onlyElement(value)))] }],
  // RFC 9608
  ['2.5.29.56', { name: 'noRevAvail', words: () => 'nobody publishes its revocation', lines: null }],
  ['1.3.6.1.5.5.7.1.1', { name: 'authorityInfoAccess', words: accessWords, lines: accessLines }],
  ['1.3.6.1.5.5.7.1.11', { name: 'subjectInfoAccess', lines: accessLines }],
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
])

// ───────────────────────────── building blocks

const octets = (element: Der | undefined): Uint8Array => expect(element, TAG.octetString).content
const integer = (element: Der | undefined): Uint8Array => expect(element, TAG.integer).content
const oidOf = (element: Der | undefined): string => readOid(expect(element, TAG.oid).content)
const namesIn = (value: Uint8Array): readonly GeneralName[] =>
  readGeneralNames(expect(onlyElement(value), TAG.sequence).content)

function text(value: Uint8Array): readonly string[] {
  const said = readText(onlyElement(value))
  if (said === null) throw new Error('no text')
  return [printable(said)]
}

/** The names of the bits that are set. */
function bits(value: Uint8Array, names: readonly string[]): string {
  const { content } = expect(onlyElement(value), TAG.bitString)
  return names.filter((_, bit) => hasBit(content, bit)).join(', ')
}

// ───────────────────────────── keys and their use

const usages = (value: Uint8Array, column: 0 | 1): string =>
  bits(
    value,
    KEY_USAGES.map((row) => row[column]),
  )

const purposes = (value: Uint8Array): readonly string[] => sequenceIn(value).map(oidOf)

function purposeWords(value: Uint8Array): string {
  return purposes(value)
    .map((oid) => EXTENDED_KEY_USAGES.get(oid) ?? longName(oid))
    .join(', ')
}

function usagePeriod(value: Uint8Array): readonly string[] {
  const labels = new Map([
    [context(0, false), 'Not Before'],
    [context(1, false), 'Not After'],
  ])
  const parts = sequenceIn(value).map(({ tag, content, raw }) => {
    const at = readTime({ tag: TAG.generalizedTime, content, raw })
    return `${labels.get(tag)}: ${opensslTime(at ?? new Date(Number.NaN))}`
  })
  return [parts.join(', ')]
}

interface IssuerKey {
  readonly keyId: string | null
  readonly names: readonly GeneralName[]
  readonly serial: string | null
}

function issuerKey(value: Uint8Array): IssuerKey {
  const fields = sequenceIn(value)
  const field = (tag: number) => fields.find((one) => one.tag === tag)?.content
  const [keyId, names, serial] = [field(context(0, false)), field(context(1)), field(context(2, false))]
  return {
    keyId: keyId ? toHex(keyId) : null,
    names: names ? readGeneralNames(names) : [],
    serial: serial ? toHex(readInteger(serial).magnitude) : null,
  }
}

function issuerKeyWords(value: Uint8Array): string {
  const { keyId, names, serial } = issuerKey(value)
  const parts = [keyId, ...names.map((name) => name.value), serial === null ? null : `serial ${serial}`]
  return parts.filter((part) => part !== null).join(', ') || 'names no key'
}

/** OpenSSL names the parts only where there is more than one. */
function issuerKeyLines(value: Uint8Array): readonly string[] {
  const { keyId, names, serial } = issuerKey(value)
  if (keyId !== null && !names.length && serial === null) return [keyId]
  return [
    ...(keyId === null ? [] : [`keyid:${keyId}`]),
    ...names.map(({ listed }) => listed),
    ...(serial === null ? [] : [`serial:${serial}`]),
  ]
}

// ───────────────────────────── names and constraints

const LABELS: Readonly<Partial<Record<GeneralName['kind'], string>>> = { dns: 'DNS', ip: 'IP', uri: 'URI' }

function nameWords(value: Uint8Array): string {
  return namesIn(value)
    .map((name) => `${LABELS[name.kind] ?? name.kind}:${name.value}`)
    .join(', ')
}

function nameLines(value: Uint8Array): readonly string[] {
  return [
    namesIn(value)
      .map(({ listed }) => listed)
      .join(', ') || '<EMPTY>',
  ]
}

function basicConstraints(value: Uint8Array): { readonly ca: boolean; readonly pathLength: string | null } {
  const fields = sequenceIn(value)
  const flag = fields.find(({ tag }) => tag === TAG.boolean)
  const length = fields.find(({ tag }) => tag === TAG.integer)
  return { ca: flag !== undefined && isTrue(flag), pathLength: length ? showInteger(length.content) : null }
}

function constraintWords(value: Uint8Array): string {
  const { ca, pathLength } = basicConstraints(value)
  return [ca ? 'CA' : 'not a CA', pathLength === null ? '' : `path length ${pathLength}`].filter(Boolean).join(', ')
}

function constraintLines(value: Uint8Array): readonly string[] {
  const { ca, pathLength } = basicConstraints(value)
  return [`CA:${ca ? 'TRUE' : 'FALSE'}${pathLength === null ? '' : `, pathlen:${pathLength}`}`]
}

function subtreeLines(value: Uint8Array): readonly string[] {
  const titles = new Map([
    [context(0), 'Permitted:'],
    [context(1), 'Excluded:'],
  ])
  return sequenceIn(value).flatMap(({ tag, content }) => [
    titles.get(tag) ?? `[${tag & 0x1f}]:`,
    ...elementsIn(content).map((subtree) => `  ${subtreeLine(elementsIn(subtree.content)[0])}`),
  ])
}

/** An address stands here with its mask. */
function subtreeLine(base: Der | undefined): string {
  if (!base) throw new Error('a subtree without a base')
  if (base.tag !== context(7, false)) return readGeneralName(base).line
  const half = base.content.length / 2
  return `IP:${longIp(base.content.subarray(0, half)) ?? '<invalid>'}/${longIp(base.content.subarray(half)) ?? '<invalid>'}`
}

// ───────────────────────────── policies

interface Policy {
  readonly oid: string
  readonly qualifiers: readonly Der[]
}

const policies = (value: Uint8Array): readonly Policy[] =>
  sequenceIn(value).map((policy) => {
    const [oid, qualifiers] = elementsIn(policy.content)
    return { oid: oidOf(oid), qualifiers: qualifiers ? elementsIn(qualifiers.content) : [] }
  })

function policyWords(value: Uint8Array): string {
  const word = ({ oid }: Policy) => (POLICIES.has(oid) ? `${POLICIES.get(oid)} (${oid})` : oid)
  return policies(value).map(word).join(', ')
}

function policyLines(value: Uint8Array): readonly string[] {
  return policies(value).flatMap(({ oid, qualifiers }) => [
    `Policy: ${longName(oid)}`,
    ...qualifiers.flatMap(qualifierLines).map((line) => `  ${line}`),
  ])
}

function qualifierLines(qualifier: Der): readonly string[] {
  const [type, value] = elementsIn(qualifier.content)
  const oid = oidOf(type)
  if (oid === '1.3.6.1.5.5.7.2.1') return [`CPS: ${value ? printable(readText(value) ?? '') : ''}`]
  if (oid === '1.3.6.1.5.5.7.2.2') return ['User Notice:', ...noticeLines(value).map((line) => `  ${line}`)]
  return [`  Unknown Qualifier: ${longName(oid)}`]
}

/** RFC 5280 §4.2.1.4: a reference to a text, the text itself, or both. */
function noticeLines(notice: Der | undefined): readonly string[] {
  return elementsIn(expect(notice, TAG.sequence).content).flatMap((part) => {
    if (part.tag !== TAG.sequence) return [`Explicit Text: ${printable(readText(part) ?? '')}`]
    const [organization, numbers] = elementsIn(part.content)
    const listed = elementsIn(expect(numbers, TAG.sequence).content).map(({ content }) => showInteger(content))
    return [
      `Organization: ${organization ? printable(readText(organization) ?? '') : ''}`,
      `Number${listed.length > 1 ? 's' : ''}: ${listed.join(', ')}`,
    ]
  })
}

function mappingLines(value: Uint8Array): readonly string[] {
  const mappings = sequenceIn(value).map((mapping) => elementsIn(mapping.content).map((one) => longName(oidOf(one))))
  return [mappings.map((pair) => pair.join(':')).join(', ')]
}

function policyConstraintLines(value: Uint8Array): readonly string[] {
  const labels = new Map([
    [context(0, false), 'Require Explicit Policy'],
    [context(1, false), 'Inhibit Policy Mapping'],
  ])
  return [
    sequenceIn(value)
      .map(({ tag, content }) => `${labels.get(tag)}:${showInteger(content)}`)
      .join(', '),
  ]
}

// ───────────────────────────── where to find more

interface Access {
  readonly method: string
  readonly location: GeneralName
}

const accesses = (value: Uint8Array): readonly Access[] =>
  sequenceIn(value).map((description) => {
    const [method, location] = elementsIn(description.content)
    if (!location) throw new Error('a way without a place')
    return { method: oidOf(method), location: readGeneralName(location) }
  })

const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
const OCSP = '1.3.6.1.5.5.7.48.1'

function accessWords(value: Uint8Array): string {
  const of = (method: string) => accesses(value).filter((access) => access.method === method)
  const others = accesses(value).filter(({ method }) => method !== CA_ISSUERS && method !== OCSP)
  return [
    ...of(CA_ISSUERS).map(({ location }) => `issuer's certificate ${location.value}`),
    ...of(OCSP).map(({ location }) => `OCSP ${location.value}`),
    ...others.map(({ method, location }) => `${longName(method)} ${location.value}`),
  ].join(', ')
}

function accessLines(value: Uint8Array): readonly string[] {
  return accesses(value).map(({ method, location }) => `${longName(method)} - ${location.listed}`)
}

interface Point {
  readonly fullName: readonly GeneralName[]
  readonly relativeName: string | null
  readonly reasons: Uint8Array | null
  readonly issuer: readonly GeneralName[]
}

const points = (value: Uint8Array): readonly Point[] => sequenceIn(value).map(readPoint)

function readPoint({ content }: Der): Point {
  const fields = elementsIn(content)
  const field = (tag: number) => fields.find((one) => one.tag === tag)?.content
  const choice = field(context(0))
  const name = choice ? onlyElement(choice) : undefined
  const relative = name?.tag === context(1) ? name.content : null
  const issuer = field(context(2))
  return {
    fullName: name?.tag === context(0) ? readGeneralNames(name.content) : [],
    relativeName: relative && opensslName([readRelativeName({ tag: TAG.set, raw: relative, content: relative })]),
    reasons: field(context(1, false)) ?? null,
    issuer: issuer ? readGeneralNames(issuer) : [],
  }
}

function pointWords(value: Uint8Array): string {
  const word = ({ fullName, relativeName }: Point) => [
    ...fullName.map((name) => (name.kind === 'uri' ? name.value : `${name.kind} ${name.value}`)),
    ...(relativeName === null ? [] : [relativeName]),
  ]
  return points(value).flatMap(word).join(', ')
}

const indented = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length ? [title, ...lines.map((line) => `  ${line}`)] : []

function pointLines(value: Uint8Array): readonly string[] {
  const reasonsOf = (flags: Uint8Array) => REVOCATION_REASONS.filter((_, bit) => hasBit(flags, bit)).join(', ')
  return points(value).flatMap(({ fullName, relativeName, reasons, issuer }) => [
    ...indented(
      'Full Name:',
      fullName.map(({ line }) => line),
    ),
    ...indented('Relative Name:', relativeName === null ? [] : [relativeName]),
    ...indented('Reasons:', reasons ? [reasonsOf(reasons) || '<EMPTY>'] : []),
    ...indented(
      'CRL Issuer:',
      issuer.map(({ line }) => line),
    ),
  ])
}

// ───────────────────────────── TLS, ACME, transparency

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
