/** Extensions that say where to find more (RFC 5280 §4.2.1.13, §4.2.1.15, §4.2.2). */

import { context, type Der, elementsIn, onlyElement, sequenceIn, TAG } from '../der.ts'
import { type GeneralName, readGeneralName, readGeneralNames } from '../general-name.ts'
import { opensslName, readRelativeName } from '../name.ts'
import { REVOCATION_REASONS } from '../names.ts'
import { longName } from '../objects.ts'
import { hasBit } from '../values.ts'
import { type ExtensionEntry, oidOf } from './row.ts'

export const POINTER_EXTENSIONS: readonly ExtensionEntry[] = [
  ['2.5.29.31', { name: 'cRLDistributionPoints', words: pointWords, lines: pointLines }],
  ['2.5.29.46', { name: 'freshestCRL', words: pointWords, lines: pointLines }],
  ['1.3.6.1.5.5.7.1.1', { name: 'authorityInfoAccess', words: accessWords, lines: accessLines }],
  ['1.3.6.1.5.5.7.1.11', { name: 'subjectInfoAccess', lines: accessLines }],
]

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
