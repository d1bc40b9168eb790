// Makes the authority's certificates with node-forge. Apart from authority.ts so that forge is loaded only when one is made.
import { createHash, createPublicKey, generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import forge from 'node-forge'
import { nameConstraints } from './name-constraints.ts'

const YEARS = 10
/** Clients whose clock is a little behind must not find us "not yet valid". */
const BACKDATED_MS = 86_400_000

export interface Root {
  readonly keyPem: string
  readonly certificatePem: string
}

/**
 * A new RSA-2048 root, valid for ten years. Its name carries part of its key's hash, so two authorities never share one.
 * @param hosts names and addresses that it may stand for; none: all
 */
export async function createRoot(now: Date, hosts: readonly string[] = []): Promise<Root> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const subject = [
    { name: 'commonName', value: `acmescope interception authority ${shortHash(privateKey)}` },
    { name: 'organizationName', value: 'acmescope' },
  ]
  return { keyPem: privateKey, certificatePem: selfSigned(privateKey, subject, now, hosts) }
}

/** The same key and name, for the same hosts, under a new validity. */
export const renewRoot = (keyPem: string, certificatePem: string, now: Date, hosts: readonly string[] = []): string =>
  selfSigned(keyPem, forge.pki.certificateFromPem(certificatePem).subject.attributes, now, hosts)

function shortHash(keyPem: string): string {
  const spki = createPublicKey(keyPem).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex').slice(0, 8)
}

function selfSigned(
  keyPem: string,
  subject: forge.pki.CertificateField[],
  now: Date,
  hosts: readonly string[],
): string {
  const key = forge.pki.privateKeyFromPem(keyPem)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(now.getTime() - BACKDATED_MS)
  certificate.validity.notAfter = new Date(new Date(now).setUTCFullYear(now.getUTCFullYear() + YEARS))
  certificate.setSubject(subject)
  certificate.setIssuer(subject)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'subjectKeyIdentifier' },
    ...(hosts.length > 0 ? [nameConstraints(hosts)] : []),
  ])
  certificate.sign(key, forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate).replaceAll('\r', '')
}

/** PKCS#12 with the certificate alone (no key): what some trust stores import. */
export function toPkcs12(certificatePem: string, name: string, password: string): Buffer {
  const certificate = forge.pki.certificateFromPem(certificatePem)
  const asn1 = forge.pkcs12.toPkcs12Asn1(null, certificate, password, { friendlyName: name, algorithm: '3des' })
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary')
}
