// The form of signed requests, and where they were meant to go.
import { describe, expect, it } from 'vitest'
import type { Bend } from '../../../test/synthetic/bend.ts'
import { findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld, type World } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'

const MALFORMED = problem('malformed', 'no')

const found = async ({ facts }: Pick<World, 'facts'>, id: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter((finding) => finding.id === id)

/** A registered client orders, with something bent: what is said of it. Step 4 is the order. */
async function ordered(bend: Bend, id: string): Promise<readonly Finding[]> {
  const world = await startWorld()
  world.directory()
  world.register()
  world.order({ answer: MALFORMED, ...bend })
  return found(world, id)
}

describe('jws.key-and-kid', () => {
  const id = 'jws.key-and-kid'

  it.each([
    [{ jwk: { kty: 'EC' } }, 'Step 4 (newOrder) names its key twice: “jwk” and “kid” exclude each other'],
    [{ kid: undefined }, 'Step 4 (newOrder) does not say whose key signed it: neither a “jwk” nor a “kid” is there'],
    [
      { kid: undefined, jwk: { kty: 'EC' } },
      'Step 4 (newOrder) has “jwk”, where “kid”, the URL of the account, belongs',
    ],
  ])('%j', async (header, title) => {
    expect(await ordered({ header }, id)).toMatchObject([{ severity: 'error', title, exchanges: ['synthetic-4'] }])
  })

  it('a registration has the key, and nothing else', async () => {
    const world = await startWorld()
    world.directory()
    world.register({ header: { jwk: undefined, kid: world.account.url }, answer: MALFORMED })
    expect(await found(world, id)).toMatchObject([{ title: expect.stringContaining('an account is yet to be made') }])
  })

  it('a revocation may be signed by either key', async () => {
    const { world, order } = await issued()
    world.revoke(order)
    world.revoke(order, { ownKey: true })
    expect(await found(world, id)).toEqual([])
  })

  it('of a URL that nobody explained, nobody can say which it must be', async () => {
    const world = await startWorld()
    world.directory()
    world.post(
      'https://ca.example.test/somewhere',
      {},
      { header: { kid: undefined, jwk: world.account.signer.jwk } },
      () => ({ status: 200, body: {} }),
    )
    expect(await found(world, id)).toEqual([])
  })
})

describe('jws.url-mismatch', () => {
  const id = 'jws.url-mismatch'

  it('names both URLs', async () => {
    const url = 'https://ca.example.test/dir'
    expect(await ordered({ header: { url } }, id)).toMatchObject([
      {
        severity: 'error',
        title: 'Step 4 (newOrder) is signed for https://ca.example.test/dir, another URL',
        explanation: expect.stringContaining(
          'The POST to https://ca.example.test/new-order is signed for https://ca.example.test/dir',
        ),
        reference: { section: '6.4' },
      },
    ])
  })

  it('a proxy that renames the host is told of once, by both names', async () => {
    const world = await startWorld()
    world.directory()
    const renamed = (url: string) => ({
      header: { url: url.replace('ca.example.test', 'acme.internal:14000') },
      answer: MALFORMED,
    })
    world.register(renamed(world.ca.urls.newAccount))
    world.register(renamed(world.ca.urls.newAccount))
    expect(await found(world, id)).toMatchObject([
      {
        title: 'Step 3 (newAccount) is signed for acme.internal:14000, not for ca.example.test',
        explanation: expect.stringMatching(/Only the host differs.*same is true of step 4/),
        exchanges: ['synthetic-3', 'synthetic-4'],
      },
    ])
  })

  it.each([
    'https://ca.example.test:443/new-order',
    'https://CA.example.test/new-order',
    '<order_url>',
    'https://ca.example.test/.../new-order',
  ])('%s is the same URL, or one that was cut away', async (url) => {
    expect(await ordered({ header: { url } }, id)).toEqual([])
  })

  it('looks inside an account binding and a key change', async () => {
    const world = await startWorld()
    world.directory()
    world.register({
      eab: { kid: 'k', secret: 's', header: { url: 'https://ca.example.test/other' } },
      answer: MALFORMED,
    })
    world.register({ eab: { kid: 'k', secret: 's' } })
    await world.changeKey({ inner: { header: { url: 'https://ca.example.test/other' } }, answer: MALFORMED })
    await world.changeKey()
    const all = await found(world, id)
    expect(all.map(({ reference: { section }, fix }) => `${section} ${/that of \w+/.exec(fix)}`)).toEqual([
      '7.3.4 that of newAccount',
      '7.3.5 that of keyChange',
    ])
    expect(all.map(({ title }) => title)).toEqual([
      'Step 3 (newAccount) carries an account binding that is signed for https://ca.example.test/other, not for https://ca.example.test/new-acct',
      'Step 5 (keyChange) carries a request that is signed for https://ca.example.test/other, not for https://ca.example.test/key-change',
    ])
  })
})

describe('jws.malformed', () => {
  const id = 'jws.malformed'
  const send = (body: unknown) => ordered({ jws: () => body }, id)

  it.each([
    ['{no json', 'the body is not JSON of a JWS'],
    [{ payload: '', signature: '' }, 'the body is not JSON of a JWS'],
    [{ protected: 'e30', payload: '*', signature: '' }, 'the payload is not base64url'],
    [{ protected: 'e', payload: '', signature: '' }, 'the protected header is not'],
  ])('%j', async (body, words) => {
    expect(await send(body)).toMatchObject([
      { severity: 'error', title: expect.stringContaining(words), exchanges: ['synthetic-4'] },
    ])
  })

  it.each(['alg', 'nonce', 'url'])('without “%s” in the protected header', async (name) => {
    expect(await ordered({ header: { [name]: undefined } }, id)).toMatchObject([
      { title: `Step 4 (newOrder) is malformed: the protected header has no “${name}”` },
    ])
  })

  it('plain JSON, or nothing at all, where a signed request belongs', async () => {
    const plain = { request: { body: { identifiers: [] }, type: 'application/json' } }
    expect(await ordered(plain, id)).toMatchObject([{ title: expect.stringContaining('the body is not a JWS') }])
    expect(await ordered({ request: { body: null } }, id)).toMatchObject([
      { title: expect.stringContaining('it has no body') },
    ])
  })

  it('a body that the recording lacks is no fault of the client', async () => {
    const world = await startWorld()
    world.directory()
    world.order({ request: { body: null } })
    world.order({ request: { body: null, headers: [['Content-Length', '612']] }, answer: MALFORMED })
    expect(await found(world, id)).toEqual([])
  })

  it('what was cut away is no fault either', async () => {
    const cut = (member: string) => ordered({ jws: (signed) => ({ ...signed, [member]: 'eyJ...In0' }) }, id)
    expect(await Promise.all(['protected', 'payload', 'signature'].map(cut))).toEqual([[], [], []])
  })

  it('looks inside', async () => {
    const world = await startWorld()
    world.directory()
    world.register({ payload: { externalAccountBinding: 'none' }, answer: MALFORMED })
    world.register()
    await world.changeKey({ payload: { oldKey: {} }, answer: MALFORMED })
    await world.changeKey()
    expect((await found(world, id)).map(({ title }) => title)).toEqual([
      'Step 3 (newAccount) is malformed: its externalAccountBinding is no JWS',
      'Step 5 (keyChange) is malformed: its payload is no JWS of the new key',
    ])
  })

  it('the JSON that a DNS provider wants is not a JWS, and need not be', async () => {
    const world = await startWorld()
    world.directory()
    world.cloudflare.create({ type: 'TXT', name: '_acme-challenge.example.test', content: 'x' })
    expect(await found(world, id)).toEqual([])
  })
})
