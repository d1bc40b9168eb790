// Certificates for addresses. mockttp makes those for names; an address it writes where a name belongs, and clients refuse that.
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const VALID_MS = 30 * 86_400_000
/** Clients whose clock is a little behind must not find it "not yet valid". */
const BACKDATED_MS = 86_400_000
/** RFC 5280 section 4.2.1.6: `iPAddress` of GeneralName. */
const IP_ADDRESS = 7

export interface Pair {
  readonly keyPem: string
  readonly certificatePem: string
}

let ownKey: Promise<string> | null = null

/** A certificate of the authority for an IPv4 or IPv6 address. The key is one for this process, as mockttp's is. */
export async function leafFor(address: string, authority: Pair): Promise<Pair> {
  const { default: forge } = await import('node-forge')
  ownKey ??= makeKey()
  const keyPem = await ownKey
  const key = forge.pki.privateKeyFromPem(keyPem)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(Date.now() - BACKDATED_MS)
  certificate.validity.notAfter = new Date(Date.now() + VALID_MS)
  certificate.setSubject([{ name: 'commonName', value: address }])
  certificate.setIssuer(forge.pki.certificateFromPem(authority.certificatePem).subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [{ type: IP_ADDRESS, ip: address }] },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(authority.keyPem), forge.md.sha256.create())
  return { keyPem, certificatePem: forge.pki.certificateToPem(certificate) }
}

async function makeKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return privateKey
}
