import { expect, test } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { exchangeText } from './http-text.ts'

const exchange: Exchange = {
  kind: 'exchange',
  id: 'x',
  sequence: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  client: { address: null, port: null },
  state: 'complete',
  timings: {},
  request: {
    method: 'POST',
    url: 'https://ca.example.test/a',
    httpVersion: 'HTTP/2',
    headers: [
      ['Accept', 'a'],
      ['accept', 'b'],
    ],
    body: { kind: 'text', text: '{}' },
  },
}

test('headers keep their order, case and repeats; what never came is said', () => {
  const failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'refused' } as const
  expect(exchangeText({ ...exchange, failure })).toBe(
    'POST https://ca.example.test/a HTTP/2\nAccept: a\naccept: b\n\n{}\n\n(no answer: ECONNREFUSED refused)',
  )
  const response = {
    status: 204,
    statusText: '',
    httpVersion: 'HTTP/2',
    headers: [],
    body: { kind: 'omitted', bytes: null, reason: 'too long' },
  } as const
  expect(exchangeText({ ...exchange, response })).toMatch(/\n\nHTTP\/2 204\n\n\(body not recorded: too long\)$/)
})
