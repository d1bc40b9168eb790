/** Keys, signing requests and certificates of synthetic recordings: all real, all EC P-256, because that is cheap. */
import { createHash, KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { type AccountSigner, createSigner, type PublicJwk } from '../lab/account-signer.ts'
import { makeDerPair } from '../lab/key-pairs.ts'

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 86_400_000

export type Keys = Awaited<ReturnType<typeof makeKeys>>

export async function makeKeys() {
  const { publicKey, privateKey } = makeDerPair('ec', { namedCurve: EC.namedCurve })
  const [verifying, signing] = await Promise.all([
    webcrypto.subtle.importKey('spki', publicKey, EC, true, ['verify']),
    webcrypto.subtle.importKey('pkcs8', privateKey, EC, true, ['sign']),
  ])
  return { publicKey: verifying, privateKey: signing }
}

/** The same keys as somebody who signs requests with them: an account, or who revokes with the certificate's key. */
export const signerOf = ({ publicKey, privateKey }: Keys): AccountSigner =>
  createSigner('ES256', { publicKey: KeyObject.from(publicKey), privateKey: KeyObject.from(privateKey) })

/** RFC 7638 §3.2: the required members in the order of their names. Not the code under test. */
export function thumbprintOf({ kty, crv, x, y, n, e }: PublicJwk): string {
  const members = kty === 'RSA' ? { e, kty, n } : kty === 'OKP' ? { crv, kty, x } : { crv, kty, x, y }
  return sha256(JSON.stringify(members))
}

/** base64url. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

export interface Issuer {
  readonly certificate: x509.X509Certificate
  readonly keys: Keys
}

export async function makeRoot(name: string, from: number): Promise<Issuer> {
  const keys = await makeKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: EC,
    ...validity(from, 3650),
    extensions: await extensionsOfCa(keys),
  })
  return { certificate, keys }
}

/** `keys` may be those of an intermediate that another root certifies: that is what alternate chains are made of. */
export async function makeIntermediate(name: string, by: Issuer, keys: Keys, from: number): Promise<Issuer> {
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: by.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm: EC,
    ...validity(from, 1825),
    extensions: await extensionsOfCa(keys),
  })
  return { certificate, keys }
}

const extensionsOfCa = async (keys: Keys): Promise<x509.Extension[]> => [
  new x509.BasicConstraintsExtension(true, undefined, true),
  await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
]

const validity = (from: number, days: number) => ({
  notBefore: new Date(from - 3_600_000),
  notAfter: new Date(from - 3_600_000 + days * DAY),
})

const isIp = (name: string): boolean => name.includes(':') || /^[\d.]+$/.test(name)
const alternativeNames = (names: readonly string[]): x509.SubjectAlternativeNameExtension =>
  new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIp(value) ? ('ip' as const) : ('dns' as const), value })),
  )

/** base64url of DER, as `finalize` takes it. */
export async function makeCsr(names: readonly string[], keys: Keys, commonName?: string): Promise<string> {
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({
    keys,
    signingAlgorithm: EC,
    ...(commonName === undefined ? {} : { name: `CN=${commonName}` }),
    extensions: names.length ? [alternativeNames(names)] : [],
  })
  return Buffer.from(csr.rawData).toString('base64url')
}

export async function makeLeaf(
  names: readonly string[],
  publicKey: Keys['publicKey'],
  by: Issuer,
  from: number,
): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    subject: '',
    issuer: by.certificate.subject,
    publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm: EC,
    ...validity(from, 90),
    extensions: [
      alternativeNames(names),
      await x509.AuthorityKeyIdentifierExtension.create(by.keys.publicKey),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
    ],
  })
}

export const toPem = (chain: readonly x509.X509Certificate[]): string =>
  chain.map((one) => `${one.toString('pem')}\n`).join('')

/** RFC 9773 §4.1: key identifier of the issuer, a dot, serial number. */
export function certificateId(leaf: x509.X509Certificate): string {
  const authority = leaf.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId ?? ''
  // The DER value of a positive INTEGER whose first bit is set begins with a zero.
  const serial = /^[89a-f]/i.test(leaf.serialNumber) ? `00${leaf.serialNumber}` : leaf.serialNumber
  return [authority, serial].map((hex) => Buffer.from(hex, 'hex').toString('base64url')).join('.')
}
