// What is shown of a step until somebody asks for its secrets: nothing of them, in no place, and all the rest.
import { expect, test } from 'vitest'
import { analyse, startAnalysis } from '../acme/analyse.ts'
import { decodeAll } from '../acme/decode.ts'
import type { Step } from '../acme/model.ts'
import type { Exchange, HeaderField } from '../exchange.ts'
import { maskExchange, maskStep } from './mask.ts'

const TOKEN = 'v1.0-e24fd090c02efcfecb4de8f4ff246fd5c75b48946fdf0ce2'

interface Said {
  readonly url?: string
  readonly sent?: readonly HeaderField[]
  readonly body?: unknown
  readonly status?: number
  readonly answer?: unknown
  readonly answered?: readonly HeaderField[]
}

const exchange = ({ url, sent = [], body = {}, status = 200, answer = {}, answered = [] }: Said): Exchange => ({
  kind: 'exchange',
  id: 'x',
  sequence: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  client: { address: '192.0.2.7', port: 1 },
  state: 'complete',
  timings: {},
  request: {
    method: 'POST',
    url: url ?? 'https://api.cloudflare.com/client/v4/zones',
    httpVersion: 'HTTP/2',
    headers: sent,
    body: { kind: 'text', text: JSON.stringify(body) },
  },
  response: {
    status,
    statusText: '',
    httpVersion: 'HTTP/2',
    headers: answered,
    body: { kind: 'text', text: JSON.stringify(answer) },
  },
})

async function stepOf(fact: Exchange): Promise<Step> {
  const [step] = analyse(startAnalysis(), await decodeAll([fact])).steps
  if (!step) throw new Error('no step')
  return step
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token is masked in headers, in the address and in bodies, and the count says in how many places', async () => {
  const fact = exchange({
    url: `https://api.cloudflare.com/x?token=${TOKEN}`,
    sent: [['Authorization', `Bearer ${TOKEN}`]],
    answer: { token: TOKEN, told: `you sent ${TOKEN}`, contact: ['mailto:me@example.test'] },
  })
  const { shown, count } = maskStep(await stepOf(fact))
  expect(JSON.stringify(shown)).not.toContain(TOKEN)
  expect(shown.url).toMatch(/\?token=<\w+_1>$/)
  expect(shown.decoded.head.request.headers).toEqual([['Authorization', 'Bearer <api_token_1>']])
  expect(JSON.stringify(shown.decoded.response)).toContain('mailto:me@example.test')
  const whole = maskExchange(fact)
  expect(JSON.stringify(whole.shown)).not.toContain(TOKEN)
  expect(JSON.stringify(whole.shown)).toContain('192.0.2.7')
  expect([count, whole.count]).toEqual([4, 4])
})

test('what is secret within a signed payload is masked there and in its base64url; the verdict stays', async () => {
  const raw = {
    protected: base64url({
      alg: 'ES256',
      kid: 'https://ca.example.test/acct/1',
      nonce: 'n',
      url: 'https://ca.example.test/chall',
    }),
    payload: base64url({ id_token: TOKEN, keyauth: 'x' }),
    signature: 'AAAA',
  }
  const step = await stepOf(exchange({ url: 'https://ca.example.test/chall', body: raw }))
  const { jws } = maskStep(step).shown.decoded
  expect(jws?.payload).toEqual({ kind: 'json', value: { id_token: '<api_token_1>', keyauth: 'x' } })
  expect(Buffer.from(jws?.raw.payload ?? '', 'base64url').toString()).not.toContain(TOKEN)
  expect(jws?.raw.protected).toBe(raw.protected)
  expect(jws?.signature).toEqual(step.decoded.jws?.signature)
})

test("a link that unpauses an account is masked in the CA's problem", async () => {
  const detail = `paused, see https://sfe.example.test/unpause?jwt=${TOKEN}`
  const step = await stepOf(
    exchange({
      url: 'https://ca.example.test/new-order',
      status: 429,
      answer: { type: 'urn:ietf:params:acme:error:rateLimited', detail },
      answered: [['Content-Type', 'application/problem+json']],
    }),
  )
  const { shown } = maskStep(step)
  expect(shown.problem?.detail).toBe('paused, see https://sfe.example.test/unpause?jwt=<unpause_token_1>')
  expect(shown.summary).not.toContain(TOKEN)
})

test('where nothing is secret the very same step is shown', async () => {
  const fact = exchange({ answer: { contact: ['mailto:me@example.test'] } })
  const step = await stepOf(fact)
  expect(maskStep(step)).toEqual({ shown: step, count: 0 })
  expect(maskStep(step).shown).toBe(step)
  expect(maskExchange(fact).shown).toBe(fact)
})
