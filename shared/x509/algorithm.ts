/** Signature algorithms (AlgorithmIdentifier, RFC 5280 §4.1.1.2) under the names a person calls them, with their parameters. */

import { context, type Der, elementsIn, expect, onlyElement, TAG } from './der.ts'
import { longName } from './objects.ts'
import { readInteger, readOid, toNumber } from './values.ts'

export type Hash = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** What a signature is of, as far as it can be told. */
export interface SignatureAlgorithm {
  readonly oid: string
  readonly scheme: 'RSA' | 'RSA-PSS' | 'ECDSA' | 'DSA' | 'Ed25519' | 'Ed448' | null
  readonly hash: Hash | null
  readonly pss: PssParameters | null
}

/** RFC 4055 §3.1; `null` where the octets name a digest that we do not know. */
export interface PssParameters {
  readonly hash: string
  readonly mgfHash: string
  readonly saltLength: number
  readonly trailer: number
  /** Which of the four were left out, and so have their default. */
  readonly omitted: readonly boolean[]
}

const SCHEMES: ReadonlyMap<string, Pick<SignatureAlgorithm, 'scheme' | 'hash'>> = new Map<
  string,
  Pick<SignatureAlgorithm, 'scheme' | 'hash'>
>([
  ['1.2.840.113549.1.1.4', { scheme: 'RSA', hash: 'MD5' }],
  ['1.2.840.113549.1.1.5', { scheme: 'RSA', hash: 'SHA-1' }],
  ['1.3.14.3.2.29', { scheme: 'RSA', hash: 'SHA-1' }],
  ['1.2.840.113549.1.1.14', { scheme: 'RSA', hash: 'SHA-224' }],
  ['1.2.840.113549.1.1.11', { scheme: 'RSA', hash: 'SHA-256' }],
  ['1.2.840.113549.1.1.12', { scheme: 'RSA', hash: 'SHA-384' }],
  ['1.2.840.113549.1.1.13', { scheme: 'RSA', hash: 'SHA-512' }],
  ['1.2.840.113549.1.1.10', { scheme: 'RSA-PSS', hash: null }],
  ['1.2.840.10045.4.1', { scheme: 'ECDSA', hash: 'SHA-1' }],
  ['1.2.840.10045.4.3.1', { scheme: 'ECDSA', hash: 'SHA-224' }],
  ['1.2.840.10045.4.3.2', { scheme: 'ECDSA', hash: 'SHA-256' }],
  ['1.2.840.10045.4.3.3', { scheme: 'ECDSA', hash: 'SHA-384' }],
  ['1.2.840.10045.4.3.4', { scheme: 'ECDSA', hash: 'SHA-512' }],
  ['1.2.840.10040.4.3', { scheme: 'DSA', hash: 'SHA-1' }],
  ['2.16.840.1.101.3.4.3.1', { scheme: 'DSA', hash: 'SHA-224' }],
  ['2.16.840.1.101.3.4.3.2', { scheme: 'DSA', hash: 'SHA-256' }],
  ['1.3.101.112', { scheme: 'Ed25519', hash: null }],
  ['1.3.101.113', { scheme: 'Ed448', hash: null }],
])

const HASHES: ReadonlyMap<string, Hash> = new Map<string, Hash>([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
  ['sha224', 'SHA-224'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
])

/** @throws Error in words when it is no AlgorithmIdentifier; parameters that cannot be read are left out */
export function readAlgorithm(element: Der): SignatureAlgorithm {
  const [type, parameters] = elementsIn(expect(element, TAG.sequence).content)
  const oid = readOid(expect(type, TAG.oid).content)
  const known = SCHEMES.get(oid) ?? { scheme: null, hash: null }
  if (known.scheme !== 'RSA-PSS') return { oid, ...known, pss: null }
  const pss = parameters ? pssOrNull(parameters) : null
  return { oid, ...known, hash: HASHES.get(pss?.hash ?? '') ?? null, pss }
}

function pssOrNull(parameters: Der): PssParameters | null {
  try {
    return readPss(parameters)
  } catch {
    return null
  }
}

/** @throws Error in words */
export function readPss(parameters: Der): PssParameters {
  const fields = elementsIn(expect(parameters, TAG.sequence).content)
  const field = (number: number) => {
    const wrapper = fields.find(({ tag }) => tag === context(number))
    return wrapper && onlyElement(wrapper.content)
  }
  const all = [field(0), field(1), field(2), field(3)]
  const [hash, mgf, salt, trailer] = all
  const mgfParameters = mgf && elementsIn(mgf.content)[1]
  return {
    hash: hash ? algorithmName(hash) : 'sha1',
    mgfHash: mgfParameters ? algorithmName(mgfParameters) : 'sha1',
    saltLength: number(salt, 20),
    trailer: number(trailer, 1),
    omitted: all.map((one) => one === undefined),
  }
}

const number = (element: Der | undefined, otherwise: number): number =>
  element ? (toNumber(readInteger(expect(element, TAG.integer).content)) ?? Number.NaN) : otherwise

/** `sha256`; an unknown one by its object identifier. */
const algorithmName = (element: Der): string =>
  longName(readOid(expect(elementsIn(element.content)[0], TAG.oid).content))

/** `ECDSA with SHA-256`, `RSA with SHA-256`, `Ed25519`; an unknown one by its object identifier. */
export function signatureName({ oid, scheme, hash, pss }: SignatureAlgorithm): string {
  const digest = hash ?? pss?.hash
  return [scheme ?? longName(oid), digest].filter(Boolean).join(' with ')
}

/** The lines OpenSSL adds for the parameters of RSASSA-PSS; none for other algorithms. */
export function parameterLines({ scheme, pss }: SignatureAlgorithm): readonly string[] {
  if (scheme !== 'RSA-PSS') return []
  if (!pss) return ['(INVALID PSS PARAMETERS)']
  const marks = pss.omitted.map((omitted) => (omitted ? ' (default)' : ''))
  return [
    `Hash Algorithm: ${pss.hash}${marks[0]}`,
    `Mask Algorithm: mgf1 with ${pss.mgfHash}${marks[1]}`,
    ` Salt Length: 0x${hexOctets(pss.saltLength)}${marks[2]}`,
    `Trailer Field: 0x${hexOctets(pss.trailer)}${marks[3]}`,
  ]
}

function hexOctets(value: number): string {
  const hex = value.toString(16).toUpperCase()
  return hex.length % 2 ? `0${hex}` : hex
}
