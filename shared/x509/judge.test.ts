import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { skipWithout } from '../../test/lab/peers.ts'
import {
  type Issuer,
  makeCsr,
  makeIntermediate,
  makeKeys,
  makeLeaf,
  makeRoot,
  signerOf,
  thumbprintOf,
  toPem,
} from '../../test/synthetic/materials.ts'
import { readCertificates } from './certificate.ts'
import { readCsr, readCsrBase64url } from './csr.ts'
import { judgeChain, judgeCsr } from './judge.ts'
import type { Csr } from './model.ts'
import { derOf } from './pem.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const NOW = Date.UTC(2026, 0, 2)

const linksOf = async (...chain: readonly (Issuer | Issuer['certificate'] | string)[]) => {
  const pems = chain.map((one) => (typeof one === 'string' ? one : toPem(['keys' in one ? one.certificate : one])))
  const { chain: read, errors } = readCertificates(pems.join(''))
  expect(errors).toEqual([])
  return (await judgeChain(read)).map(({ signedByNext }) => signedByNext)
}

const leafOf = async (by: Issuer) => makeLeaf(['a.example.test'], (await makeKeys()).publicKey, by, NOW)

describe('a chain', () => {
  let root: Issuer
  let intermediate: Issuer
  let leaf: Issuer['certificate']

  beforeAll(async () => {
    root = await makeRoot('Root', NOW)
    intermediate = await makeIntermediate('Intermediate', root, await makeKeys(), NOW)
    leaf = await leafOf(intermediate)
  })

  it('in order, every signature good', async () => {
    expect(await linksOf(leaf, intermediate, root)).toEqual([
      { status: 'valid', reason: 'ECDSA with SHA-256, checked with the key of CN=Intermediate' },
      { status: 'valid', reason: 'ECDSA with SHA-256, checked with the key of CN=Root' },
      null,
    ])
  })

  it('in the wrong order', async () => {
    expect(await linksOf(leaf, root, intermediate)).toEqual([
      { status: 'invalid', reason: 'it was issued by CN=Intermediate, and the next certificate is that of CN=Root' },
      { status: 'invalid', reason: 'it was issued by CN=Root, and the next certificate is that of CN=Intermediate' },
      null,
    ])
  })

  it("with an issuer of the right name and another key: told by the key's identifier", async () => {
    const impostor = await makeIntermediate('Intermediate', root, await makeKeys(), NOW)
    const [link] = await linksOf(leaf, impostor)
    expect(link).toMatchObject({ status: 'invalid', reason: expect.stringContaining("it names the issuer's key ") })
  })

  it('with an issuer of the right name, and nothing but the signature to tell them apart', async () => {
    const [one, other] = [await makeRoot('Twin', NOW), await makeRoot('Twin', NOW)]
    const [link] = await linksOf(await makeIntermediate('Below', one, await makeKeys(), NOW), other)
    expect(link).toEqual({ status: 'invalid', reason: 'the ECDSA with SHA-256 signature does not match' })
  })

  it('with a signature that was changed', async () => {
    const der = Buffer.from(leaf.rawData)
    der.writeUInt8(der.readUInt8(der.length - 3) ^ 1, der.length - 3)
    const changed = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
    const [link] = await linksOf(changed, intermediate)
    expect(link).toEqual({ status: 'invalid', reason: 'the ECDSA with SHA-256 signature does not match' })
  })

  it('whose second member may not sign', async () => {
    const keys = await makeKeys()
    const server = { keys, certificate: await makeLeaf(['s.example.test'], keys.publicKey, root, NOW) }
    const [link] = await linksOf(await leafOf(server), server)
    expect(link).toEqual({ status: 'invalid', reason: 'the next certificate is not that of a CA' })
  })

  it('of one needs no other', async () => {
    expect(await linksOf(root)).toEqual([null])
  })

  it('is unverifiable, not invalid, where there is no WebCrypto', async () => {
    const fresh = await leafOf(root)
    vi.stubGlobal('crypto', {})
    const [link] = await linksOf(fresh, root)
    expect(link).toMatchObject({
      status: 'unverifiable',
      reason: expect.stringContaining('this page has no cryptography'),
    })
  })
})

describe('a signing request', () => {
  const csrOf = (base64url: string): Csr => {
    const csr = readCsrBase64url(base64url)
    if ('error' in csr) throw new Error(csr.error)
    return csr
  }

  it('is checked with its own key', async () => {
    const csr = csrOf(await makeCsr(['a.example.test'], await makeKeys()))
    expect((await judgeCsr(csr)).signature).toEqual({
      status: 'valid',
      reason: 'ECDSA with SHA-256, checked with the key in the request',
    })
  })

  it('with a name that was changed afterwards is not signed by that key', async () => {
    const der = Buffer.from(await makeCsr(['a.example.test'], await makeKeys()), 'base64url')
    der.write('b', der.indexOf('a.example.test'))
    expect((await judgeCsr(readCsr(der))).signature).toEqual({
      status: 'invalid',
      reason: 'the ECDSA with SHA-256 signature does not match',
    })
  })

  it('has the thumbprint of an account with the same key', async () => {
    const keys = await makeKeys()
    expect(csrOf(await makeCsr(['a.example.test'], keys)).key.thumbprint).toBe(thumbprintOf(signerOf(keys).jwk))
  })
})

describe.skipIf(skipWithout('openssl'))('what OpenSSL signed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'acmescope-judge-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString()

  const judged = async (key: readonly string[], ...options: readonly string[]) => {
    openssl('genpkey', ...key, '-out', 'key.pem')
    const pem = openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=a.example.test', ...options)
    return (await judgeCsr(readCsr(derOf(pem)))).signature
  }
  const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
  const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`]
  const pss = ['-sigopt', 'rsa_padding_mode:pss']

  it.each([
    ['RSA with SHA-1', rsa, ['-sha1']],
    ['RSA with SHA-512', rsa, ['-sha512']],
    ['RSA-PSS with SHA-256', rsa, [...pss, '-sigopt', 'rsa_pss_saltlen:32']],
    ['RSA-PSS with SHA-384', rsa, [...pss, '-sha384', '-sigopt', 'rsa_pss_saltlen:7']],
    [
      'RSA-PSS with SHA-256',
      ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
      ['-sigopt', 'rsa_pss_saltlen:32'],
    ],
    ['ECDSA with SHA-256', curve('secp256k1'), []],
    ['ECDSA with SHA-512', curve('P-256'), ['-sha512']],
    ['ECDSA with SHA-1', curve('P-521'), ['-sha1']],
    ['Ed25519', ['-algorithm', 'ED25519'], []],
    ['Ed448', ['-algorithm', 'ED448'], []],
  ])('%s is verified', async (name, key, options) => {
    expect(await judged(key, ...options)).toEqual({
      status: 'valid',
      reason: `${name}, checked with the key in the request`,
    })
  })

  it.each([
    ['RSA with MD5 with a key of kind RSA 2048: MD5 is not to be had', rsa, ['-md5']],
    ['ECDSA with SHA-224 with a key of kind EC P-256: SHA-224 is not to be had', curve('P-256'), ['-sha224']],
    [
      'RSA-PSS with SHA-256 with a key of kind RSA 2048: its mask is made with another digest (sha1)',
      rsa,
      [...pss, '-sigopt', 'rsa_mgf1_md:sha1', '-sha256'],
    ],
    ['acmescope does not know how to use a key of kind EC brainpoolP256r1', curve('brainpoolP256r1'), []],
    ['ecdsa_with_SHA3-256 is no algorithm acmescope knows how to check', curve('P-256'), ['-sha3-256']],
  ])('cannot be checked: %s', async (reason, key, options) => {
    expect(await judged(key, ...options)).toEqual({ status: 'unverifiable', reason: `cannot be checked: ${reason}` })
  })
})
