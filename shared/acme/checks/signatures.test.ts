// Whose signature, with what: each wrong thing once, and something next to it that is right.
import { describe, expect, it } from 'vitest'
import { createSigner, signWithMac } from '../../../test/lab/account-signer.ts'
import { findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { another, problem, startWorld, type World } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'

const found = async ({ facts }: Pick<World, 'facts'>, id: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter((finding) => finding.id === id)

async function registered(): Promise<World> {
  const world = await startWorld()
  world.directory()
  world.register()
  return world
}

describe('jws.signature-invalid', () => {
  const refused = problem('malformed', 'JWS verification error')
  const tampered = (signed: { payload: string }) => ({ ...signed, payload: `${signed.payload.slice(0, -4)}AAAA` })

  it('names the key, what else it signed, and what the CA said', async () => {
    const world = await registered()
    world.order({ jws: tampered, answer: refused })
    world.order()
    expect(await found(world, 'jws.signature-invalid')).toEqual([
      expect.objectContaining({
        severity: 'error',
        title: 'The ES256 signature of step 4 (newOrder) does not verify',
        explanation: expect.stringMatching(
          /key of account https:\/\/ca\.example\.test\/acct\/1, as this recording shows it \(thumbprint [\w-]{43}\): the ES256 signature does not match the account's key\. 1 other request .* does verify.*400 malformed: “JWS verification error”/,
        ),
        exchanges: ['synthetic-4'],
        object: world.ca.urls.newOrder,
      }),
    ])
  })

  it('tells of all that one account signed with another key at once, and that nothing verifies', async () => {
    const world = await registered()
    const order = world.order({ signer: createSigner('ES256'), answer: refused })
    world.pollOrder(order, { signer: createSigner('ES256'), answer: refused })
    const [finding, ...others] = await found(world, 'jws.signature-invalid')
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      title: 'The signatures of steps 4 and 5 do not verify',
      exchanges: ['synthetic-4', 'synthetic-5'],
    })
  })

  it('says so when the CA takes it all the same', async () => {
    const world = await registered()
    world.order({ jws: tampered })
    expect((await found(world, 'jws.signature-invalid'))[0]?.explanation).toContain('accepted step 4 all the same')
  })

  it('looks at both signatures of a key change', async () => {
    const world = await registered()
    const [next, other] = [createSigner('ES256'), createSigner('ES256')]
    await world.changeKey({ inner: { signer: { ...next, jwk: other.jwk } }, answer: refused })
    world.order()
    expect(await found(world, 'jws.signature-invalid')).toMatchObject([{ exchanges: ['synthetic-4'] }])
  })

  it('is silent where the key was never seen, and where the signature was cut', async () => {
    const world = await startWorld()
    world.directory()
    world.order({ jws: tampered })
    world.register()
    world.order({ jws: (signed) => ({ ...signed, signature: 'BbR...E1I' }) })
    expect(await found(world, 'jws.signature-invalid')).toEqual([])
  })
})

describe('jws.algorithm-not-allowed', () => {
  const id = 'jws.algorithm-not-allowed'
  const mac = {
    ...createSigner('ES256'),
    alg: 'HS256',
    sign: (payload: unknown, header: object) => signWithMac('secret', payload, { ...header }),
  }

  it('“none” and a MAC are not for requests', async () => {
    const world = await registered()
    world.order({
      header: { alg: 'none' },
      jws: (signed) => ({ ...signed, signature: '' }),
      answer: problem('badSignatureAlgorithm', 'no'),
    })
    world.order({ signer: mac, answer: problem('malformed', 'no') })
    expect(
      (await found(world, id)).map(({ title, exchanges, reference }) => [title, exchanges, reference.section]),
    ).toEqual([
      ['Step 4 (newOrder) is signed with none, which ACME does not allow', ['synthetic-4'], '6.2'],
      ['Step 5 (newOrder) is signed with HS256, which ACME does not allow', ['synthetic-5'], '6.2'],
    ])
  })

  it.each(['ES256', 'RS256', 'PS256', 'ES384', 'EdDSA'] as const)('%s is', async (alg) => {
    const { facts } = await issued({ alg })
    expect((await findingsOf(facts)).filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it('one we do not know is not forbidden, only unknown', async () => {
    const world = await registered()
    world.order({ header: { alg: 'ML-DSA-44' } })
    expect(await found(world, id)).toEqual([])
  })

  const eab = { kid: 'kid-1', secret: 'secret' }
  const bound = async (changed: object) => {
    const world = await startWorld()
    world.directory()
    world.register({ eab: { ...eab, ...changed } })
    return found(world, id)
  }

  it('a binding is a MAC by a key of the CA, without a nonce, over the key that asks', async () => {
    expect(await bound({})).toEqual([])
    expect(await bound({ header: { alg: 'ES256' } })).toMatchObject([
      {
        title: 'The account binding of step 3 (newAccount) is signed with ES256, where a MAC such as HS256 belongs',
        reference: { section: '7.3.4' },
      },
    ])
    expect(await bound({ header: { kid: undefined } })).toMatchObject([
      { title: expect.stringContaining('has no “kid”') },
    ])
    expect(await bound({ header: { nonce: 'abc' } })).toMatchObject([{ title: expect.stringContaining('has a nonce') }])
    expect(await bound({ payload: createSigner('ES256').jwk })).toMatchObject([
      { title: expect.stringContaining('binds the key') },
    ])
  })

  const changed = async (inner: object, more: object = {}) => {
    const world = await registered()
    await world.changeKey({ inner, ...more })
    return found(world, id)
  }

  it('a key change carries the new key, no nonce, and names the account that asks', async () => {
    expect(await changed({})).toEqual([])
    expect(await changed({ header: { jwk: undefined } })).toMatchObject([
      {
        title: 'The request inside the key change of step 4 (keyChange) has no “jwk”, the new key',
        reference: { section: '7.3.5' },
      },
    ])
    expect(await changed({ header: { nonce: 'abc' } })).toMatchObject([
      { title: expect.stringContaining('has a nonce') },
    ])
    expect(await changed({ signer: mac })).toMatchObject([{ title: expect.stringContaining('is signed with HS256') }])
    const payload = (usual: object) => ({ ...usual, account: 'https://ca.example.test/acct/99' })
    expect(await changed({ payload })).toMatchObject([
      { title: expect.stringContaining('names the account https://ca.example.test/acct/99') },
    ])
    const oldKey = createSigner('ES256').jwk
    expect(await changed({ payload: (usual: object) => ({ ...usual, oldKey }) })).toMatchObject([
      { title: expect.stringMatching(/says that the key until now is \S+, while \S+ is the one that asks$/) },
    ])
  })
})

describe('jws.public-key-refused', () => {
  const id = 'jws.public-key-refused'

  it('names the kind of key, and what the CA would take', async () => {
    const world = await startWorld({ alg: 'ES512' })
    world.directory()
    const algorithms = ['RS256', 'ES256', 'ES384']
    world.register({ answer: problem('badSignatureAlgorithm', 'ES512 is not supported', { status: 400, algorithms }) })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'error',
        title: 'The CA refuses signatures with ES512 of step 3 (newAccount)',
        explanation: expect.stringMatching(/ES512, by a key of kind EC P-521.*accepts RS256, ES256 and ES384/),
        fix: expect.stringContaining('lego: --key-type ec256'),
        exchanges: ['synthetic-3'],
      },
    ])
  })

  it('is a remark only where the client then found a key that is accepted', async () => {
    const world = await startWorld({ alg: 'ES512' })
    world.directory()
    world.register({ answer: problem('badPublicKey', 'unsupported curve', { status: 400 }) })
    const other = await another(world, { alg: 'ES384' })
    other.register()
    expect(await found(world, id)).toMatchObject([{ severity: 'info', exchanges: ['synthetic-3', 'synthetic-5'] }])
  })

  it('leaves the key of a CSR to the check of the CSR', async () => {
    const { world } = await issued({
      bend: { finalize: problem('badPublicKey', 'certificate key too small', { status: 400 }) },
    })
    expect(await found(world, id)).toEqual([])
  })
})
