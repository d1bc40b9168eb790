// Real payloads and answers of the corpus, one of each extension, and objects meant to do harm.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHar } from '../../har/read.ts'
import { analyse, startAnalysis } from '../analyse.ts'
import { toBase64url } from '../base64url.ts'
import { decodeAll } from '../decode.ts'
import type { ObjectKind } from '../specs/row.ts'
import { type Explained, type Explanation, explain, explainAnswer, explainPayload } from './explain.ts'

/** `a.b` → what is said of it; elements of lists are numbered from 1. */
function at(explanation: Explanation | null, path: string): Explained {
  const found = path
    .split('.')
    .reduce<{ inside: Explanation | null } | undefined>(
      (one, name) => one?.inside?.fields.find(({ field }) => field === name),
      { inside: explanation },
    )
  if (!found) throw new Error(`nothing is said of ${path}`)
  return found as Explained
}

const place = ({ reference }: Explained) => reference && `${reference.document} §${reference.section}`

/** Paths of the fields that count as not registered, and of those whose word does. */
function unregistered(explanation: Explanation | null, path = ''): readonly string[] {
  return (explanation?.fields ?? []).flatMap((one) => {
    const here = path ? `${path}.${one.field}` : one.field
    return [
      ...(one.registered ? [] : [here]),
      ...(one.meaning?.registered === false ? [`${here}=${one.value}`] : []),
      ...unregistered(one.inside, here),
    ]
  })
}

const base64url = (value: unknown): string => toBase64url(new TextEncoder().encode(JSON.stringify(value)))

const CORPUS = new URL('../../../test/corpus/', import.meta.url)
const EXAMPLES = new URL('../../../recordings/examples/', import.meta.url)

async function stepsOf(file: URL) {
  const analysis = analyse(startAnalysis(), await decodeAll(readHar(readFileSync(file, 'utf8')).exchanges))
  const typeOf = (challenge: string | null) => analysis.challenges.get(challenge ?? '')?.type ?? null
  return analysis.steps.map((step) => ({
    operation: step.operation,
    sent: step.decoded.jws && explainPayload(step.operation, step.decoded.jws, typeOf(step.challenge)),
    shown: explainAnswer(step.operation, step.decoded),
  }))
}

const recordings = [CORPUS, EXAMPLES].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.har'))
    .map((name) => ({ name, file: new URL(name, folder) })),
)

describe('what real clients and CAs say', () => {
  it.each(recordings)('$name: every field is explained, but for what a CA adds of its own', async ({ file }) => {
    const steps = await stepsOf(file)
    const said = steps.flatMap(({ sent, shown }) => [...unregistered(sent), ...unregistered(shown)])
    const own = /^(key|initialIp|createdAt|aXXX5so4OUM|challenges\.\d+\.validationRecord(\.\d+\.\w+)?)$/
    expect(steps.some(({ sent, shown }) => sent || shown)).toBe(true)
    expect(said.filter((path) => !own.test(path))).toEqual([])
  })

  it('an account binding: its own header and the key it binds', async () => {
    const steps = await stepsOf(new URL('lego-eab.har', CORPUS))
    const { sent } = steps.find(({ operation }) => operation === 'newAccount') ?? {}
    expect(place(at(sent ?? null, 'externalAccountBinding'))).toBe('RFC 8555 §7.3.4')
    expect(at(sent ?? null, 'externalAccountBinding.protected.alg').value).toBe('HS256')
    expect(at(sent ?? null, 'externalAccountBinding.protected.kid').text).toMatch(/gave out/)
    expect(at(sent ?? null, 'externalAccountBinding.payload.kty').text).toBe('The kind of key.')
  })

  it('a change of keys: the new key, the account, and the old key', async () => {
    const steps = await stepsOf(new URL('uacme-account.har', CORPUS))
    const { sent } = steps.find(({ operation }) => operation === 'keyChange') ?? {}
    expect(place(at(sent ?? null, 'protected.jwk'))).toBe('RFC 8555 §7.3.5')
    expect(at(sent ?? null, 'payload.account').value).toMatch(/^https:/)
    expect(at(sent ?? null, 'payload.oldKey.kty').value).toMatch(/^(EC|RSA)$/)
  })

  it('fields of the CA that a client sends along mean nothing there', async () => {
    const steps = await stepsOf(new URL('caddy-alpn.har', CORPUS))
    const { sent } = steps.find(({ operation }) => operation === 'newOrder') ?? {}
    expect(at(sent ?? null, 'finalize').text).toMatch(/Only the CA sets it/)
  })

  it('what a vendor adds is explained and still not registered', async () => {
    const steps = await stepsOf(new URL('traefik-letsencrypt-cloudflare.har', EXAMPLES))
    const { shown } = steps.find(({ operation }) => operation === 'directory') ?? {}
    expect(at(shown ?? null, 'aXXX5so4OUM')).toMatchObject({ registered: false, text: expect.stringMatching(/random/) })
    expect(place(at(shown ?? null, 'aXXX5so4OUM'))).toBe('Boulder §')
  })
})

describe('a word', () => {
  it('is explained from its table', () => {
    const order = explain('order', { status: 'ready', identifiers: [{ type: 'ip', value: '2001:db8::1' }] })
    expect(at(order, 'status').meaning).toMatchObject({ text: expect.stringMatching(/CSR/), registered: true })
    expect(at(order, 'identifiers.1')).toMatchObject({ value: 'ip 2001:db8::1' })
    expect(at(order, 'identifiers.1.type').meaning?.reference).toMatchObject({ document: 'RFC 8738', section: '3' })
    const problem = explain('problem', { type: 'urn:ietf:params:acme:error:badNonce' })
    expect(at(problem, 'type').meaning?.text).toMatch(/nonce/)
    expect(at(explain('revokeCert', { reason: 1 }), 'reason').meaning?.text).toMatch(/^keyCompromise: /)
  })

  it('is shown by its own name where no table has it', () => {
    const wire = {
      status: 'sleeping',
      challenges: [{ type: 'carrier-pigeon-01', status: 'flying', ring: 7 }],
      identifier: { type: 'passport', value: 'X1' },
      mood: { good: true },
    }
    const explanation = explain('authorization', wire)
    expect(unregistered(explanation)).toEqual([
      'status=sleeping',
      'challenges.1.type=carrier-pigeon-01',
      'challenges.1.status=flying',
      'challenges.1.ring',
      'identifier.type=passport',
      'mood',
    ])
    expect(at(explanation, 'mood')).toEqual({
      field: 'mood',
      value: '{"good":true}',
      text: null,
      reference: null,
      registered: false,
      meaning: null,
      inside: null,
    })
    expect(unregistered(explain('revokeCert', { reason: 7 }))).toEqual(['reason=7'])
    expect(unregistered(explain('problem', { type: 'urn:ietf:params:acme:error:tired' }))).toHaveLength(1)
    expect(unregistered(explain('problem', { type: 'about:blank' }))).toEqual([])
  })

  it('names the certificate that an order replaces, or says why it names none', () => {
    const meaning = (replaces: unknown) => at(explain('newOrder', { replaces }), 'replaces').meaning?.text
    expect(meaning('aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE')).toMatch(/^serial number 00:87:65:43:21, key 69:88:5B/)
    expect(meaning('nonsense')).toMatch(/no certificate id: it has 0 dots/)
    expect(meaning(5)).toBeUndefined()
  })
})

const token = `x.${base64url({ exp: 1, jti: 'a', atc: { tktype: 'TNAuthList', tkvalue: 'F8', fingerprint: 'SHA256 56:3E', ca: false } })}.y`

/** One object of each extension, and where some of its fields are written. */
const EXTENSIONS: readonly [ObjectKind, string | null, object, Readonly<Record<string, string>>][] = [
  ['directory', null, { renewalInfo: 'https://ca.example.test/ari' }, { renewalInfo: 'RFC 9773 §3' }],
  [
    'renewalInfo',
    null,
    { suggestedWindow: { start: '2025-01-02T04:00:00Z', end: '2025-01-03T04:00:00Z' }, explanationURL: 'https://x' },
    { suggestedWindow: 'RFC 9773 §4.2', 'suggestedWindow.end': 'RFC 9773 §4.2', explanationURL: 'RFC 9773 §4.2' },
  ],
  [
    'directory',
    null,
    {
      meta: {
        'auto-renewal': { 'min-lifetime': 86400, 'max-duration': 31536000, 'allow-certificate-get': true },
        'delegation-enabled': true,
        'allow-certificate-get': true,
        subdomainAuthAllowed: true,
        inBandOnionCAARequired: true,
        profiles: { classic: 'https://ca.example.test/classic' },
        issuerDomainNames: ['ca.example.test'],
        accountHashPrefix: 'https://ca.example.test/hash/',
      },
    },
    {
      'meta.auto-renewal.min-lifetime': 'RFC 8739 §3.2',
      'meta.delegation-enabled': 'RFC 9115 §2.3.4',
      'meta.allow-certificate-get': 'RFC 9115 §2.3.5',
      'meta.subdomainAuthAllowed': 'RFC 9444 §4.4',
      'meta.inBandOnionCAARequired': 'RFC 9799 §6.4.1',
      'meta.profiles': 'ACME profiles (draft) §3',
      'meta.issuerDomainNames': 'dns-persist-01 (draft) §3.2',
    },
  ],
  [
    'order',
    null,
    {
      status: 'canceled',
      'auto-renewal': {
        'start-date': '2016-01-10T00:00:00Z',
        'end-date': '2016-01-20T00:00:00Z',
        lifetime: 345600,
        'lifetime-adjust': 259200,
        'allow-certificate-get': true,
      },
      'star-certificate': 'https://ca.example.test/cert/1',
      delegation: 'https://ca.example.test/delegation/1',
      profile: 'classic',
    },
    {
      'auto-renewal.lifetime-adjust': 'RFC 8739 §3.5',
      'star-certificate': 'RFC 8739 §3.1.1',
      delegation: 'RFC 9115 §2.3.1.3',
      profile: 'ACME profiles (draft) §4',
    },
  ],
  ['orderUpdate', null, { status: 'canceled' }, { status: 'RFC 8739 §3.1.2' }],
  ['account', null, { delegations: 'https://ca.example.test/delegations/1' }, { delegations: 'RFC 9115 §2.3.1.1' }],
  [
    'delegationsList',
    null,
    { delegations: ['https://ca.example.test/delegation/1'] },
    { delegations: 'RFC 9115 §2.3.1.2' },
  ],
  [
    'delegation',
    null,
    { 'csr-template': { keyTypes: [], subject: {}, extensions: {} }, 'cname-map': { 'a.test.': 'b.test.' } },
    { 'csr-template.keyTypes': 'RFC 9115 §4', 'cname-map': 'RFC 9115 §2.3.1.3' },
  ],
  [
    'newOrder',
    null,
    { identifiers: [{ type: 'dns', value: 'a.b.test', ancestorDomain: 'b.test' }] },
    { 'identifiers.1.ancestorDomain': 'RFC 9444 §4.3' },
  ],
  [
    'newAuthz',
    null,
    { identifier: { type: 'dns', value: 'b.test', subdomainAuthAllowed: true }, subdomainAuthAllowed: true },
    { 'identifier.subdomainAuthAllowed': 'RFC 9444 §4.2', subdomainAuthAllowed: 'RFC 9444 §4.2' },
  ],
  ['authorization', null, { subdomainAuthAllowed: true }, { subdomainAuthAllowed: 'RFC 9444 §4.1' }],
  [
    'challenge',
    null,
    { type: 'email-reply-00', url: 'https://x', from: 'a@example.test', token: 'DGyR' },
    { from: 'RFC 8823 §3', token: 'RFC 8823 §3' },
  ],
  [
    'challenge',
    null,
    { type: 'tkauth-01', 'tkauth-type': 'atc', 'token-authority': 'https://a.example.test', token: 'Ilir' },
    { 'tkauth-type': 'RFC 9447 §3', 'token-authority': 'RFC 9447 §3' },
  ],
  [
    'challengeResponse',
    'tkauth-01',
    { tkauth: token },
    { tkauth: 'RFC 9448 §4', 'tkauth.jti': 'RFC 9447 §4', 'tkauth.atc.fingerprint': 'RFC 9447 §3.3' },
  ],
  ['challenge', null, { type: 'dns-account-01', token: 'x' }, { token: 'RFC 8555 §8.1' }],
  [
    'challenge',
    null,
    {
      type: 'dns-persist-01',
      'issuer-domain-names': ['a.test'],
      issuerDomainNames: ['a.test'],
      accounturi: 'https://x',
    },
    { 'issuer-domain-names': 'dns-persist-01 (draft) §3.1', issuerDomainNames: 'dns-persist-01 (draft) §3.1' },
  ],
  [
    'challenge',
    null,
    { type: 'onion-csr-01', nonce: 'bI6/MRqV4gw=', token: 'bI6', authKey: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } },
    { nonce: 'RFC 9799 §3.2', token: 'RFC 9799 §3.2', authKey: 'RFC 9799 §4', 'authKey.crv': 'RFC 7518 §6.2' },
  ],
  ['challengeResponse', 'onion-csr-01', { csr: 'MIIB' }, { csr: 'RFC 9799 §3.2' }],
  [
    'finalize',
    null,
    { csr: 'MIIB', onionCAA: { 'a.onion': { caa: null, expiry: 1697210719, signature: 'u_iP' } } },
    { onionCAA: 'RFC 9799 §6.4' },
  ],
  ['challenge', null, { type: 'device-attest-01', token: 'x' }, { token: 'RFC 8555 §8.1' }],
  ['challengeResponse', 'device-attest-01', { attObj: 'o2Nm' }, { attObj: 'device-attest-01 (draft) §5' }],
  [
    'challenge',
    null,
    { type: 'bp-nodeid-00', 'id-chal': 'dDta', 'token-chal': 'tPUZ' },
    { 'id-chal': 'RFC 9891 §3.1', 'token-chal': 'RFC 9891 §3.1' },
  ],
  ['challengeResponse', 'bp-nodeid-00', { rtt: 300 }, { rtt: 'RFC 9891 §3.2' }],
]

describe('an extension', () => {
  it.each(EXTENSIONS)('%s %s %j is explained', (kind, type, wire, places) => {
    const explanation = explain(kind, wire, type)
    expect(unregistered(explanation)).toEqual([])
    for (const [path, expected] of Object.entries(places))
      expect(`${path} ${place(at(explanation, path))}`).toBe(`${path} ${expected}`)
  })

  it('takes names for names, not for fields', () => {
    const profiles = explain('meta', { profiles: { shortlived: 'six days' } })
    expect(at(profiles, 'profiles.shortlived')).toMatchObject({ value: 'six days', registered: true, text: null })
    const caa = explain('finalize', { onionCAA: { 'a.onion': { caa: null, expiry: 1, mood: 'x' } } })
    const names = at(caa, 'onionCAA').inside?.fields
    expect(names?.map(({ field }) => field)).toEqual(['a.onion'])
    expect(names?.[0]?.inside?.fields.map(({ registered }) => registered)).toEqual([true, true, false])
  })

  it('keeps what belongs to one type of challenge to that type', () => {
    expect(unregistered(explain('challenge', { type: 'http-01', from: 'a@example.test' }))).toEqual(['from'])
    expect(unregistered(explain('challengeResponse', { attObj: 'x' }, 'http-01'))).toEqual(['attObj'])
    expect(unregistered(explain('challenge', { type: 'wire-oidc-01', target: 'https://x' }))).toEqual([
      'type=wire-oidc-01',
      'target',
    ])
  })
})

describe('an object that means harm', () => {
  it('is bounded: in fields, elements, depth and length of values, and says how much is left out', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, place) => [`f${place}`, place]))
    expect(explain('order', many)).toMatchObject({ fields: { length: 100 }, omitted: 4900 })
    const names = Array.from({ length: 500 }, (_, place) => ({ type: 'dns', value: `${place}.test` }))
    expect(at(explain('order', { identifiers: names }), 'identifiers').inside).toMatchObject({ omitted: 400 })
    expect(at(explain('order', { finalize: 'x'.repeat(100_000) }), 'finalize').value.length).toBeLessThan(700)
    expect(at(explain('ordersList', { orders: Array(5000).fill('u') }), 'orders').value).toMatch(/… 4900 more$/)
    let problem: object = { type: 'about:blank' }
    for (let depth = 0; depth < 3000; depth++) problem = { subproblems: [problem] }
    expect(JSON.stringify(explain('problem', problem)).length).toBeLessThan(10_000)
  })

  it('never counts more than its share, however wide every level is', () => {
    const level = (depth: number): object => ({
      type: 'x',
      subproblems: depth ? Array.from({ length: 90 }, () => level(depth - 1)) : [],
    })
    const count = (one: Explanation | null): number =>
      (one?.fields ?? []).reduce((sum, { inside }) => sum + 1 + count(inside), 0)
    expect(count(explain('problem', level(2)))).toBeLessThanOrEqual(2000)
  })

  it('reads what is encoded only when it is', () => {
    for (const value of ['', '.', 'a.b.c', '!!', 7, null, [], {}, base64url('text'), 'A'.repeat(100_000)]) {
      expect(at(explain('challengeResponse', { tkauth: value }, 'tkauth-01'), 'tkauth').inside).toBeNull()
      expect(at(explain('binding', { protected: value }), 'protected').inside).toBeNull()
    }
  })

  it('has no members it was not sent', () => {
    const explanation = explain('order', JSON.parse('{"__proto__":{"status":"valid"},"constructor":1,"toString":2}'))
    expect(explanation?.fields.map(({ field, registered }) => [field, registered])).toEqual([
      ['__proto__', false],
      ['constructor', false],
      ['toString', false],
    ])
  })

  it('is null when it is no object', () => {
    for (const wire of [null, [], 'x', 1, undefined]) expect(explain('order', wire)).toBeNull()
  })

  it('never makes us throw', () => {
    const kinds: readonly ObjectKind[] = ['order', 'authorization', 'problem', 'directory', 'keyChangeJws', 'newOrder']
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.json({ maxDepth: 6 }), (kind, json) => {
        explain(kind, JSON.parse(json), 'tkauth-01')
      }),
      { numRuns: 300 },
    )
  })
})
