import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAuthority, temporaryAuthority } from './authority.ts'
import { certificatesIn } from './system-roots.ts'

let recordings = ''
beforeEach(async () => {
  recordings = await mkdtemp(join(tmpdir(), 'acmescope-authority-'))
})
afterEach(() => rm(recordings, { recursive: true }))

const key = () => join(recordings, 'authority', 'ca.key')
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

test('it is made once, as a root for ten years, and kept', async () => {
  const authority = await openAuthority(recordings, { now: new Date('2026-03-01T00:00:00Z') })
  const certificate = new X509Certificate(await readFile(authority.files.pem))
  expect(certificate.ca).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.subject).toContain(authority.name)
  expect(authority.name).toMatch(/^acmescope interception authority [0-9a-f]{8}$/)
  expect(authority.notAfter.getUTCFullYear()).toBe(2036)
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
  const again = await openAuthority(recordings, { now: new Date('2026-03-02T00:00:00Z') })
  expect(again).toEqual(authority)
})

test('two starts at once end with one authority', async () => {
  const [one, other] = await Promise.all([openAuthority(recordings), openAuthority(recordings)])
  expect(one.certificatePem).toBe(other.certificatePem)
  expect(await readdir(recordings)).toEqual(['authority'])
})

test('the key is for its owner alone, and loose permissions are tightened', async () => {
  const authority = await openAuthority(recordings)
  expect(await modeOf(key())).toBe(0o600)
  expect(await modeOf(join(recordings, 'authority'))).toBe(0o700)
  await chmod(key(), 0o644)
  expect((await openAuthority(recordings)).name).toBe(authority.name)
  expect(await modeOf(key())).toBe(0o600)
})

test('the bundle holds the roots of the machine and ours, the DER file the same certificate', async () => {
  const authority = await openAuthority(recordings)
  const all = certificatesIn(await readFile(authority.files.bundle, 'utf8'))
  expect(all.length).toBeGreaterThan(50)
  expect(all.at(-1)).toBe(authority.certificatePem.trim())
  expect(new X509Certificate(await readFile(authority.files.der)).fingerprint256).toBe(authority.fingerprintSha256)
})

test('near its end it is renewed with the same key and name', async () => {
  const old = await openAuthority(recordings, { now: new Date('2026-03-01T00:00:00Z') })
  const kept = await openAuthority(recordings, { now: new Date('2036-01-20T00:00:00Z') })
  expect(kept.certificatePem).toBe(old.certificatePem)
  const renewed = await openAuthority(recordings, { now: new Date('2036-02-10T00:00:00Z') })
  expect(renewed.notAfter.getUTCFullYear()).toBe(2046)
  expect([renewed.name, renewed.keyPem]).toEqual([old.name, old.keyPem])
  expect(renewed.fingerprintSha256).not.toBe(old.fingerprintSha256)
  expect(certificatesIn(await readFile(renewed.files.bundle, 'utf8')).at(-1)).toBe(renewed.certificatePem.trim())
})

test.each([
  ['a damaged key', () => writeFile(key(), 'not a key'), 'is not a private key'],
  ['a missing key', () => unlink(key()), 'ca.key is missing'],
  ['a missing certificate', () => unlink(join(recordings, 'authority', 'ca.pem')), 'ca.pem is missing'],
  ['a certificate of another key', swapCertificate, 'do not belong together'],
])('%s is said, and nothing is overwritten', async (_, damage, message) => {
  await openAuthority(recordings)
  await damage()
  const before = await contents()
  await expect(openAuthority(recordings)).rejects.toMatchObject({
    code: 'authority-damaged',
    exitCode: 4,
    message: expect.stringContaining(message),
  })
  expect(await contents()).toEqual(before)
})

async function swapCertificate(): Promise<void> {
  const other = await mkdtemp(join(tmpdir(), 'acmescope-authority-'))
  const { certificatePem } = await openAuthority(other)
  await rm(other, { recursive: true })
  await writeFile(join(recordings, 'authority', 'ca.pem'), certificatePem)
}

async function contents(): Promise<readonly (readonly [string, string])[]> {
  const folder = join(recordings, 'authority')
  const names = (await readdir(folder)).toSorted()
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'hex')] as const))
}

test('a folder that cannot be made is said', async () => {
  await writeFile(join(recordings, 'file'), '')
  await expect(openAuthority(join(recordings, 'file', 'below'))).rejects.toMatchObject({
    code: 'recordings-unwritable',
  })
})

describe('an authority for some hosts only', () => {
  /** As OpenSSL reads it. */
  const constraints = (pem: string): string => {
    const argv = ['x509', '-noout', '-ext', 'nameConstraints']
    return execFileSync('openssl', argv, { input: pem, encoding: 'utf8' }).replace(/\s+/g, ' ').trim()
  }

  test.each([
    [
      ['ca.test', '*.dns.test'],
      'X509v3 Name Constraints: critical Permitted: DNS:ca.test DNS:dns.test Excluded: IP:0.0.0.0/0.0.0.0 IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0',
    ],
    [['192.0.2.7'], 'X509v3 Name Constraints: critical Permitted: IP:192.0.2.7/255.255.255.255 Excluded: DNS:'],
    [
      ['ca.test', '::ffff:192.0.2.7'],
      'X509v3 Name Constraints: critical Permitted: DNS:ca.test IP:0:0:0:0:0:FFFF:C000:207/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
    ],
    [
      ['ca.test', '2001:db8::1'],
      'X509v3 Name Constraints: critical Permitted: DNS:ca.test IP:2001:DB8:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
    ],
  ])('%j', async (hosts, expected) => {
    expect(constraints((await openAuthority(recordings, { hosts })).certificatePem)).toBe(expected)
  })

  test('each set has one of its own, which is kept and renewed as it is', async () => {
    const hosts = ['ca.test', 'dns.test']
    const [all, some] = [await openAuthority(recordings), await openAuthority(recordings, { hosts })]
    expect((await openAuthority(recordings, { hosts: hosts.toReversed() })).certificatePem).toBe(some.certificatePem)
    const other = await openAuthority(recordings, { hosts: ['ca.test'] })
    expect(new Set([all, some, other].map(({ name }) => name)).size).toBe(3)
    expect(await modeOf(join(some.files.pem, '../ca.key'))).toBe(0o600)
    const late = new Date(some.notAfter.getTime() - 86_400_000)
    const renewed = await openAuthority(recordings, { hosts, now: late })
    expect(renewed.fingerprintSha256).not.toBe(some.fingerprintSha256)
    expect(constraints(renewed.certificatePem)).toBe(constraints(some.certificatePem))
  })
})

test('a temporary one has its key in memory only, and leaves nothing', async () => {
  const usual = process.umask(0o077)
  const { files, certificatePem, keyPem, remove } = await temporaryAuthority({ hosts: ['ca.test'] })
  process.umask(usual)
  const folder = join(files.pem, '..')
  expect((await readdir(folder)).toSorted()).toEqual(['bundle.pem', 'ca.der', 'ca.pem'])
  expect(await Promise.all([folder, files.pem, files.bundle].map(modeOf))).toEqual([0o755, 0o644, 0o644])
  expect(await readFile(files.pem, 'utf8')).toBe(certificatePem)
  expect(keyPem).toContain('PRIVATE KEY')
  await remove()
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})
