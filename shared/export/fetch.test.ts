// What is pasted into a console must ask for what was recorded, and do nothing else.
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RequestMessage } from '../exchange.ts'
import { toFetch } from './fetch.ts'
import { bodyBytes, sendable, sendableUrl } from './sendable.ts'

interface Asked {
  readonly url: string
  readonly options: { method: string; headers?: [string, string][]; body?: string | Uint8Array }
}

/** What `fetch` is called with, when the statement runs. */
function asked(statement: string): Asked | null {
  const calls: Asked[] = []
  const fetch = (url: string, options: Asked['options']) => calls.push({ url, options })
  runInNewContext(`(async () => {\n${statement}\n})()`, { fetch, atob, Uint8Array })
  expect(calls.length).toBeLessThan(2)
  return calls[0] ?? null
}

const bytesOf = (body: string | Uint8Array | undefined): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body ?? [])

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\u2028', '</script>', '*/', '`$' + '{1}`'),
)

const anyRequest: fc.Arbitrary<RequestMessage> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  url: text.map((path) => `https://ca.example.test/${path}`),
  httpVersion: fc.constant('HTTP/1.1'),
  headers: fc.array(fc.tuple(text, text), { maxLength: 4 }),
  body: fc.oneof(
    text.map((value) => ({ kind: 'text' as const, text: value })),
    fc.base64String().map((base64) => ({ kind: 'base64' as const, base64 })),
  ),
})

test('the statement asks for what was recorded, whatever that holds', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const call = asked(toFetch(request, ['a remark\nof two lines']))
      expect(call?.url).toBe(sendableUrl(request.url))
      expect(call?.options.method).toBe(request.method)
      const latin = sendable(request).headers.filter(([, value]) => /^[\0-\xff]*$/.test(value))
      expect((call?.options.headers ?? []).map(String)).toEqual(latin.map(String))
      const body = request.method === 'GET' ? new Uint8Array() : bodyBytes(request.body)
      expect(bytesOf(call?.options.body)).toEqual(Buffer.from(body))
    }),
  )
})

test('what fetch does not do is said', () => {
  const request: RequestMessage = {
    method: 'GET',
    url: 'https://ca.example.test/',
    httpVersion: 'HTTP/1.1',
    headers: [],
    body: { kind: 'text', text: 'x' },
  }
  expect(toFetch(request)).toContain('// without its body, as fetch sends none by GET')
  expect(toFetch({ ...request, url: 'javascript:alert(1)' })).toContain('// no fetch: the URL is no web address')
})
