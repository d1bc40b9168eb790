// Signed requests that were made to be taken for what they are not: none is called valid that was not signed by the key it
// names, none is called wrong that cannot be checked, and each is a finding.
import { describe, expect, it } from 'vitest'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { base64url } from '../../test/hostile/recording.ts'
import { createSigner, type FlattenedJws, signWithMac } from '../../test/lab/account-signer.ts'
import type { Bend } from '../../test/synthetic/bend.ts'
import { another, problem, startWorld, type World } from '../../test/synthetic/world.ts'
import type { Content, Jws } from './model.ts'

const rsa = createSigner('RS256')
const ec = createSigner('ES384')
const refusal = problem('malformed', 'no')

interface Tried {
  readonly jws: Jws | null
  readonly request: Content
  /** Kinds of finding that point at the request. */
  readonly found: readonly string[]
}

/** An order in a run that is good up to it. */
async function tryOrder(bend: (world: World) => Bend): Promise<Tried> {
  const world = await startWorld()
  world.directory()
  world.register()
  world.order({ ...bend(world), answer: refusal })
  const { analysis, findings } = await throughAll(world.facts)
  const step = analysis.steps.at(-1)
  if (!step) throw new Error('no step')
  const found = findings.filter(({ exchanges }) => exchanges.includes(step.exchange)).map(({ id }) => id)
  return { jws: step.decoded.jws, request: step.decoded.request, found }
}

const unsigned = (signed: FlattenedJws): FlattenedJws => ({ ...signed, signature: '' })
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a request', () => {
  it.each<[what: string, bend: (world: World) => Bend, status: string, finding: string]>([
    [
      'with a MAC made with the public key of an account',
      ({ account, ca }) => ({
        jws: () =>
          signWithMac(JSON.stringify(account.signer.jwk), {}, { kid: account.url, nonce: 'n', url: ca.urls.newOrder }),
      }),
      'unverifiable',
      'jws.algorithm-not-allowed',
    ],
    ...['none', 'None', 'NONE', 'nOnE'].map((alg): [string, () => Bend, string, string] => [
      `with ${alg}`,
      () => ({ header: { alg }, jws: unsigned }),
      'unverifiable',
      'jws.algorithm-not-allowed',
    ]),
    [
      'of ES256 with an RSA key',
      () => ({ header: { kid: undefined, jwk: rsa.jwk } }),
      'invalid',
      'jws.signature-invalid',
    ],
    [
      'of RS256 with an EC key',
      () => ({ signer: rsa, header: { kid: undefined, jwk: ec.jwk } }),
      'invalid',
      'jws.signature-invalid',
    ],
    ['of ES256 that says EdDSA', () => ({ header: { alg: 'EdDSA' } }), 'invalid', 'jws.signature-invalid'],
    [
      'by a key that was never registered',
      () => ({ signer: createSigner('ES256') }),
      'invalid',
      'jws.signature-invalid',
    ],
    ['with jwk and kid', ({ account }) => ({ header: { jwk: account.signer.jwk } }), 'valid', 'jws.key-and-kid'],
    ['with neither', () => ({ header: { kid: undefined } }), 'unverifiable', 'jws.key-and-kid'],
    ['with a number for a kid', () => ({ header: { kid: 7 } }), 'unverifiable', 'jws.key-and-kid'],
    [
      'with a list for a kid',
      () => ({ header: { kid: ['https://ca.example.test/acct/1'] } }),
      'unverifiable',
      'jws.key-and-kid',
    ],
    ['with a text for a jwk', () => ({ header: { kid: undefined, jwk: 'x' } }), 'unverifiable', 'jws.key-and-kid'],
    [
      'with the private key in its jwk',
      ({ account }) => ({ header: { kid: undefined, jwk: { ...account.signer.jwk, d: 'c2VjcmV0' } } }),
      'valid',
      'jws.key-and-kid',
    ],
    ['with crit and b64', () => ({ header: { crit: ['b64'], b64: false } }), 'unverifiable', 'jws.malformed'],
    ['with an object for a nonce', () => ({ header: { nonce: {} } }), 'valid', 'jws.malformed'],
    ['with no URL', () => ({ header: { url: null } }), 'valid', 'jws.malformed'],
    ['with a number for an algorithm', () => ({ header: { alg: 7 } }), 'unverifiable', 'jws.malformed'],
    [
      'with a list for a header',
      () => ({ jws: (signed) => ({ ...signed, protected: encoded([]) }) }),
      'unverifiable',
      'jws.malformed',
    ],
    [
      'with several signatures, the first of them good',
      () => ({
        jws: ({ payload, ...one }) => ({
          payload,
          signatures: [one, { protected: encoded({ alg: 'none' }), signature: '' }],
        }),
      }),
      'valid',
      'jws.malformed',
    ],
    [
      'with an unprotected header',
      () => ({ jws: (signed) => ({ ...signed, header: { alg: 'none' } }) }),
      'valid',
      'jws.malformed',
    ],
  ])('%s is what it is', async (_, bend, status, finding) => {
    const { jws, found } = await tryOrder(bend)
    expect(jws?.signature.status).toBe(status)
    expect(found).toContain(finding)
  })

  it('in the compact form is none, and is shown as the text it is', async () => {
    const { jws, request, found } = await tryOrder(() => ({
      jws: (signed) => `${signed.protected}.${signed.payload}.${signed.signature}`,
    }))
    expect(jws).toBeNull()
    expect(request).toMatchObject({ kind: 'malformed', text: expect.stringMatching(/^ey/) })
    expect(found).toContain('jws.malformed')
  })

  it('that names the account of another is not signed by its key', async () => {
    const world = await startWorld()
    world.directory()
    world.register()
    const other = await another(world)
    other.register()
    world.order({ header: { kid: other.account.url }, answer: refusal })
    const { findings, analysis } = await throughAll(world.facts)
    expect(analysis.steps.at(-1)?.decoded.jws?.signature.status).toBe('invalid')
    expect(findings.map(({ id }) => id)).toContain('jws.signature-invalid')
  })
})

describe('a JWS in a JWS', () => {
  const header = { alg: 'ES256', kid: 'k', nonce: 'n', url: 'u' }
  const wrapped = (levels: number): object => {
    let payload: unknown = {}
    for (let level = 0; level < levels; level++)
      payload = { protected: base64url(header), payload: base64url(payload), signature: 'AAAA' }
    return payload as object
  }

  it('twenty levels deep is read as deep as ACME goes', async () => {
    const { jws } = await tryOrder(() => ({ jws: () => wrapped(20) }))
    expect(jws?.inner?.purpose).toBe('keyChange')
    expect(jws?.inner?.jws.inner).toBeNull()
  })

  it('in each place at once costs no more than it is long', async () => {
    const inner = { ...wrapped(8), externalAccountBinding: wrapped(8), signatures: Array(1_000).fill(wrapped(1)) }
    const { jws } = await tryOrder(({ account }) => ({ jws: () => account.signer.sign(inner, { kid: account.url }) }))
    expect(jws?.inner?.purpose).toBe('externalAccountBinding')
  })

  it('of half a megabyte is read, and a longer one is no request of ACME', async () => {
    const long = (characters: number) => ({ ...wrapped(1), payload: base64url({ x: 'a'.repeat(characters) }) })
    expect((await tryOrder(() => ({ jws: () => long(350_000) }))).jws?.payload.kind).toBe('json')
    const { jws, request } = await tryOrder(() => ({ jws: () => long(600_000) }))
    expect([jws, request.kind]).toEqual([null, 'opaque'])
  })
})
