// JSON that was made to break its reader, wherever this wire has JSON: answers, payloads, protected headers.
import { describe, expect, it } from 'vitest'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { ACCOUNT, base64url, HOST, jwsOf, ORDERS, startRecording } from '../../test/hostile/recording.ts'
import type { Content, DecodedExchange } from './model.ts'

const deep = (levels: number, leaf = ''): string => '{"a":['.repeat(levels) + leaf + ']}'.repeat(levels)
const problem = (levels: number): string =>
  '{"type":"urn:ietf:params:acme:error:compound","subproblems":['.repeat(levels) + ']}'.repeat(levels)

const HEADER = { alg: 'ES256', kid: ACCOUNT, nonce: 'n', url: ORDERS }

/** An exchange after a directory, gone through everything. */
async function read(body: unknown, answer: unknown, type?: string): Promise<DecodedExchange> {
  const recording = startRecording()
  recording.directory()
  recording.add(
    { method: 'POST', url: ORDERS, body, type: 'application/jose+json' },
    { body: answer, ...(type && { type }) },
  )
  const { analysis } = await throughAll(recording.facts)
  const decoded = analysis.steps[1]?.decoded
  if (!decoded) throw new Error('no second step')
  return decoded
}

const signed = (payload: string) => ({ ...jwsOf(HEADER, ''), payload: base64url(payload) })
const said = (content: Content): string => (content.kind === 'malformed' ? content.error : content.kind)

describe('nested', () => {
  it('as deep as a hundred levels is read', async () => {
    const { response, jws } = await read(signed(deep(50)), deep(50), 'application/json')
    expect([response.kind, jws?.payload.kind]).toEqual(['json', 'json'])
  })

  it.each([51, 5_000, 40_000])('%s times two levels deep is shown as the text it is', async (levels) => {
    const { response, jws } = await read(
      signed(deep(levels).slice(0, 400_000)),
      deep(levels).slice(0, 400_000),
      'application/json',
    )
    expect(response).toMatchObject({ kind: 'malformed', text: expect.stringMatching(/^\{"a":\[/) })
    expect(jws?.payload.kind).toBe('text')
    expect(jws?.problems).toEqual(['the payload is not JSON, or nested too deeply'])
  })

  it('answers, problems, headers and keys too deep to be handed on are named as that', async () => {
    const depth = 2_000
    const header = `{"alg":"ES256","jwk":{"kty":"EC","x":${deep(depth)}}}`
    const { response, jws } = await read(
      { ...jwsOf(HEADER, {}), protected: base64url(header) },
      deep(depth),
      'application/json',
    )
    expect(said(response)).toBe('nested more than 100 levels deep')
    expect(jws).toMatchObject({ header: null, problems: ['the protected header is not a JSON object'] })
    const refused = await read(signed('{}'), problem(depth), 'application/problem+json')
    expect(said(refused.response)).toBe('nested more than 100 levels deep')
  })

  it('subproblems in subproblems are read one level deep', async () => {
    const { problem: read_ } = await read(signed('{}'), problem(40), 'application/problem+json')
    expect(read_?.subproblems.map(({ subproblems }) => subproblems)).toEqual([[]])
  })
})

describe('cut off', () => {
  const ORDER = {
    status: 'pending',
    identifiers: [{ type: 'dns', value: 'ü.test' }],
    authorizations: [`${HOST}/a`],
    finalize: `${HOST}/f`,
  }
  const whole = JSON.stringify(ORDER)

  it('at every place, an answer is malformed and keeps its text', async () => {
    const recording = startRecording()
    recording.directory()
    for (let end = 1; end < whole.length; end++)
      recording.add({ url: ORDERS, payload: {} }, { body: whole.slice(0, end), type: 'application/json' })
    const { analysis } = await throughAll(recording.facts)
    const contents = analysis.steps.slice(1).map(({ decoded }) => decoded.response)
    expect(contents.map(({ kind }) => kind)).toEqual(Array(whole.length - 1).fill('malformed'))
    expect(contents.map((content) => (content.kind === 'malformed' ? content.text : ''))).toEqual(
      contents.map((_, index) => whole.slice(0, index + 1)),
    )
    expect(analysis.orders.size).toBe(0)
  })

  it('at every place, a request is a finding', async () => {
    const recording = startRecording()
    recording.directory()
    const body = JSON.stringify(jwsOf(HEADER, ORDER))
    for (let end = 1; end < body.length; end++)
      recording.add({ method: 'POST', url: ORDERS, body: body.slice(0, end), type: 'application/jose+json' }, 400)
    const { findings } = await throughAll(recording.facts)
    const named = new Set(findings.filter(({ id }) => id === 'jws.malformed').flatMap(({ exchanges }) => exchanges))
    expect(named.size).toBe(body.length - 1)
  })

  it('at every place, what is inside a JWS is a finding', async () => {
    const recording = startRecording()
    recording.directory()
    const { protected: header, payload } = jwsOf(HEADER, ORDER)
    const send = (jws: object) =>
      recording.add({ method: 'POST', url: ORDERS, body: jws, type: 'application/jose+json' }, 400)
    for (let end = 1; end < header.length; end++) send({ ...jwsOf(HEADER, ORDER), protected: header.slice(0, end) })
    for (let end = 1; end < payload.length; end++) send({ ...jwsOf(HEADER, ORDER), payload: payload.slice(0, end) })
    const { findings, analysis } = await throughAll(recording.facts)
    const named = new Set(findings.filter(({ id }) => id === 'jws.malformed').flatMap(({ exchanges }) => exchanges))
    expect(analysis.steps.slice(1).filter(({ exchange }) => !named.has(exchange))).toEqual([])
  })
})

describe('values', () => {
  it.each([
    ['1e999', Number.POSITIVE_INFINITY],
    ['-0', -0],
    ['9007199254740993', 9007199254740992],
    ['9'.repeat(400), Number.POSITIVE_INFINITY],
    ['1e-400', 0],
    ['"NaN"', 'NaN'],
  ])('the number %s stands for a status, a reason, a list and a time', async (text, value) => {
    const answer = `{"status":${text},"expires":${text},"identifiers":${text},"authorizations":${text},"error":{"type":${text},"status":${text}}}`
    const { response, jws } = await read(
      signed(`{"reason":${text},"csr":${text},"notBefore":${text}}`),
      answer,
      'application/json',
    )
    expect(response).toMatchObject({ kind: 'json', value: { status: value } })
    expect(jws?.payload).toMatchObject({ kind: 'json', value: { reason: value } })
  })

  it('of two members of one name the last counts, and a header that has two is a finding', async () => {
    const header = `{"alg":"none","alg":"ES256","kid":"${ACCOUNT}","nonce":"n","url":"${ORDERS}"}`
    const { response, jws } = await read(
      { ...jwsOf(HEADER, {}), protected: base64url(header) },
      '{"status":"valid","status":"pending"}',
      'application/json',
    )
    expect(response).toMatchObject({ kind: 'json', value: { status: 'pending' } })
    expect(jws).toMatchObject({ alg: 'ES256', problems: ['the protected header names a member twice (RFC 7515 §4)'] })
  })
})
