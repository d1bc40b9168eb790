// Our own certification authority: what clients must trust so that we can read what they say.
// Created once, kept beside the recordings, renewed before it ends; its key never leaves its folder.
import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { systemCode, Trouble } from './errors.ts'
import { makeFolder } from './make-folder.ts'
import { certificatesIn, systemRoots } from './system-roots.ts'

export interface Authority {
  /** Its common name, as a client shows it. */
  readonly name: string
  readonly certificatePem: string
  readonly certificateDer: Buffer
  /** The machine's roots and ours, PEM. */
  readonly bundlePem: string
  readonly keyPem: string
  readonly fingerprintSha256: string
  readonly notAfter: Date
  /** Absolute paths; `bundle` is the machine's roots and ours, what `SSL_CERT_FILE` wants. */
  readonly files: { readonly pem: string; readonly der: string; readonly bundle: string }
}

const DAY_MS = 86_400_000
/** Long enough before the end that a person can distribute the new certificate in time. */
const RENEW_BEFORE_MS = 30 * DAY_MS

/**
 * The authority kept in `<recordings>/authority/`: created when there is none, renewed (same key and name, so clients that
 * trust the old certificate go on working until it ends) in its last 30 days.
 * A half, damaged or mismatching pair is a Trouble and nothing is overwritten: somebody's clients trust it.
 */
export async function openAuthority(
  recordings: string,
  { hosts = [], now = new Date() }: AuthorityOptions = {},
): Promise<Authority> {
  const folder = join(resolve(recordings), folderName(hosts))
  const kept = (await load(folder)) ?? (await create(folder, hosts, now))
  const pair = isEnding(kept.certificate, now) ? await renew(folder, kept, hosts, now) : kept
  return publish(folder, pair, FOR_OWNER)
}

export interface AuthorityOptions {
  /** The only names (`*.` in front: those below) and addresses it can stand for; none: all. Each set has its own authority. */
  readonly hosts?: readonly string[]
  readonly now?: Date
}

/** Clients trust the authority of one set of hosts, and not that of another. */
function folderName(hosts: readonly string[]): string {
  if (hosts.length === 0) return 'authority'
  const set = [...new Set(hosts)].toSorted().join('\n')
  return `authority-${createHash('sha256').update(set).digest('hex').slice(0, 8)}`
}

/**
 * One whose key is in memory only. Its certificate lies, for everyone to read, in a temporary folder that `remove` deletes.
 */
export async function temporaryAuthority({
  hosts = [],
  now = new Date(),
}: AuthorityOptions = {}): Promise<Authority & { readonly remove: () => Promise<void> }> {
  const { createRoot } = await import('./authority-root.ts')
  const root = await createRoot(now, hosts)
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-authority-'))
  await chmod(folder, 0o755)
  await replace(pemFile(folder), root.certificatePem, FOR_ALL)
  const authority = await publish(folder, toPair(root), FOR_ALL)
  return { ...authority, remove: () => rm(folder, { recursive: true, force: true }) }
}

const FOR_OWNER = 0o600
const FOR_ALL = 0o644

interface Pair {
  readonly key: KeyObject
  readonly keyPem: string
  readonly certificate: X509Certificate
}

const keyFile = (folder: string) => join(folder, 'ca.key')
const pemFile = (folder: string) => join(folder, 'ca.pem')

const isEnding = (certificate: X509Certificate, now: Date): boolean =>
  Date.parse(certificate.validTo) - now.getTime() < RENEW_BEFORE_MS

/** Null when there is no authority yet; Trouble when there is only part of one. */
async function load(folder: string): Promise<Pair | null> {
  const [keyPem, pem] = await Promise.all([readIfThere(keyFile(folder)), readIfThere(pemFile(folder))])
  if (keyPem === null && pem === null) return null
  if (keyPem === null) throw new Trouble('authority-damaged', `${keyFile(folder)} is missing`)
  if (pem === null) throw new Trouble('authority-damaged', `${pemFile(folder)} is missing`)
  const key = understood(() => createPrivateKey(keyPem), `${keyFile(folder)} is not a private key`)
  const certificate = understood(() => new X509Certificate(pem), `${pemFile(folder)} is not a certificate`)
  if (!certificate.checkPrivateKey(key)) {
    throw new Trouble('authority-damaged', `ca.key and ca.pem in ${folder} do not belong together`)
  }
  if (!certificate.ca) throw new Trouble('authority-damaged', `${pemFile(folder)} is not a CA certificate`)
  await Promise.all([chmod(folder, 0o700), chmod(keyFile(folder), 0o600)])
  return { key, keyPem, certificate }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '')) return null
    throw new Trouble('authority-damaged', `${path} cannot be read`, { cause })
  }
}

function understood<T>(read: () => T, otherwise: string): T {
  try {
    return read()
  } catch (cause) {
    throw new Trouble('authority-damaged', otherwise, { cause })
  }
}

/** Written whole beside its place and moved there in one step: a crash leaves no half authority, a race has one winner. */
async function create(folder: string, hosts: readonly string[], now: Date): Promise<Pair> {
  const { createRoot } = await import('./authority-root.ts')
  const root = await createRoot(now, hosts)
  const fresh = await writableTemporary(folder)
  await writeFile(keyFile(fresh), root.keyPem, { mode: 0o600 })
  await writeFile(pemFile(fresh), root.certificatePem, { mode: 0o600 })
  try {
    await rename(fresh, folder)
  } catch (cause) {
    await rm(fresh, { recursive: true })
    const winner = await load(folder)
    if (winner === null) throw new Trouble('recordings-unwritable', folder, { cause })
    return winner
  }
  return toPair(root)
}

const toPair = ({ keyPem, certificatePem }: { readonly keyPem: string; readonly certificatePem: string }): Pair => ({
  key: createPrivateKey(keyPem),
  keyPem,
  certificate: new X509Certificate(certificatePem),
})

async function writableTemporary(folder: string): Promise<string> {
  const parent = resolve(folder, '..')
  await makeFolder(parent)
  try {
    return await mkdtemp(`${folder}-`) // mkdtemp makes it 0700
  } catch (cause) {
    throw new Trouble('recordings-unwritable', parent, { cause })
  }
}

async function renew(folder: string, kept: Pair, hosts: readonly string[], now: Date): Promise<Pair> {
  const { renewRoot } = await import('./authority-root.ts')
  const pem = renewRoot(kept.keyPem, kept.certificate.toString(), now, hosts)
  await replace(pemFile(folder), pem, FOR_OWNER)
  return { ...kept, certificate: new X509Certificate(pem) }
}

/** Writes what clients are given, when it differs from what lies there (the machine's roots change). */
async function publish(folder: string, { certificate, keyPem }: Pair, mode: number): Promise<Authority> {
  const files = { pem: pemFile(folder), der: join(folder, 'ca.der'), bundle: join(folder, 'bundle.pem') }
  const certificatePem = certificate.toString()
  await replace(files.der, certificate.raw, mode)
  const bundlePem = `${[...(await systemRoots()), ...certificatesIn(certificatePem)].join('\n')}\n`
  await replace(files.bundle, bundlePem, mode)
  return {
    name: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject,
    certificatePem,
    certificateDer: certificate.raw,
    bundlePem,
    keyPem,
    fingerprintSha256: certificate.fingerprint256,
    notAfter: new Date(certificate.validTo),
    files,
  }
}

async function replace(path: string, content: string | Buffer, mode: number): Promise<void> {
  const wanted = Buffer.from(content)
  const there = await readFile(path).catch(() => null)
  if (there?.equals(wanted)) return
  const beside = `${path}.${process.pid}`
  try {
    await writeFile(beside, wanted, { mode })
    await chmod(beside, mode) // Whatever the umask.
    await rename(beside, path)
  } catch (cause) {
    throw new Trouble('recordings-unwritable', path, { cause })
  }
}
