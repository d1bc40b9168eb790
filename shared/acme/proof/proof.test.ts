import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Challenge, Proof } from '../model.ts'
import { accountLabel, keyAuthorization, type ProofInput, proofOf, tokenIn } from './proof.ts'
import { indexProof, matchTxt, noProofs } from './proof-index.ts'

const THUMBPRINT = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ'
const ACCOUNT = 'https://ca.example.test/acme/acct/1'

const input = (change: Partial<ProofInput> = {}): ProofInput => ({
  wire: {},
  name: 'example.test',
  wildcard: false,
  token: 'abc',
  keyAuthorization: `abc.${THUMBPRINT}`,
  account: ACCOUNT,
  ...change,
})

describe('what a challenge wants', () => {
  it('dns-01: the SHA-256 of the key authorization in base64url (RFC 8555 §8.4)', () => {
    // printf %s "abc.$THUMBPRINT" | openssl dgst -sha256 -binary | basenc --base64url
    const value = 'ZdYXVeiNDmMeIvq24TlQoAV3SDD7a56T0thWrvUwy-o'
    expect(proofOf('dns-01', input())).toEqual({ kind: 'txt', name: '_acme-challenge.example.test', value })
  })

  it('dns-account-01: the same value under a label of the account', () => {
    const digest = createHash('sha256').update(ACCOUNT).digest().subarray(0, 10)
    // Python's base64.b32encode of the first ten octets, in lower case.
    const bits = [...digest].map((octet) => octet.toString(2).padStart(8, '0')).join('')
    const label = bits.replace(/.{5}/g, (five) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(five, 2)))
    expect(accountLabel(ACCOUNT)).toBe(`_${label}`)
    // The example of draft-ietf-acme-dns-account-label §3.1.
    expect(accountLabel('https://example.com/acme/acct/ExampleAccount')).toBe('_ujmmovf2vn55tgye')
    const dns01 = proofOf('dns-01', input()) as Proof & { kind: 'txt' }
    expect(proofOf('dns-account-01', input())).toEqual({
      ...dns01,
      name: `_${label}._acme-challenge.example.test`,
    })
    expect(proofOf('dns-account-01', input({ account: null }))).toBeNull()
  })

  it('http-01: the key authorization itself, where the token says (RFC 8555 §8.3)', () => {
    const url = 'http://example.test/.well-known/acme-challenge/abc'
    expect(proofOf('http-01', input())).toEqual({ kind: 'http', url, body: `abc.${THUMBPRINT}` })
    expect(proofOf('http-01', input({ name: '2001:db8::1' }))).toMatchObject({
      url: 'http://[2001:db8::1]/.well-known/acme-challenge/abc',
    })
    expect(tokenIn(url)).toBe('abc')
    expect(tokenIn('http://example.test/else/abc')).toBeNull()
  })

  it('tls-alpn-01: its SHA-256 in a certificate (RFC 8737 §3)', () => {
    const digest = createHash('sha256').update(`abc.${THUMBPRINT}`).digest('hex')
    expect(proofOf('tls-alpn-01', input())).toEqual({ kind: 'tls-alpn', name: 'example.test', digest })
  })

  it('dns-persist-01: no token, but the names of the CA and the account', () => {
    const wire = { 'issuer-domain-names': ['ca.example'], accounturi: 'https://ca.example.test/acct/9' }
    expect(proofOf('dns-persist-01', input({ wire, token: null, keyAuthorization: null }))).toEqual({
      kind: 'persistent-txt',
      name: '_validation-persist.example.test',
      issuers: ['ca.example'],
      account: 'https://ca.example.test/acct/9',
      wildcard: false,
    })
  })

  it('dns-persist-01 of a CA that names accounts by a hash: the place, and no account to compare', () => {
    expect(
      proofOf('dns-persist-01', input({ wire: { issuerDomainNames: ['ca.example'] }, token: null })),
    ).toMatchObject({
      issuers: ['ca.example'],
      account: null,
    })
  })

  it('is not known for a type nobody described', () => {
    expect(proofOf('carrier-pigeon-01', input())).toBeNull()
    expect(proofOf('__proto__', input())).toBeNull()
  })

  it.each(['<token_1>', 'aaa...bbb', ''])('knows no key authorization for the cut token %j', (token) => {
    expect(keyAuthorization(token, THUMBPRINT)).toBeNull()
  })
})

function challenge(url: string, type: string, change: Partial<ProofInput>): Challenge {
  const token = change.token ?? url
  const authorized = keyAuthorization(token, THUMBPRINT)
  const seen = { status: 'pending', history: [], wire: null, exchanges: [], error: null, answeredBy: null }
  return {
    ...seen,
    url,
    type,
    authorization: `${url}/authz`,
    token,
    keyAuthorization: authorized,
    proof: proofOf(type, input({ token, keyAuthorization: authorized, ...change })),
  }
}

function indexed(...challenges: readonly Challenge[]) {
  const index = noProofs()
  for (const one of challenges) indexProof(index, undefined, one)
  const known = new Map(challenges.map((one) => [one.url, one]))
  return (name: string | null, value: string | null, type = 'TXT') => matchTxt(index, known, { name, value, type })
}

const txtOf = ({ proof }: Challenge): string => (proof?.kind === 'txt' ? (proof.value ?? '') : '')

describe('what was written', () => {
  const apex = challenge('apex', 'dns-01', { name: 'nas.example.test' })
  const wildcard = challenge('wildcard', 'dns-01', { name: 'nas.example.test', wildcard: true })
  const written = indexed(apex, wildcard)

  it('tells an apex from its wildcard by value, as they share the name', () => {
    const matches = written('_acme-challenge.nas.example.test', txtOf(wildcard))
    expect(matches).toEqual([{ challenge: 'wildcard', authorization: 'wildcard/authz', matches: true }])
  })

  it('is found under another name (a CNAME may lead there), and in quotes', () => {
    const matches = written('x.validation.example.net', `"${txtOf(apex)}"`)
    expect(matches).toEqual([{ challenge: 'apex', authorization: 'apex/authz', matches: true }])
  })

  it('is a mismatch with another value under the name', () => {
    const matches = written('_acme-challenge.nas.example.test.', 'something-else')
    expect(matches.map(({ matches }) => matches)).toEqual([false, false])
  })

  it('is tied to what is still open only', () => {
    const over = { ...apex, status: 'valid' }
    expect(indexed(over, wildcard)('_acme-challenge.nas.example.test', 'x')).toMatchObject([{ challenge: 'wildcard' }])
  })

  it('has nothing to do with other names and other types', () => {
    expect(written('_acme-challenge.www.example.test', 'x')).toEqual([])
    expect(written('_acme-challenge.nas.example.test', 'y', 'CNAME')).toEqual([])
  })

  it('for dns-persist-01 must name the CA, the account, and the wildcard where it is one', () => {
    const wire = { 'issuer-domain-names': ['ca.example', 'alt.example'] }
    const persistent = indexed(challenge('p', 'dns-persist-01', { wire, wildcard: true }))
    const verdict = (value: string) => persistent('_validation-persist.example.test', value)[0]?.matches
    expect(verdict(`alt.example; accounturi=${ACCOUNT}; policy=wildcard; persistUntil=1900000000`)).toBe(true)
    expect(verdict(`alt.example;accounturi=${ACCOUNT}`)).toBe(false)
    expect(verdict(`alt.example; accounturi=${ACCOUNT}2; policy=wildcard`)).toBe(false)
    expect(verdict(`other.example; accounturi=${ACCOUNT}; policy=wildcard`)).toBe(false)
    expect(verdict('__proto__')).toBe(false)
  })
})
