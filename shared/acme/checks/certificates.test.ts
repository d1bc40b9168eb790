import { describe, expect, it } from 'vitest'
import { findingsOf, saidOf } from '../../../test/synthetic/judge.ts'
import { makeIntermediate, makeKeys, makeLeaf, makeRoot, toPem } from '../../../test/synthetic/materials.ts'
import { type IssuedOptions, issued } from '../../../test/synthetic/scenarios.ts'
import type { Finding } from '../../finding.ts'

const found = async (options: IssuedOptions, id: string): Promise<readonly Finding[]> =>
  (await findingsOf((await issued(options)).facts)).filter((finding) => finding.id === id)

it('says nothing of a certificate that is what was ordered', async () => {
  expect(await saidOf((await issued({ names: ['example.test', '*.example.test'] })).facts)).toEqual([])
})

describe('certificate.names-differ', () => {
  const id = 'certificate.names-differ'

  it('names what is missing and what is too much', async () => {
    const finalize = { issue: { names: ['example.test', 'other.test'] } }
    expect(await found({ names: ['example.test', 'www.example.test'], bend: { finalize } }, id)).toMatchObject([
      {
        severity: 'error',
        title: 'The certificate lacks www.example.test, and has other.test, which was not ordered',
        explanation: expect.stringMatching(
          /^The order is for example\.test and www\.example\.test; the certificate with the serial number [0-9A-F:]+ is for example\.test and other\.test\.$/,
        ),
      },
    ])
  })

  it('is not said of another case or order', async () => {
    const finalize = { issue: { names: ['WWW.example.test', 'Example.test'] } }
    expect(await found({ names: ['example.test', 'www.example.test'], bend: { finalize } }, id)).toEqual([])
  })

  it('is said once for all chains in which it was fetched', async () => {
    const finalize = { issue: { names: ['other.test'] } }
    const { world, order } = await issued({ bend: { finalize } })
    world.fetchCertificate(order, { alternate: 1 })
    const findings = (await findingsOf(world.facts)).filter((finding) => finding.id === id)
    expect(findings).toHaveLength(1)
    expect(findings[0]?.exchanges).toHaveLength(3)
  })
})

describe('certificate.key-differs', () => {
  const id = 'certificate.key-differs'

  it('names both keys', async () => {
    const finalize = { issue: { keys: await makeKeys() } }
    expect(await found({ bend: { finalize } }, id)).toMatchObject([
      {
        severity: 'error',
        title: 'The certificate is for another key than the CSR',
        explanation: expect.stringMatching(
          /The CSR has a key of kind EC P-256 \(SHA-256 .*the certificate .* one of kind EC P-256/,
        ),
      },
    ])
  })

  it('compares with the CSR that was accepted, not with one that was refused later', async () => {
    const { world, order } = await issued({ until: 'pollOrder' })
    await world.finalize(order, { answer: { status: 403, body: { type: 'urn:ietf:params:acme:error:orderNotReady' } } })
    world.fetchCertificate(order)
    expect((await findingsOf(world.facts)).filter((finding) => finding.id === id)).toEqual([])
  })
})

describe('certificate.chain-broken', () => {
  const id = 'certificate.chain-broken'
  const NOW = Date.UTC(2026, 0, 2)

  async function fetched(
    order: (parts: { leaf: string; intermediate: string; root: string; stranger: string }) => string,
  ) {
    const run = await issued({ until: 'pollOrder' })
    const root = await makeRoot('Root', NOW)
    const intermediate = await makeIntermediate('Intermediate', root, await makeKeys(), NOW)
    const { keys } = run.order
    if (!keys) throw new Error('no keys')
    const leaf = toPem([await makeLeaf(['example.test'], keys.publicKey, intermediate, NOW)])
    const pem = (one: typeof root) => toPem([one.certificate])
    const stranger = pem(await makeRoot('Stranger', NOW))
    run.order.chains = [order({ leaf, intermediate: pem(intermediate), root: pem(root), stranger })]
    run.world.fetchCertificate(run.order)
    return (await findingsOf(run.facts)).filter((finding) => finding.id === id)
  }

  it.each([
    ['with the root', ({ leaf, intermediate, root }) => leaf + intermediate + root],
    ['without the root', ({ leaf, intermediate }) => leaf + intermediate],
    ['the certificate alone', ({ leaf }) => leaf],
    [
      'a member that was cut from the recording',
      ({ leaf, root }) => `${leaf}-----BEGIN CERTIFICATE-----\nMIIE...xyz\n-----END CERTIFICATE-----\n${root}`,
    ],
  ] satisfies [string, Parameters<typeof fetched>[0]][])('is not said of %s', async (_what, order) => {
    expect(await fetched(order)).toEqual([])
  })

  it('a chain in the wrong order', async () => {
    expect(await fetched(({ leaf, intermediate, root }) => leaf + root + intermediate)).toMatchObject([
      {
        severity: 'warning',
        title: 'The chain is broken after its first certificate: the second did not certify it',
        explanation:
          'Certificate 1 is that of example.test, certificate 2 that of CN=Root. Between them, it was issued by CN=Intermediate, and the next certificate is that of CN=Root. The certificate of CN=Intermediate is there, but as the third: the order is wrong.',
        reference: { section: '9.1' },
      },
    ])
  })

  it('a link that is missing', async () => {
    expect(await fetched(({ leaf, root }) => leaf + root)).toMatchObject([
      { explanation: expect.stringContaining('The certificate of its issuer, CN=Intermediate, is not in the chain.') },
    ])
  })

  it('somebody else at the end', async () => {
    expect(await fetched(({ leaf, intermediate, stranger }) => leaf + intermediate + stranger)).toMatchObject([
      { title: 'The chain is broken after its second certificate: the third did not certify it' },
    ])
  })

  it('a signature that does not verify', async () => {
    const chain = await fetched(({ leaf, intermediate }) => leaf + damaged(intermediate))
    expect(chain).toEqual([])
    const [first] = await fetched(({ leaf, intermediate }) => damaged(leaf) + intermediate)
    expect(first?.explanation).toContain('the ECDSA with SHA-256 signature does not match')
  })
})

/** The last octet but two is inside the signature. */
function damaged(pem: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  der.writeUInt8(der.readUInt8(der.length - 3) ^ 1, der.length - 3)
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
}
