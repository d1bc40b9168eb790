import { describe, expect, it } from 'vitest'
import {
  allSections,
  challengeRow,
  fieldRow,
  headerRow,
  identifierRow,
  isReachable,
  isRegistered,
  linkRows,
  operationRow,
  problemRow,
  reasonRow,
  reference,
  referencesOf,
  sectionText,
  statusRow,
} from './registry.ts'

/** Every numbered section of RFC 8555, under the title it has there. */
const RFC_8555 = `1 Introduction
2 Deployment Model and Operator Experience
3 Terminology
4 Protocol Overview
5 Character Encoding
6 Message Transport
6.1 HTTPS Requests
6.2 Request Authentication
6.3 GET and POST-as-GET Requests
6.4 Request URL Integrity
6.4.1 "url" (URL) JWS Header Parameter
6.5 Replay Protection
6.5.1 Replay-Nonce
6.5.2 "nonce" (Nonce) JWS Header Parameter
6.6 Rate Limits
6.7 Errors
6.7.1 Subproblems
7 Certificate Management
7.1 Resources
7.1.1 Directory
7.1.2 Account Objects
7.1.2.1 Orders List
7.1.3 Order Objects
7.1.4 Authorization Objects
7.1.5 Challenge Objects
7.1.6 Status Changes
7.2 Getting a Nonce
7.3 Account Management
7.3.1 Finding an Account URL Given a Key
7.3.2 Account Update
7.3.3 Changes of Terms of Service
7.3.4 External Account Binding
7.3.5 Account Key Rollover
7.3.6 Account Deactivation
7.4 Applying for Certificate Issuance
7.4.1 Pre-authorization
7.4.2 Downloading the Certificate
7.5 Identifier Authorization
7.5.1 Responding to Challenges
7.5.2 Deactivating an Authorization
7.6 Certificate Revocation
8 Identifier Validation Challenges
8.1 Key Authorizations
8.2 Retrying Challenges
8.3 HTTP Challenge
8.4 DNS Challenge
9 IANA Considerations
9.1 Media Type: application/pem-certificate-chain
9.2 Well-Known URI for the HTTP Challenge
9.3 Replay-Nonce HTTP Header
9.4 "url" JWS Header Parameter
9.5 "nonce" JWS Header Parameter
9.6 URN Sub-namespace for ACME (urn:ietf:params:acme)
9.7 New Registries
9.7.1 Fields in Account Objects
9.7.2 Fields in Order Objects
9.7.3 Fields in Authorization Objects
9.7.4 Error Types
9.7.5 Resource Types
9.7.6 Fields in the "meta" Object within a Directory Object
9.7.7 Identifier Types
9.7.8 Validation Methods
10 Security Considerations
10.1 Threat Model
10.2 Integrity of Authorizations
10.3 Denial-of-Service Considerations
10.4 Server-Side Request Forgery
10.5 CA Policy Considerations
11 Operational Considerations
11.1 Key Selection
11.2 DNS Security
11.3 Token Entropy
11.4 Malformed Certificate Chains
12 References
12.1 Normative References
12.2 Informative References`

describe('the registry', () => {
  it('knows sections with title, words and address', () => {
    expect(reference('RFC 8555 §7.4')).toEqual({
      document: 'RFC 8555',
      section: '7.4',
      title: 'Applying for Certificate Issuance',
      url: 'https://www.rfc-editor.org/rfc/rfc8555#section-7.4',
    })
    expect(sectionText({ document: 'RFC 8555', section: '7.4' })).toMatch(/finalize/)
    expect(() => reference('RFC 8555 §99')).toThrow('§99')
  })

  it('holds every section of RFC 8555 under its title', () => {
    const held = allSections().filter(({ document }) => document === 'RFC 8555')
    expect(held.map(({ section, title }) => `${section} ${title}`)).toEqual(RFC_8555.split('\n'))
  })

  it.each([
    ['RFC 9773', ['3', '4', '4.1', '4.2', '4.3', '5', '7.4']],
    ['RFC 8737', ['3', '6.1', '6.2']],
    ['RFC 8738', ['3', '4', '5', '6', '7']],
    ['RFC 8739', ['3.1.1', '3.1.2', '3.2', '3.3', '3.4', '3.5']],
    ['RFC 9444', ['4.1', '4.2', '4.3', '4.4']],
    ['RFC 5280', ['4.1.2.5', '5.3.1']],
  ])('holds the sections of %s', (document, sections) => {
    const held = allSections().filter((one) => one.document === document)
    expect(held.map(({ section }) => section)).toEqual(sections)
  })

  it('says of every section what it asks, in whole sentences', () => {
    const wordless = allSections().filter((section) => !/^\S.*\S\.$/.test(sectionText(section) ?? ''))
    expect(wordless).toEqual([])
  })

  it('says it in two sentences, and in none of the words of a requirement', () => {
    const texts = allSections().map((section) => sectionText(section) ?? '')
    expect(texts.filter((text) => text.length > 330 || /\b(MUST|SHOULD|MAY|RECOMMENDED)\b/.test(text))).toEqual([])
    const of8555 = allSections().filter(({ document }) => document === 'RFC 8555')
    const sentences = (text: string) => text.split(/[.?!](?=\s+["A-Z§]|\s+http-01|$)/).filter(Boolean).length
    const others = of8555.filter((section) => ![2, 3].includes(sentences(sectionText(section) ?? '')))
    expect(others.map(({ section }) => section)).toEqual([])
  })

  it('puts the badge first and adds what else is true of a step', () => {
    const cited = referencesOf('challenge', new Set(['signed', 'token', 'challenge dns-01']))
    expect(cited.map(({ section }) => section)).toEqual(['7.5.1', '8.4', '8.1', '6.2', '6.4', '6.5.2'])
  })

  it('says nothing of what no document describes', () => {
    const unknown = [
      operationRow('other'),
      problemRow('noSuch'),
      problemRow(null),
      challengeRow('x-01'),
      identifierRow('passport'),
      fieldRow('order', 'x'),
      fieldRow('order', '__proto__'),
      statusRow('order', 'sleeping'),
      reasonRow(7),
      headerRow('X-Anything'),
    ]
    expect(unknown.filter((row) => row !== null)).toEqual([])
    expect(linkRows('other')).toEqual([])
  })

  it.each([
    ['http-01', 'RFC 8555 §8.3'],
    ['dns-01', 'RFC 8555 §8.4'],
    ['tls-alpn-01', 'RFC 8737 §3'],
    ['dns-account-01', 'dns-account-01 (draft) §3.2'],
    ['dns-persist-01', 'dns-persist-01 (draft) §4'],
    ['onion-csr-01', 'RFC 9799 §3.2'],
    ['email-reply-00', 'RFC 8823 §3'],
    ['tkauth-01', 'RFC 9447 §3'],
    ['device-attest-01', 'device-attest-01 (draft) §5'],
    ['bp-nodeid-00', 'RFC 9891 §3.1'],
  ])('challenge %s is written in %s', (type, cite) => {
    const row = challengeRow(type)
    expect(row && isRegistered(row)).toBe(true)
    expect(row?.cite).toBe(cite)
  })

  it.each(['wire-oidc-01', 'wire-dpop-01', 'sectigo-email-01'])(
    "explains a vendor's own %s as not registered",
    (type) => {
      const row = challengeRow(type)
      expect(row?.proof).toMatch(/\w/)
      expect(row && isRegistered(row)).toBe(false)
    },
  )

  it.each([
    ['dns', 'RFC 8555 §7.1.4'],
    ['ip', 'RFC 8738 §3'],
    ['email', 'RFC 8823 §3'],
    ['TNAuthList', 'RFC 9448 §3'],
    ['JWTClaimConstraints', 'ACME JWTClaimConstraints (draft) §3'],
    ['permanent-identifier', 'device-attest-01 (draft) §3'],
    ['hardware-module', 'device-attest-01 (draft) §4'],
    ['bundleEID', 'RFC 9891 §2'],
  ])('identifier %s is written in %s', (type, cite) => {
    expect(identifierRow(type)?.cite).toBe(cite)
  })

  it.each([
    ['badNonce', 'RFC 8555 §6.5'],
    ['userActionRequired', 'RFC 8555 §7.3.3'],
    ['alreadyReplaced', 'RFC 9773 §7.4'],
    ['autoRenewalCanceled', 'RFC 8739 §3.1.2'],
    ['autoRenewalExpired', 'RFC 8739 §3.3'],
    ['autoRenewalCancellationInvalid', 'RFC 8739 §3.1.2'],
    ['autoRenewalRevocationNotSupported', 'RFC 8739 §3.1.2'],
    ['unknownDelegation', 'RFC 9115 §2.3.1.3'],
    ['onionCAARequired', 'RFC 9799 §6.4.1'],
    ['invalidProfile', 'ACME profiles (draft) §6.3'],
    ['badAttestationStatement', 'device-attest-01 (draft) §7.3'],
  ])('problem %s is written in %s', (type, cite) => {
    expect(problemRow(type)?.cite).toBe(cite)
  })

  it('knows headers in any case, and reasons by their number', () => {
    expect(headerRow('Replay-Nonce')?.cite).toBe('RFC 8555 §6.5.1')
    expect(headerRow('Cert-Not-After')?.cite).toBe('RFC 8739 §3.3')
    expect(reasonRow(1)).toMatchObject({ name: 'keyCompromise', cite: 'RFC 5280 §5.3.1' })
  })

  it.each([
    ['order', 'pending', 'valid', true],
    ['order', 'valid', 'pending', false],
    ['order', 'valid', 'canceled', true],
    ['order', 'canceled', 'valid', false],
    ['order', 'canceled', 'canceled', true],
    ['order', 'valid', 'invalid', true],
    ['order', 'invalid', 'sleeping', true],
    ['order', 'sleeping', 'valid', true],
    ['authorization', 'valid', 'deactivated', true],
    ['authorization', 'invalid', 'valid', false],
    ['authorization', 'expired', 'valid', false],
    ['challenge', 'pending', 'invalid', true],
    ['challenge', 'processing', 'processing', true],
    ['challenge', 'invalid', 'processing', false],
    ['account', 'deactivated', 'valid', false],
    ['account', 'valid', 'revoked', true],
    ['thing', 'here', 'there', true],
  ])('%s: %s to %s is reachable: %j', (object, from, to, expected) => {
    expect(isReachable(object, from, to)).toBe(expected)
  })
})
