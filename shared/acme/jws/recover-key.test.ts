import { describe, expect, it } from 'vitest'
import {
  type AccountSigner,
  createSigner,
  type FlattenedJws,
  type SignerAlgorithm,
  signedExchange,
} from '../../../test/lab/account-signer.ts'
import type { Exchange } from '../../exchange.ts'
import { decodeAll } from '../decode.ts'
import type { Decoded, SignatureVerdict } from '../model.ts'
import { thumbprintOf } from './jwk.ts'
import { decodeNext, startKeyring } from './keyring.ts'
import { type AccountKeys, keysElsewhere, keysIn, noKeys } from './keys.ts'
import { recoverKeys } from './recover-key.ts'

const CA = 'https://ca.example.test'
const KID = `${CA}/acct/1`

/** A request that only names its account. */
const request = (account: AccountSigner, sequence: number, kid = KID): Exchange =>
  signedExchange(sequence, `${CA}/order/${sequence}`, sign(account, sequence, kid))

const sign = (account: AccountSigner, sequence: number, kid = KID): FlattenedJws =>
  account.sign('', { kid, nonce: `n${sequence}`, url: `${CA}/order/${sequence}` })

const registration = (account: AccountSigner, sequence: number): Exchange =>
  signedExchange(
    sequence,
    `${CA}/new-account`,
    account.sign({ termsOfServiceAgreed: true }, { jwk: account.jwk, nonce: `n${sequence}`, url: `${CA}/new-account` }),
    { status: 201, location: KID },
  )

const keyChange = (from: AccountSigner, to: AccountSigner, sequence: number, status = 200): Exchange => {
  const url = `${CA}/key-change`
  const inner = to.sign({ account: KID, oldKey: from.jwk }, { jwk: to.jwk, url })
  return signedExchange(sequence, url, from.sign(inner, { kid: KID, nonce: `n${sequence}`, url }), { status })
}

const verdictsOf = (all: readonly Decoded[]): readonly SignatureVerdict[] =>
  all.flatMap((one) => (one.kind === 'exchange' && one.jws ? one.jws.signature : []))
const sources = async (exchanges: readonly Exchange[], known: AccountKeys = noKeys) =>
  verdictsOf(await decodeAll(exchanges, known)).map(({ status, key }) => (status === 'valid' ? key : status))

describe.each<SignerAlgorithm>(['ES256', 'ES384', 'ES512', 'ES256K'])('%s', (alg) => {
  it('gives its key away with two signatures', async () => {
    const account = createSigner(alg)
    const exchanges = [1, 2, 3].map((sequence) => request(account, sequence))
    const verdicts = verdictsOf(await decodeAll(exchanges))
    expect(verdicts).toHaveLength(3)
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ status: 'valid', key: 'recovered', thumbprint: thumbprintOf(account.jwk) })
      expect(verdict.reason).toContain('recovered from two signatures')
    }
  })

  it('keeps it with one, or with the same one twice', async () => {
    const account = createSigner(alg)
    const once = request(account, 1)
    expect(await sources([once])).toEqual(['unverifiable'])
    expect(await sources([once, { ...once, id: 'e2', sequence: 2 }])).toEqual(['unverifiable', 'unverifiable'])
  })

  it('keeps it where a signature is not that of its request', async () => {
    const account = createSigner(alg)
    const [one, two] = [sign(account, 1), sign(account, 2)]
    const forged = signedExchange(1, CA, { ...one, payload: 'e30' })
    expect(await sources([forged, signedExchange(2, CA, two)])).toEqual(['unverifiable', 'unverifiable'])
  })
})

describe('recovery', () => {
  it('needs no key of a kind it cannot be done with', async () => {
    const accounts = (['RS256', 'EdDSA'] as const).map((alg) => createSigner(alg))
    for (const account of accounts)
      expect(await sources([request(account, 1), request(account, 2)])).toEqual(['unverifiable', 'unverifiable'])
  })

  it('finds both keys of an account that changed its key, seen or unseen', async () => {
    const [old, next] = [createSigner('ES256'), createSigner('ES384')]
    const unseen = [request(old, 1), request(old, 2), request(next, 3), request(next, 4)]
    expect(await sources(unseen)).toEqual(Array(4).fill('recovered'))
    const single = [request(old, 1), request(next, 2), request(next, 3)]
    expect(await sources(single)).toEqual(['unverifiable', 'recovered', 'recovered'])
  })

  it('tells accounts apart', async () => {
    const [one, other] = [createSigner('ES256'), createSigner('ES256')]
    const second = `${CA}/acct/2`
    const exchanges = [request(one, 1), request(other, 2, second), request(one, 3), request(other, 4, second)]
    const verdicts = verdictsOf(await decodeAll(exchanges))
    expect(verdicts.map(({ thumbprint }) => thumbprint)).toEqual(
      [one, other, one, other].map(({ jwk }) => thumbprintOf(jwk)),
    )
  })

  it('goes on past what is no signature, and ends', async () => {
    const account = createSigner('ES256')
    const broken = [1, 2, 3].map((sequence) =>
      signedExchange(sequence, CA, { ...sign(account, sequence), signature: 'AAAA' }),
    )
    expect(await sources([...broken, request(account, 4), request(account, 5)])).toEqual([
      ...Array(3).fill('unverifiable'),
      'recovered',
      'recovered',
    ])
    const strangers = Array.from({ length: 40 }, (_, index) => request(createSigner('ES256'), index + 1))
    expect(new Set(await sources(strangers))).toEqual(new Set(['unverifiable']))
  })

  it('says what it found, for who has only the requests', async () => {
    const account = createSigner('ES256')
    const all = await decodeAll([request(account, 1)])
    const other = await decodeAll([request(account, 2)])
    const requests = [...all, ...other].flatMap((one) => (one.kind === 'exchange' && one.jws ? one.jws : []))
    const keys = await recoverKeys(requests, noKeys)
    expect(keys.get(KID)).toEqual([{ jwk: expect.objectContaining(account.jwk), source: 'recovered', certain: false }])
  })

  it('happens as the exchanges come, from the second on', async () => {
    const account = createSigner('ES256')
    const ring = startKeyring(noKeys)
    const found: Decoded[] = []
    for (const sequence of [1, 2, 3]) found.push(...(await decodeNext(ring, [request(account, sequence)])))
    expect(verdictsOf(found).map(({ status, key }) => key ?? status)).toEqual([
      'unverifiable',
      'recovered',
      'recovered',
    ])
  })
})

describe('keys that are learnt', () => {
  const [old, next] = [createSigner('ES256'), createSigner('RS256')]

  it('come from a registration, and change with the key', async () => {
    const exchanges = [
      registration(old, 1),
      request(old, 2),
      keyChange(old, next, 3),
      request(next, 4),
      request(old, 5),
    ]
    expect(await sources(exchanges)).toEqual([
      'jwk',
      'this recording',
      'this recording',
      'this recording',
      'invalid', // the old key is no longer the account's
    ])
  })

  it('do not change with a key change that was refused', async () => {
    const exchanges = [registration(old, 1), keyChange(old, next, 2, 403), request(old, 3)]
    expect(await sources(exchanges)).toEqual(['jwk', 'this recording', 'this recording'])
  })

  it('serve what came before them, and disprove none of it', async () => {
    const rsa = createSigner('RS256')
    expect(await sources([request(rsa, 1), registration(rsa, 2)])).toEqual(['this recording', 'jwk'])
    expect(await sources([request(rsa, 1), registration(next, 2)])).toEqual(['unverifiable', 'jwk'])
    expect(await sources([request(rsa, 1), keyChange(rsa, next, 2), request(next, 3)])).toEqual(
      Array(3).fill('this recording'),
    )
  })

  it('from elsewhere are tried first, and recovery is tried where they do not fit', async () => {
    const [registered, now] = [createSigner('ES256'), createSigner('ES256')]
    const known = keysElsewhere(keysIn(registration(registered, 1)))
    expect(await sources([request(registered, 1)], known)).toEqual(['another recording'])
    expect(await sources([request(now, 1)], known)).toEqual(['unverifiable'])
    expect(await sources([request(now, 1), request(now, 2)], known)).toEqual(['recovered', 'recovered'])
    expect(await sources([registration(now, 1), request(registered, 2)], known)).toEqual(['jwk', 'invalid'])
  })

  it('are the same whether read from the fact or from what it says', async () => {
    expect(keysIn(registration(old, 1))).toEqual([{ account: KID, jwk: expect.objectContaining({ ...old.jwk }) }])
    expect(keysIn(keyChange(old, next, 1)).map(({ jwk }) => thumbprintOf(jwk))).toEqual([
      thumbprintOf(old.jwk),
      thumbprintOf(next.jwk),
    ])
    expect(keysIn(request(old, 1))).toEqual([])
    const text = { kind: 'text', text: '{"protected":' } as const
    const broken = registration(old, 1)
    expect(keysIn({ ...broken, request: { ...broken.request, body: text } })).toEqual([])
  })

  it('never hold a secret', () => {
    const jwk = { ...next.jwk, d: 'secret' }
    const url = `${CA}/new-account`
    const [key] = keysIn(signedExchange(1, url, next.sign({}, { jwk }), { status: 201, location: KID }))
    expect(Object.keys(key?.jwk ?? {})).toEqual(['e', 'kty', 'n'])
    const secret = next.sign({}, { jwk: { kty: 'oct', k: 'c2VjcmV0' } })
    expect(keysIn(signedExchange(1, url, secret, { status: 201, location: KID }))).toEqual([])
  })
})
