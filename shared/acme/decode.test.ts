import { describe, expect, it } from 'vitest'
import { type Body, EMPTY_BODY, type Exchange, type Headers } from '../exchange.ts'
import { decode, noKeys } from './decode.ts'
import type { DecodedExchange } from './model.ts'

const URL_ASKED = 'https://ca.example.test/order/1'

function exchange(
  response: { headers?: Headers; body?: Body },
  request: { headers?: Headers; body?: Body } = {},
): Exchange {
  return {
    kind: 'exchange',
    id: 'e1',
    sequence: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    client: { address: null, port: null },
    state: 'complete',
    timings: { total: 10 },
    request: { method: 'POST', url: URL_ASKED, httpVersion: 'HTTP/1.1', headers: [], body: EMPTY_BODY, ...request },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers: [], body: EMPTY_BODY, ...response },
  }
}

async function decoded(...parts: Parameters<typeof exchange>): Promise<DecodedExchange> {
  const one = await decode(exchange(...parts), noKeys)
  if (one.kind !== 'exchange') throw new Error('not an exchange')
  return one
}

const text = (value: string): Body => ({ kind: 'text', text: value })

describe('decode', () => {
  it('shows what is not JSON as what it is', async () => {
    const { response } = await decoded({ headers: [['Content-Type', 'application/json']], body: text('{"a":1,}') })
    expect(response).toMatchObject({ kind: 'malformed', expected: 'application/json', text: '{"a":1,}' })
  })

  it('shows a jose+json request that is no JWS as what it is', async () => {
    const headers: Headers = [['content-type', 'application/jose+json; charset=utf-8']]
    const { request, jws } = await decoded({}, { headers, body: text('{"protected":"e30"}') })
    expect(jws).toBeNull()
    expect(request).toMatchObject({ kind: 'malformed', expected: 'a flattened JWS' })
  })

  it('says why a body is not there', async () => {
    const body: Body = { kind: 'omitted', bytes: 20_000_000, reason: 'larger than 10 MiB' }
    expect((await decoded({ body })).response).toEqual({ kind: 'opaque', reason: 'larger than 10 MiB' })
  })

  it('reads every form of Link, and resolves what is relative', async () => {
    const headers: Headers = [
      ['Link', '<https://ca.example.test/dir>;rel="index", </chain/2>; rel=alternate'],
      ['link', '<../authz/7> ; title="x;y" ; rel="up"'],
      ['Link', 'nonsense'],
    ]
    expect((await decoded({ headers })).links).toEqual([
      { url: 'https://ca.example.test/dir', rel: 'index' },
      { url: 'https://ca.example.test/chain/2', rel: 'alternate' },
      { url: 'https://ca.example.test/authz/7', rel: 'up' },
    ])
  })

  it.each([
    [[['Retry-After', '3']], 3],
    [
      [
        ['Retry-After', 'Thu, 01 Jan 2026 00:02:00 GMT'],
        ['Date', 'Thu, 01 Jan 2026 00:01:00 GMT'],
      ],
      60,
    ],
    [[['Retry-After', 'Thu, 01 Jan 2026 00:00:05 GMT']], 5],
    [[['Retry-After', 'soon']], null],
    [[['Retry-After', '-5']], null],
  ] satisfies [Headers, number | null][])('reads Retry-After in %j as %j seconds', async (headers, seconds) => {
    expect((await decoded({ headers })).retryAfter).toBe(seconds)
  })

  it('reads a problem by its media type or by its ACME type, and nothing else as one', async () => {
    const acme = '{"type":"urn:ietf:params:acme:error:badNonce","detail":"old","subproblems":[{"type":"x"}]}'
    expect((await decoded({ body: text(acme) })).problem).toMatchObject({ acmeType: 'badNonce', detail: 'old' })
    const other = { headers: [['content-type', 'application/problem+json']] as Headers, body: text('{"title":"Full"}') }
    expect((await decoded(other)).problem).toMatchObject({ acmeType: null, type: 'about:blank', title: 'Full' })
    expect((await decoded({ body: text('{"type":"dns","detail":"x"}') })).problem).toBeNull()
  })
})
