import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AccountSigner,
  createSigner,
  type PublicJwk,
  SIGNER_ALGORITHMS,
  signWithMac,
} from '../../../test/lab/account-signer.ts'
import { toBase64url } from '../base64url.ts'
import type { Jws } from '../model.ts'
import { thumbprintOf } from './jwk.ts'
import { readJws } from './jws.ts'
import { type AccountKeys, type KnownKey, noKeys } from './keys.ts'

const NEW_ORDER = 'https://ca.example.test/new-order'
const KID = 'https://ca.example.test/acct/1'
const HEADER = { nonce: 'n1', url: NEW_ORDER }
const encode = (value: unknown) =>
  toBase64url(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)))

const knows = (jwk: PublicJwk, source: KnownKey['source'] = 'this recording'): AccountKeys =>
  new Map([[KID, [{ jwk, source, certain: source === 'this recording' }]]])

async function read(value: unknown, keys = noKeys): Promise<Jws> {
  const jws = await readJws(value, keys)
  if (!jws) throw new Error('not a JWS')
  return jws
}

const verdict = async (value: unknown, keys = noKeys) => (await read(value, keys)).signature

/** Another last byte but one, so that nothing depends on unused bits. */
const tampered = (base64url: string) => {
  const bytes = Buffer.from(base64url, 'base64url')
  bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1
  return bytes.toString('base64url')
}

describe.each(SIGNER_ALGORITHMS)('%s', (alg) => {
  const account = createSigner(alg)

  it('is verified by jwk and by a learnt kid, and the verdict says which', async () => {
    const byKey = await read(account.sign({ a: 1 }, { ...HEADER, jwk: account.jwk }))
    expect(byKey.signature).toMatchObject({ status: 'valid', key: 'jwk', thumbprint: byKey.thumbprint })
    expect(byKey.thumbprint).toMatch(/^[\w-]{43}$/)
    expect(byKey).toMatchObject({ alg, kid: null, nonce: 'n1', url: NEW_ORDER, problems: [], inner: null })
    expect(byKey.payload).toEqual({ kind: 'json', value: { a: 1 } })

    const byAccount = await read(account.sign('', { ...HEADER, kid: KID }), knows(account.jwk))
    expect(byAccount.signature).toMatchObject({
      status: 'valid',
      key: 'this recording',
      thumbprint: byKey.thumbprint,
    })
    expect(byAccount).toMatchObject({ kid: KID, isPostAsGet: true, payload: { kind: 'empty' } })
  })

  it('is invalid when payload, header, signature or key is another', async () => {
    const jws = account.sign({ a: 1 }, { ...HEADER, jwk: account.jwk })
    const header = encode({ alg, ...HEADER, nonce: 'n2', jwk: account.jwk })
    const short = Buffer.from(jws.signature, 'base64url').subarray(1).toString('base64url')
    for (const change of [
      { payload: encode({ a: 2 }) },
      { protected: header },
      { signature: tampered(jws.signature) },
      { signature: short },
      { signature: '' },
    ])
      expect(await verdict({ ...jws, ...change })).toMatchObject({ status: 'invalid', key: 'jwk' })
    const other = createSigner(alg)
    expect(await verdict(account.sign('', { ...HEADER, kid: KID }), knows(other.jwk))).toMatchObject({
      status: 'invalid',
      key: 'this recording',
      thumbprint: thumbprintOf(other.jwk),
    })
  })
})

describe('a verdict', () => {
  const account = createSigner('ES256')

  it('has the thumbprint of RFC 7638 §3.1', () => {
    const jwk = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
      alg: 'RS256',
      kid: '2011-04-29',
    }
    expect(thumbprintOf(jwk)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
  })

  it.each(['another recording', 'recovered'] as const)(
    'is no proof against a signature where the key is %s',
    async (source) => {
      const jws = account.sign('', { ...HEADER, kid: KID })
      expect(await verdict(jws, knows(account.jwk, source))).toMatchObject({ status: 'valid', key: source })
      expect(await verdict(jws, knows(createSigner('ES256').jwk, source))).toMatchObject({
        status: 'unverifiable',
        key: null,
        thumbprint: null,
        reason: expect.stringContaining('may have been changed'),
      })
    },
  )

  it('says of a recovered key how little it proves', async () => {
    const { reason } = await verdict(account.sign('', { kid: KID }), knows(account.jwk, 'recovered'))
    expect(reason).toContain('they come from the same key, which proves no more than that')
  })

  it('tries every key that an account may have had', async () => {
    const keys = [createSigner('RS256'), createSigner('ES256'), account].map(({ jwk }) => ({
      jwk,
      source: 'another recording' as const,
      certain: false,
    }))
    expect(await verdict(account.sign('', { kid: KID }), new Map([[KID, keys]]))).toMatchObject({ status: 'valid' })
  })

  it.each([
    ['a shortened signature', { signature: 'PkiNgKlURafo...8V2yQRzibY' }, /signature was shortened/],
    ['a placeholder', { signature: '<signature_1>' }, /signature was shortened/],
    ['a header that is no JSON', { protected: 'bm90IGpzb24' }, /header cannot be read/],
    ['a header that is no base64url', { protected: '{"alg":"ES256"}' }, /header cannot be read/],
  ])('is none for %s, and says why', async (_what, change, reason) => {
    const jws = await read({ ...account.sign({}, { jwk: account.jwk }), ...change })
    expect(jws.signature).toMatchObject({ status: 'unverifiable', reason: expect.stringMatching(reason) })
    expect(jws.problems).not.toEqual([])
  })

  it('is none with a key that was shortened, is unknown, is no point, or is too small', async () => {
    const rsa = createSigner('RS256')
    const reasonWith = async (jwk: unknown, signer: AccountSigner) => {
      const { status, reason } = await verdict(signer.sign({}, { jwk }))
      expect(status).toBe('unverifiable')
      return reason
    }
    expect(await reasonWith({ ...rsa.jwk, n: 'txHVs5DnkevYfwsxT...qJRoxmQYVNdo' }, rsa)).toMatch(/key was shortened/)
    expect((await verdict(rsa.sign({}, { kid: KID }))).reason).toMatch(/key was not seen/)
    expect(await reasonWith({ ...rsa.jwk, n: 'AQAB' }, rsa)).toMatch(/RS256 with this key cannot be checked/)
    expect(await reasonWith({ ...rsa.jwk, n: 'A'.repeat(1_000_000) }, rsa)).toMatch(/too long/)
    const zero = 'A'.repeat(43)
    for (const signer of [account, createSigner('ES256K')])
      expect(await reasonWith({ ...signer.jwk, x: zero, y: zero }, signer)).toMatch(/cannot be checked here/)
    expect(await reasonWith({ kty: 'EC', crv: 'P-256', x: 7, y: {} }, account)).toMatch(/missing/)
  })

  it('names an algorithm it does not know', async () => {
    const jwk = { kty: 'AKP', alg: 'ML-DSA-65', pub: 'AA' }
    const jws = await read({ protected: encode({ alg: 'ML-DSA-65', jwk }), payload: '', signature: 'AA' })
    expect(jws.signature).toMatchObject({
      status: 'unverifiable',
      reason: 'cannot be checked: ML-DSA-65 is no algorithm acmescope knows',
    })
    expect(jws.thumbprint).toMatch(/^[\w-]{43}$/)
  })

  it('does not use the private members a client sent by mistake', async () => {
    const jwk = { ...account.jwk, d: 'AAAA', use: 'enc', key_ops: ['sign'], alg: 'ES512', ext: false }
    expect(await verdict(account.sign({}, { jwk }))).toMatchObject({
      status: 'valid',
      thumbprint: thumbprintOf(account.jwk),
    })
  })
})

describe('algorithm confusion', () => {
  const rsa = createSigner('RS256')
  const ec = createSigner('ES256')
  const ed = createSigner('EdDSA')
  const forged = (alg: string, jwk: unknown) => ({ ...rsa.sign({}, {}), protected: encode({ alg, jwk }) })

  it('does not take a public key for a secret', async () => {
    for (const secret of [JSON.stringify(rsa.jwk), Buffer.from(rsa.jwk.n ?? '', 'base64url')]) {
      const jws = signWithMac(secret, {}, { jwk: rsa.jwk })
      expect(await verdict(jws)).toMatchObject({ status: 'unverifiable', reason: expect.stringContaining('a secret') })
    }
    const oct = { kty: 'oct', k: encode('secret') }
    expect(await verdict(signWithMac('secret', {}, { jwk: oct }))).toMatchObject({ status: 'unverifiable', key: null })
  })

  it('takes nothing signed by nobody', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const { status } = await verdict({ ...forged(alg, ec.jwk), signature: '' })
      expect(status).toBe('unverifiable')
    }
  })

  it.each([
    ['ES256', rsa, /ES256 wants a key of kind EC P-256, and the key is of kind RSA/],
    ['RS256', ec, /RS256 wants a key of kind RSA, and the key is of kind EC P-256/],
    ['ES384', ec, /wants a key of kind EC P-384/],
    ['ES256K', ec, /wants a key of kind EC secp256k1/],
    ['EdDSA', ec, /wants a key of kind OKP Ed25519 or Ed448/],
    ['Ed448', ed, /wants a key of kind OKP Ed448/],
    ['PS256', ed, /wants a key of kind RSA/],
  ])('%s with a key of another kind cannot be right', async (alg, { jwk }, reason) => {
    expect(await verdict(forged(alg, jwk))).toMatchObject({ status: 'invalid', reason: expect.stringMatching(reason) })
    const byKid = { ...forged(alg, undefined), protected: encode({ alg, kid: KID }) }
    expect((await verdict(byKid, knows(jwk))).status).toBe('invalid')
    expect((await verdict(byKid, knows(jwk, 'another recording'))).status).toBe('unverifiable')
  })

  it('does not confuse RSA paddings', async () => {
    const jws = rsa.sign({}, { jwk: rsa.jwk, alg: 'PS256' })
    expect((await verdict(jws)).status).toBe('invalid')
  })

  it.each([{ crit: ['exp'] }, { crit: ['b64'], b64: false }, { b64: false }, { b64: true }, { crit: 7 }])(
    'does not check a header that asks for extensions: %j',
    async (more) => {
      const jws = await read(ec.sign({}, { jwk: ec.jwk, ...more }))
      expect(jws.signature).toMatchObject({ status: 'unverifiable', reason: expect.stringContaining('extension') })
      expect(jws.problems).not.toEqual([])
    },
  )

  it('keeps out of the prototype', async () => {
    const text = `{"alg":"ES256","__proto__":{"jwk":${JSON.stringify(ec.jwk)}},"constructor":1}`
    const jws = await read({ ...ec.sign({}, {}), protected: encode(text) })
    expect(jws).toMatchObject({ jwk: null, kid: null, signature: { status: 'unverifiable' } })
    expect((await verdict(ec.sign({}, { kid: '__proto__' }))).status).toBe('unverifiable')
  })
})

describe('the form of a JWS', () => {
  const account = createSigner('ES256')
  const jws = account.sign({}, { jwk: account.jwk })

  it.each([
    ['an unprotected header', { ...jws, header: { kid: 'x' } }, /unprotected “header”/],
    ['the general serialization', { payload: jws.payload, signatures: [jws, jws] }, /“signatures”/],
    ['both serializations at once', { ...jws, signatures: [] }, /“signatures”/],
    [
      'a member named twice',
      { ...jws, protected: encode('{"alg":"ES256","nonce":"a","nonce":"b"}') },
      /names a member twice/,
    ],
  ])('has a problem with %s', async (_what, value, problem) => {
    const { problems } = await read(value)
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  it('takes the same name in two objects for no problem', async () => {
    const header = encode('{"alg":"ES256","a":{"alg":1},"b":[{"alg":1},{"alg":2}]}')
    expect((await read({ ...jws, protected: header })).problems).toEqual([])
  })

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { protected: 'a', payload: 'b' },
    { protected: 1, payload: 2, signature: 3 },
    { payload: '', signatures: [] },
    { payload: '', signatures: [null] },
  ])('is not fooled by %j', async (value) => {
    expect(await readJws(value, noKeys)).toBeNull()
  })

  it('survives a JWS nested without end', async () => {
    let value: unknown = { protected: '', payload: '', signature: '' }
    for (let depth = 0; depth < 8; depth++)
      value = { protected: encode({ alg: 'ES256' }), payload: encode(value), signature: '' }
    expect((await read(value)).inner?.jws.inner).toBeNull()
  })
})

describe('a JWS inside a JWS', () => {
  const [account, next] = [createSigner('ES256'), createSigner('RS256')]

  it('binds the account key, with a MAC that only the CA can check', async () => {
    const binding = signWithMac('secret', account.jwk, { kid: 'eab-1', url: NEW_ORDER })
    const { inner, thumbprint } = await read(
      account.sign({ externalAccountBinding: binding }, { ...HEADER, jwk: account.jwk }),
    )
    expect(inner).toMatchObject({
      purpose: 'externalAccountBinding',
      payloadThumbprint: thumbprint,
      jws: { alg: 'HS256', kid: 'eab-1', nonce: null, url: NEW_ORDER, signature: { status: 'unverifiable' } },
    })
  })

  it('tells when another key is to be bound', async () => {
    const bound = async (payload: unknown) => {
      const binding = signWithMac('secret', payload, { kid: 'eab-1', url: NEW_ORDER })
      return (await read(account.sign({ externalAccountBinding: binding }, { jwk: account.jwk }))).inner
    }
    expect((await bound(next.jwk))?.payloadThumbprint).toBe(thumbprintOf(next.jwk))
    expect((await bound({ kty: 'EC' }))?.payloadThumbprint).toBeNull()
    expect((await bound(['no key']))?.payloadThumbprint).toBeNull()
  })

  it('changes the key: verified with the new one, which it carries, and naming the old one', async () => {
    const change = next.sign({ account: KID, oldKey: account.jwk }, { jwk: next.jwk, url: NEW_ORDER })
    const outer = await read(account.sign(change, { ...HEADER, kid: KID }), knows(account.jwk))
    expect(outer.signature).toMatchObject({ status: 'valid', key: 'this recording' })
    expect(outer.inner).toMatchObject({
      purpose: 'keyChange',
      account: KID,
      payloadThumbprint: thumbprintOf(account.jwk),
      jws: { thumbprint: thumbprintOf(next.jwk), signature: { status: 'valid', key: 'jwk' } },
    })
    const wrong = { ...change, signature: tampered(change.signature) }
    const { inner } = await read(account.sign(wrong, { kid: KID }), knows(account.jwk))
    expect(inner?.jws.signature.status).toBe('invalid')
  })
})

describe('whatever is sent', () => {
  const account = createSigner('ES256')
  const jwk = fc.dictionary(fc.constantFrom('kty', 'crv', 'x', 'y', 'n', 'e', '__proto__'), fc.jsonValue())
  const header = fc.record(
    {
      alg: fc.oneof(fc.constantFrom<string>(...SIGNER_ALGORITHMS, 'HS256', 'none'), fc.string()),
      jwk: fc.oneof(jwk, fc.constantFrom(account.jwk), fc.jsonValue()),
      kid: fc.oneof(fc.constant(KID), fc.jsonValue()),
      crit: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const encoded = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map(toBase64url),
    header.map(encode),
    fc.json().map(encode),
    fc.string(),
  )
  const keys: AccountKeys = knows(account.jwk)

  it('nothing throws and nothing is valid that was not signed', async () => {
    const record = fc.record({ protected: encoded, payload: encoded, signature: encoded })
    await fc.assert(
      fc.asyncProperty(fc.oneof(record, fc.jsonValue()), async (value) => {
        const jws = await readJws(value, keys)
        expect(jws?.signature.status).not.toBe('valid')
      }),
      { numRuns: 1000 },
    )
  })

  it('one bit changed anywhere is never valid', async () => {
    const jws = account.sign({ a: 1 }, { ...HEADER, kid: KID })
    const part = fc.constantFrom('protected', 'payload', 'signature')
    await fc.assert(
      fc.asyncProperty(part, fc.nat(), fc.integer({ min: 0, max: 7 }), async (name, at, bit) => {
        const bytes = Buffer.from(jws[name as keyof typeof jws], 'base64url')
        const index = at % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
        const { status } = await verdict({ ...jws, [name]: bytes.toString('base64url') }, keys)
        expect(status).not.toBe('valid')
      }),
      { numRuns: 500 },
    )
  })
})
