/** Public keys in full: the lines OpenSSL prints for one, and its parts as a person reads them. */

import { readPss } from './algorithm.ts'
import { type Der, elementsIn, expect, onlyElement, sequenceIn, TAG } from './der.ts'
import { curveOf, DSA, dsaParameters, EC, NIST, orNull, type PublicKey, RSA, RSA_PSS, rsaNumbers } from './key.ts'
import { longName } from './objects.ts'
import { hexLines, lowerHex } from './octets.ts'
import { bitLength, bitOctets, type Integer, readInteger, toNumber } from './values.ts'

/** Lines below “Public Key Algorithm”, indented by what stands under what. */
export function keyLines(key: PublicKey): readonly string[] {
  const lines = orNull(() => LINES.get(key.oid)?.(key))
  return lines ?? ['Unable to load Public Key', ...under('pub:', octetLines(key.octets))]
}

const LINES: ReadonlyMap<string, (key: PublicKey) => readonly string[]> = new Map([
  [RSA, ({ octets }: PublicKey) => rsaLines(octets)],
  [RSA_PSS, ({ octets, parameters }: PublicKey) => [...rsaLines(octets), ...restrictionLines(parameters)]],
  [EC, ecLines],
  [DSA, dsaLines],
  ...['1.3.101.110', '1.3.101.111', '1.3.101.112', '1.3.101.113'].map(
    (oid) =>
      [oid, ({ octets }: PublicKey) => [`${longName(oid)} Public-Key:`, ...under('pub:', octetLines(octets))]] as const,
  ),
])

const octetLines = (octets: Uint8Array): readonly string[] => hexLines(lowerHex(octets), 15)

const under = (label: string, lines: readonly string[]): readonly string[] => [
  label,
  ...lines.map((line) => `    ${line}`),
]

/** A small number in decimal and hex on its label's line, a large one in octets below it. */
function numberLines(label: string, integer: Integer): readonly string[] {
  const small =
    integer.magnitude.length <= 8 ? BigInt(`0x${lowerHex(integer.magnitude).replaceAll(':', '') || '0'}`) : null
  const sign = integer.negative ? '-' : ''
  if (small !== null) return [`${label} ${sign}${small} (${sign}0x${small.toString(16)})`]
  const padded = (integer.magnitude[0] ?? 0) >= 0x80 ? Uint8Array.from([0, ...integer.magnitude]) : integer.magnitude
  return under(`${label}${integer.negative ? ' (Negative)' : ''}`, octetLines(padded))
}

function rsaLines(octets: Uint8Array): readonly string[] {
  const { modulus, exponent } = rsaNumbers(octets)
  return [
    `Public-Key: (${bitLength(modulus)} bit)`,
    ...numberLines('Modulus:', modulus),
    ...numberLines('Exponent:', exponent),
  ]
}

/** Of a key that says which signatures it may make (RFC 4055 §3.1). */
function restrictionLines(parameters: Der | undefined): readonly string[] {
  if (!parameters) return ['No PSS parameter restrictions']
  const { hash, mgfHash, saltLength, trailer, omitted } = readPss(parameters)
  const mark = (at: number) => (omitted[at] ? ' (default)' : '')
  const provided = (name: string) => name.replace(/^sha(\d{3})/, 'sha2-$1').toUpperCase()
  return [
    'PSS parameter restrictions:',
    `  Hash Algorithm: ${provided(hash)}${mark(0)}`,
    `  Mask Algorithm: MGF1 with ${provided(mgfHash)}${mark(1)}`,
    `  Minimum Salt Length: ${saltLength}${mark(2)}`,
    `  Trailer Field: 0x${trailer.toString(16)}${mark(3)}`,
  ]
}

function ecLines({ octets, parameters }: PublicKey): readonly string[] {
  const curve = curveOf(parameters)
  if (curve === null) return explicitLines(octets, parameters)
  const nist = NIST.get(curve)
  return [
    `Public-Key: (${curveBits(curve, octets)} bit)`,
    ...under('pub:', octetLines(octets)),
    `ASN1 OID: ${curve}`,
    ...(nist ? [`NIST CURVE: ${nist}`] : []),
  ]
}

/** The curve's name says it nearly always; else the point does, to the octet. */
function curveBits(curve: string, octets: Uint8Array): number {
  const named = /\d{3}/.exec(curve)
  const coordinate = octets[0] === 4 ? (octets.length - 1) / 2 : octets.length - 1
  return named ? Number(named[0]) : coordinate * 8
}

/** A curve given by its numbers (RFC 3279 §2.3.5), over a prime field. */
function explicitLines(octets: Uint8Array, parameters: Der | undefined): readonly string[] {
  const [, field, curve, base, order, cofactor] = elementsIn(expect(parameters, TAG.sequence).content)
  const prime = readInteger(expect(elementsIn(expect(field, TAG.sequence).content)[1], TAG.integer).content)
  const [a, b, seed] = elementsIn(expect(curve, TAG.sequence).content)
  const generator = expect(base, TAG.octetString).content
  const n = readInteger(expect(order, TAG.integer).content)
  const form = generator[0] === 4 ? 'uncompressed' : 'compressed'
  return [
    `Public-Key: (${bitLength(n)} bit)`,
    ...under('pub:', octetLines(octets)),
    'Field Type: prime-field',
    ...numberLines('Prime:', prime),
    ...numberLines('A:', readInteger(unsigned(expect(a, TAG.octetString).content))),
    ...numberLines('B:', readInteger(unsigned(expect(b, TAG.octetString).content))),
    ...under(`Generator (${form}):`, octetLines(generator)),
    ...numberLines('Order:', n),
    ...(cofactor ? numberLines('Cofactor:', readInteger(cofactor.content)) : []),
    ...(seed ? under('Seed:', octetLines(bitOctets(seed.content))) : []),
  ]
}

const unsigned = (octets: Uint8Array): Uint8Array => Uint8Array.from([0, ...octets])

/** The two numbers of a DSA signature (RFC 3279 §2.2.2), each on lines of its own; null when it is none. */
export const dsaSignatureLines = (signature: Uint8Array): readonly string[] | null =>
  orNull(() => {
    const [r, s] = sequenceIn(signature).map(({ content }) => readInteger(content))
    return r && s ? [...numberLines('r:', r), ...numberLines('s:', s)] : null
  })

function dsaLines({ octets, parameters }: PublicKey): readonly string[] {
  const [p, q, g] = dsaParameters(parameters)
  const pub = readInteger(expect(onlyElement(octets), TAG.integer).content)
  return [
    `Public-Key: (${bitLength(p)} bit)`,
    ...numberLines('pub:', pub),
    ...numberLines('P:', p),
    ...numberLines('Q:', q),
    ...numberLines('G:', g),
  ]
}

// ───────────────────────────── as a person reads them

export interface KeyPart {
  readonly label: string
  readonly value: string
}

/** What the key is made of, each value whole. */
export function keyParts(key: PublicKey): readonly KeyPart[] {
  const numbers = key.oid === RSA || key.oid === RSA_PSS ? orNull(() => rsaNumbers(key.octets)) : null
  if (!numbers) return [{ label: key.oid === EC ? 'Point' : 'Key', value: lowerHex(key.octets) }]
  return [
    { label: 'Modulus', value: lowerHex(numbers.modulus.magnitude) },
    { label: 'Exponent', value: String(toNumber(numbers.exponent) ?? lowerHex(numbers.exponent.magnitude)) },
  ]
}
