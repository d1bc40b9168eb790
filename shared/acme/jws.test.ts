import { exportJWK, FlattenedSign, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { toBase64url } from './base64url.ts'
import { readJws } from './jws.ts'
import { type AccountKeys, noKeys } from './keys.ts'
import type { JsonObject, Jws } from './model.ts'

const NEW_ORDER = 'https://ca.example.test/new-order'
const KID = 'https://ca.example.test/acct/1'
const encode = (value: unknown) => toBase64url(new TextEncoder().encode(JSON.stringify(value)))

async function signer(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = (await exportJWK(publicKey)) as JsonObject
  const sign = (payload: string, header: object) =>
    new FlattenedSign(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg, nonce: 'n1', url: NEW_ORDER, ...header })
      .sign(privateKey)
  return { jwk, sign }
}

const knows = (jwk: JsonObject): AccountKeys => new Map([[KID, [{ jwk, source: 'this recording', certain: true }]]])

async function read(value: unknown, keys = noKeys): Promise<Jws> {
  const jws = await readJws(value, keys)
  if (!jws) throw new Error('not a JWS')
  return jws
}

describe('readJws', () => {
  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'])(
    'verifies %s by jwk and by a learnt kid',
    async (alg) => {
      const { jwk, sign } = await signer(alg)
      const byKey = await read(await sign('{"a":1}', { jwk }))
      expect(byKey.signature).toMatchObject({ status: 'valid', thumbprint: byKey.thumbprint })
      expect(byKey).toMatchObject({ alg, kid: null, nonce: 'n1', url: NEW_ORDER, problems: [] })
      expect(byKey.payload).toEqual({ kind: 'json', value: { a: 1 } })

      const byAccount = await read(await sign('', { kid: KID }), knows(jwk))
      expect(byAccount.signature.status).toBe('valid')
      expect(byAccount).toMatchObject({ kid: KID, isPostAsGet: true, payload: { kind: 'empty' } })
    },
  )

  it('calls a signature invalid only when the whole check failed', async () => {
    const { jwk, sign } = await signer('ES256')
    const other = await signer('ES256')
    const jws = await sign('{"a":1}', { jwk })
    expect((await read({ ...jws, payload: encode({ a: 2 }) })).signature.status).toBe('invalid')
    expect((await read(await sign('{}', { kid: KID }), knows(other.jwk))).signature.status).toBe('invalid')
  })

  it.each([
    ['a shortened signature', { signature: 'PkiNgKlURafo...8V2yQRzibY' }, /signature was shortened/],
    ['a placeholder', { signature: '<signature_1>' }, /signature was shortened/],
    ['a header that is no JSON', { protected: 'bm90IGpzb24' }, /header cannot be read/],
    ['a header that is no base64url', { protected: '{"alg":"ES256"}' }, /header cannot be read/],
  ])('cannot check %s, and says why', async (_what, change, reason) => {
    const { jwk, sign } = await signer('ES256')
    const jws = await read({ ...(await sign('{}', { jwk })), ...change })
    expect(jws.signature).toMatchObject({ status: 'unverifiable', reason: expect.stringMatching(reason) })
    expect(jws.problems).not.toEqual([])
  })

  it('cannot check with a key that was shortened, is unknown, or is of an unknown kind', async () => {
    const { jwk, sign } = await signer('RS256')
    const cut = { ...jwk, n: 'txHVs5DnkevYfwsxT...qJRoxmQYVNdo' }
    expect((await read(await sign('{}', { jwk: cut }))).signature.reason).toMatch(/key was shortened/)
    expect((await read(await sign('{}', { kid: KID }))).signature.reason).toMatch(/key was not seen/)
    const exotic = {
      protected: encode({ alg: 'ML-DSA-9', jwk: { kty: 'AKP', alg: 'ML-DSA-9', pub: 'AA' } }),
      payload: '',
      signature: 'AA',
    }
    expect((await read(exotic)).signature).toMatchObject({
      status: 'unverifiable',
      reason: expect.stringContaining('ML-DSA-9'),
    })
  })

  it('reads the JWS inside an account binding, whose MAC only the CA can check', async () => {
    const { jwk, sign } = await signer('ES256')
    const binding = {
      protected: encode({ alg: 'HS256', kid: 'eab-1', url: NEW_ORDER }),
      payload: encode(jwk),
      signature: 'AAAA',
    }
    const { inner } = await read(await sign(JSON.stringify({ externalAccountBinding: binding }), { jwk }))
    expect(inner).toMatchObject({
      purpose: 'externalAccountBinding',
      jws: { kid: 'eab-1', signature: { status: 'unverifiable' } },
    })
  })

  it('reads and verifies the inner request of a key change with the new key', async () => {
    const [old, next] = [await signer('ES256'), await signer('RS256')]
    const inner = await next.sign(JSON.stringify({ account: KID, oldKey: old.jwk }), { jwk: next.jwk })
    const outer = await read(await old.sign(JSON.stringify(inner), { kid: KID }), knows(old.jwk))
    expect(outer.signature.status).toBe('valid')
    expect(outer.inner).toMatchObject({ purpose: 'keyChange', jws: { signature: { status: 'valid' } } })
  })

  it.each([null, 7, 'text', [], {}, { protected: 'a', payload: 'b' }, { protected: 1, payload: 2, signature: 3 }])(
    'is not fooled by %j',
    async (value) => {
      expect(await readJws(value, noKeys)).toBeNull()
    },
  )

  it('survives a JWS nested without end', async () => {
    let value: unknown = { protected: '', payload: '', signature: '' }
    for (let depth = 0; depth < 8; depth++)
      value = { protected: encode({ alg: 'ES256' }), payload: encode(value), signature: '' }
    expect((await read(value)).inner?.jws.inner).toBeNull()
  })
})
