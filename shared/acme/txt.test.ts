import { describe, expect, it } from 'vitest'
import type { Challenge } from './model.ts'
import { expectedTxt, keyAuthorization, matchTxt } from './txt.ts'

const THUMBPRINT = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ'

function challenge(url: string, name: string, token: string): Challenge {
  const authorized = keyAuthorization(token, THUMBPRINT)
  const seen = { status: 'pending', history: [], wire: null, exchanges: [], error: null, answeredBy: null }
  return {
    ...seen,
    url,
    type: 'dns-01',
    authorization: `${url}/authz`,
    token,
    keyAuthorization: authorized,
    expectedTxt: expectedTxt(name, authorized),
  }
}

const [apex, wildcard] = [
  challenge('apex', 'nas.example.test', 'token-a'),
  challenge('wildcard', 'nas.example.test', 'token-w'),
]
const known = { challenges: new Map([apex, wildcard].map((one) => [one.url, one])) }
const written = (name: string, value: string | null | undefined) => ({ name, type: 'TXT', value: value ?? null })

describe('expectedTxt', () => {
  it('is the SHA-256 of the key authorization in base64url (RFC 8555 §8.4)', () => {
    // printf %s "abc.$THUMBPRINT" | openssl dgst -sha256 -binary | basenc --base64url
    expect(expectedTxt('example.test', `abc.${THUMBPRINT}`)).toEqual({
      name: '_acme-challenge.example.test',
      value: 'ZdYXVeiNDmMeIvq24TlQoAV3SDD7a56T0thWrvUwy-o',
    })
  })

  it.each(['<token_1>', 'aaa...bbb', ''])('knows no key authorization for the cut token %j', (token) => {
    expect(keyAuthorization(token, THUMBPRINT)).toBeNull()
  })
})

describe('matchTxt', () => {
  it('tells an apex from its wildcard by value, as they share the name', () => {
    const matches = matchTxt(known, written('_acme-challenge.nas.example.test', wildcard.expectedTxt?.value))
    expect(matches).toEqual([{ challenge: 'wildcard', authorization: 'wildcard/authz', matches: true }])
  })

  it('finds the value under another name (a CNAME may lead there), and in quotes', () => {
    const matches = matchTxt(known, written('x.validation.example.net', `"${apex.expectedTxt?.value}"`))
    expect(matches).toEqual([{ challenge: 'apex', authorization: 'apex/authz', matches: true }])
  })

  it('calls another value under the name a mismatch', () => {
    const matches = matchTxt(known, written('_acme-challenge.nas.example.test.', 'something-else'))
    expect(matches.map(({ matches }) => matches)).toEqual([false, false])
  })

  it('has nothing to say of other names and other types', () => {
    expect(matchTxt(known, written('_acme-challenge.www.example.test', 'x'))).toEqual([])
    expect(matchTxt(known, { name: '_acme-challenge.nas.example.test', type: 'CNAME', value: 'y' })).toEqual([])
  })
})
