import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { skipWithout } from '../../../test/lab/peers.ts'
import { findingsOf } from '../../../test/synthetic/judge.ts'
import { makeCsr, makeKeys } from '../../../test/synthetic/materials.ts'
import { type IssuedOptions, issued } from '../../../test/synthetic/scenarios.ts'
import { problem } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'
import { derOf } from '../../x509/pem.ts'

const found = async (options: IssuedOptions, id: string): Promise<readonly Finding[]> =>
  (await findingsOf((await issued(options)).facts)).filter((finding) => finding.id === id)

const ids = async (options: IssuedOptions): Promise<readonly string[]> =>
  (await findingsOf((await issued(options)).facts)).map(({ id }) => id)

describe('order.csr-differs', () => {
  const id = 'order.csr-differs'
  const NAMES = ['example.test', '*.example.test']
  const refusal = problem('unauthorized', 'CSR does not specify same identifiers as Order')

  it('names what is missing and what is too much', async () => {
    const csrNames = ['example.test', 'www.example.test']
    expect(await found({ names: NAMES, bend: { finalize: { csrNames, answer: refusal } } }, id)).toMatchObject([
      {
        severity: 'error',
        title: expect.stringMatching(
          /^The CSR of step \d+ \(finalize\) does not ask for \*\.example\.test, and asks for www\.example\.test, which the order does not have$/,
        ),
        explanation: expect.stringContaining(
          'The order is for example.test and *.example.test; the CSR is for example.test and www.example.test.',
        ),
        fix: expect.stringContaining('lego 4.20.4 must make the CSR for the names of the order'),
        reference: { document: 'RFC 8555', section: '7.4' },
      },
    ])
  })

  it('explains the refusal: it is not told again as a problem that nobody knows', async () => {
    const bend = { finalize: { csrNames: ['other.test'], answer: refusal } }
    expect(await ids({ bend })).not.toContain('problem.other')
    expect(await ids({ bend: { finalize: { answer: refusal } } })).toContain('problem.other')
  })

  it.each([
    ['in another order and another case', ['*.EXAMPLE.test', 'Example.Test'], undefined],
    ['one of them as common name only', ['*.example.test'], 'example.test'],
    ["beside a common name that is no host's", NAMES, 'Example Company'],
  ])('is not said of the same names %s', async (_how, csrNames, commonName) => {
    const finalize = commonName === undefined ? { csrNames } : { csrNames, commonName }
    expect(await found({ names: NAMES, bend: { finalize } }, id)).toEqual([])
  })

  it('counts a common name', async () => {
    const finalize = { csrNames: ['example.test'], commonName: 'www.example.test' }
    expect(await found({ bend: { finalize } }, id)).toMatchObject([
      { title: expect.stringContaining('asks for www.example.test, which the order does not have') },
    ])
  })

  it.each([
    [['2001:db8:0:0:0:0:0:7', '192.0.2.7'], 0],
    [['2001:db8::8', '192.0.2.7'], 1],
  ])('compares IP addresses, not their spelling: %j', async (csrNames, count) => {
    const names = ['192.0.2.7', '2001:0DB8::7']
    const payload = { identifiers: names.map((value) => ({ type: 'ip', value })) }
    const run = { names, challenge: 'http-01', bend: { order: { payload }, finalize: { csrNames } } }
    expect(await found(run, id)).toHaveLength(count)
  })

  it('is a remark where a right CSR followed', async () => {
    const { world, order } = await issued({ until: 'deleteTxt' })
    await world.finalize(order, { csrNames: ['other.test'], answer: refusal })
    await world.finalize(order)
    world.pollOrder(order)
    const findings = await findingsOf(world.facts)
    expect(findings.filter((finding) => finding.id === id)).toMatchObject([
      { severity: 'info', explanation: expect.stringContaining('A later CSR was accepted.') },
    ])
  })

  it('is said once of a CSR that was sent again for a rejected nonce', async () => {
    const { world, order } = await issued({ until: 'deleteTxt' })
    const csr = await makeCsr(['other.test'], await makeKeys())
    await world.finalize(order, { payload: { csr }, answer: problem('badNonce', 'old') })
    await world.finalize(order, { payload: { csr }, answer: refusal })
    const findings = (await findingsOf(world.facts)).filter((finding) => finding.id === id)
    expect(findings).toHaveLength(1)
    expect(findings[0]?.exchanges).toHaveLength(3)
  })

  it('is not judged where the CSR was cut from the recording', async () => {
    const finalize = { payload: { csr: 'MIIEsDCCApgCAQAwGDE...fmxnNbbWYA' } }
    expect(await found({ bend: { finalize } }, id)).toEqual([])
    expect(await found({ bend: { finalize } }, 'order.csr-rejected')).toEqual([])
  })
})

describe('order.csr-rejected', () => {
  const id = 'order.csr-rejected'

  it.each(['badCSR', 'badPublicKey'])('%s: in the words of the CA, with what the CSR says', async (type) => {
    const finalize = problem(type, 'CSR contains one or more weak keys', { status: 400 })
    expect(await found({ bend: { finalize } }, id)).toMatchObject([
      {
        severity: 'error',
        title: expect.stringMatching(/^The CA refuses .*the CSR of step \d+ \(finalize\)$/),
        explanation: expect.stringMatching(
          /answered 400 bad\w+: “CSR contains one or more weak keys”\. The CSR: a key of kind EC P-256, signed ECDSA with SHA-256, for example\.test\.$/,
        ),
        consequenceOf: null,
      },
    ])
    expect(await ids({ bend: { finalize } })).not.toContain('problem.other')
  })

  it('follows from names that differ', async () => {
    const finalize = { csrNames: ['other.test'], answer: problem('badCSR', 'wrong names') }
    expect(await found({ bend: { finalize } }, id)).toMatchObject([{ consequenceOf: 'order.csr-differs' }])
  })

  it('is not what another refusal of finalize is called', async () => {
    const finalize = problem('unauthorized', 'rechecking caa: CAA record forbids issuance')
    expect(await found({ bend: { finalize } }, id)).toEqual([])
    expect(await ids({ bend: { finalize } })).toContain('validation.caa')
  })

  it.each([
    ['-----BEGIN CERTIFICATE REQUEST-----\nMIIB', 'PEM, where base64url of DER belongs'],
    ['AAAA+/==', '“+/==” is not base64url'],
    ['MIIBOjCB4QIBADAA', 'cut short, or not DER'],
    ['', 'empty'],
  ])('malformed: %j', async (csr, why) => {
    const finalize = { payload: { csr }, answer: problem('malformed', 'Error parsing certificate request') }
    expect(await found({ bend: { finalize } }, id)).toMatchObject([
      {
        title: expect.stringContaining('cannot be read'),
        explanation: expect.stringContaining(`What is wrong with “csr”: ${why}.`),
      },
    ])
  })

  it('the account key as certificate key, whatever the CA made of it', async () => {
    const { world, order } = await issued({ until: 'deleteTxt' })
    const keys = world.account.keys
    if (!keys) throw new Error('no keys')
    await world.finalize(order, { keys })
    world.pollOrder(order)
    world.fetchCertificate(order)
    const findings = await findingsOf(world.facts)
    expect(findings.filter(({ severity }) => severity !== 'info')).toMatchObject([
      {
        id,
        severity: 'error',
        title: expect.stringContaining("has the account's own key"),
        reference: { section: '11.1' },
      },
    ])
  })

  it('a CSR that its own key did not sign', async () => {
    const der = Buffer.from(await makeCsr(['xxample.test'], await makeKeys()), 'base64url')
    der.write('e', der.indexOf('xxample.test'))
    const finalize = { payload: { csr: der.toString('base64url') }, answer: problem('badCSR', 'invalid signature') }
    expect(await found({ bend: { finalize } }, id)).toMatchObject([
      {
        title: expect.stringContaining('is not signed by its own key'),
        explanation: expect.stringContaining('the ECDSA with SHA-256 signature does not match'),
      },
    ])
  })

  describe.skipIf(skipWithout('openssl'))('with a CSR that no CA of the public web takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'acmescope-csr-'))
    afterAll(() => rmSync(folder, { recursive: true }))
    const openssl = (...args: readonly string[]) =>
      execFileSync('openssl', [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString()

    it.each([
      [['RSA', '-pkeyopt', 'rsa_keygen_bits:1024'], [], 'an RSA key of 1024 bits, where 2048 are the least'],
      [['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], ['-sha1'], 'a signature made with RSA with SHA-1'],
      [['EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'], [], 'a key of kind EC secp256k1'],
      [['ED25519'], [], 'a key of kind Ed25519'],
    ])('%j %j: says why', async (key, options, why) => {
      openssl('genpkey', '-algorithm', ...key, '-out', 'key.pem')
      const pem = openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=example.test', ...options)
      const csr = Buffer.from(derOf(pem)).toString('base64url')
      const finalize = { payload: { csr }, answer: problem('badCSR', 'not acceptable') }
      expect(await found({ bend: { finalize } }, id)).toMatchObject([
        { explanation: expect.stringContaining(`What CAs of the public web do not take: ${why}.`) },
      ])
    })
  })
})
