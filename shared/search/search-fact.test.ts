import { expect, test } from 'vitest'
import { toBase64url } from '../acme/base64url.ts'
import type { Exchange, Fact } from '../exchange.ts'
import { searchFact, toPattern } from './search-fact.ts'

const base64url = (text: string): string => toBase64url(new TextEncoder().encode(text))

const jws = (payload: string): string =>
  JSON.stringify({ protected: base64url('{"alg":"ES256"}'), payload: base64url(payload), signature: 'c2ln' })

const exchange = (request: Partial<Exchange['request']>, change: Partial<Exchange> = {}): Exchange => ({
  kind: 'exchange',
  id: 'e1',
  sequence: 7,
  startedAt: '2024-04-15T22:44:23.000Z',
  state: 'complete',
  client: { address: '127.0.0.1', port: 1 },
  timings: {},
  request: {
    method: 'POST',
    url: 'https://ca.example/new-order',
    httpVersion: 'HTTP/1.1',
    headers: [],
    body: { kind: 'empty' },
    ...request,
  },
  ...change,
})

const find = (fact: Fact, words: string) => searchFact(fact, toPattern(words))
const text = (body: string) => ({ body: { kind: 'text', text: body } }) as const

test('words are found in any case, and mean themselves', () => {
  const fact = exchange(text('a.b*c (D)'))
  expect(find(fact, 'A.B*C (d)')).toMatchObject({ place: 'request body', context: { match: 'a.b*c (D)' } })
  expect(find(fact, 'a.b.c')).toBeNull()
})

test('what is signed is searched as what it says, also one JWS inside another', () => {
  const inner = jws('{"account":"https://ca.example/acct/1"}')
  const fact = exchange(text(jws(inner)))
  expect(find(fact, 'acct/1')).toMatchObject({ place: 'signed content', context: { match: 'acct/1' } })
  expect(find(fact, 'es256')).toMatchObject({ place: 'signed content' })
})

test('a long text is told around the match, on one line', () => {
  const { context } = find(exchange(text(`${'x'.repeat(500)}\n\tneedle\n${'y'.repeat(500)}`)), 'needle') ?? {}
  expect(context?.before).toMatch(/^…x+ $/)
  expect(context?.match).toBe('needle')
  expect(context?.after).toMatch(/^ y+…$/)
  expect(`${context?.before}${context?.after}`.length).toBeLessThan(150)
})

test('a credential is found and not shown, wherever it is told', () => {
  const fact = exchange({
    url: 'https://dns.example/?token=0123456789abcdef',
    headers: [['Authorization', 'Bearer 0123456789abcdef']],
  })
  expect(find(fact, '9abcdef')).toMatchObject({ url: 'https://dns.example/?token=<api_token_1>', context: null })
  expect(find(fact, 'dns.example')?.context?.after).toBe('/?token=<api_token_1>')
})

test('of what is no exchange the host, the failure and the detail are searched', () => {
  const { id, sequence, startedAt, client } = exchange({})
  const base = { id, sequence, startedAt, client, state: 'complete' } as const
  const failure = { stage: 'client-tls', code: 'cert-rejected', message: 'unknown CA' } as const
  const connection: Fact = {
    ...base,
    kind: 'connection',
    outcome: 'tls-failed',
    host: 'ca.example',
    port: 443,
    failure,
  }
  expect(find(connection, 'ca.example')).toMatchObject({
    place: 'address',
    url: 'ca.example',
    method: '',
    status: null,
  })
  expect(find(connection, 'unknown ca')).toMatchObject({ place: 'failure' })
  const detail = {
    name: '_acme-challenge.x',
    writtenBy: 'w',
    zone: null,
    server: null,
    code: 'SERVFAIL',
    values: [],
    took: null,
  }
  const observation: Fact = { ...base, kind: 'observation', subject: 'dns', detail }
  expect(find(observation, '_ACME-')).toMatchObject({ place: 'observation', sequence: 7 })
})
