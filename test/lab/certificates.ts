/** The lab's own certification authority, so that every peer speaks real TLS under its real name. */
import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import forge from 'node-forge'
import { makeKeyPair } from './key-pairs.ts'

/** A certificate and its private key, both PEM. */
export interface KeyedCertificate {
  readonly certificate: string
  readonly key: string
}

/** Signs server certificates for the lab's peers. */
export interface LabAuthority {
  /** The root, PEM. */
  readonly certificate: string
  /** For names and addresses. */
  issue(hosts: readonly string[]): KeyedCertificate
}

/** Makes a fresh root, valid for a day; nothing is ever written to a trust store. */
export function createLabAuthority(): LabAuthority {
  const keys = rsaKeys()
  const subject = [{ name: 'commonName', value: 'acmescope lab root' }]
  const root = template(keys, subject)
  root.setIssuer(subject)
  root.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  root.sign(keys.privateKey, forge.md.sha256.create())
  return {
    certificate: forge.pki.certificateToPem(root),
    issue: (hosts) => issue(hosts, root, keys.privateKey),
  }
}

/** A certificate signed by a root that somebody else made, PEM, whatever that root may sign. */
export const issueBy = (root: KeyedCertificate, hosts: readonly string[]): KeyedCertificate =>
  issue(hosts, forge.pki.certificateFromPem(root.certificate), forge.pki.privateKeyFromPem(root.key))

interface Keys {
  readonly privateKey: forge.pki.rsa.PrivateKey
  readonly publicKey: forge.pki.rsa.PublicKey
  readonly pem: string
}

function issue(
  hosts: readonly string[],
  root: forge.pki.Certificate,
  rootKey: forge.pki.rsa.PrivateKey,
): KeyedCertificate {
  const keys = rsaKeys()
  const certificate = template(keys, [{ name: 'commonName', value: hosts[0] ?? 'lab' }])
  certificate.setIssuer(root.subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
    },
  ])
  certificate.sign(rootKey, forge.md.sha256.create())
  return { certificate: forge.pki.certificateToPem(certificate), key: keys.pem }
}

function template(keys: Keys, subject: forge.pki.CertificateField[]): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = keys.publicKey
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000)
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000)
  certificate.setSubject(subject)
  return certificate
}

/** Node makes the key (forge takes seconds for one), forge only holds it. */
function rsaKeys(): Keys {
  const { privateKey } = makeKeyPair('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const key = forge.pki.privateKeyFromPem(pem)
  return { pem, privateKey: key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) }
}
