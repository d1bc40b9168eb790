// What is pasted into a shell must reach curl as it was recorded, and nothing else may run.
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Body, RequestMessage } from '../exchange.ts'
import { curlOptions, toCurl } from './curl.ts'
import { bodyBytes } from './sendable.ts'

const post = (change: Partial<RequestMessage> = {}): RequestMessage => ({
  method: 'POST',
  url: 'https://ca.example.test/new-order',
  httpVersion: 'HTTP/1.1',
  headers: [
    ['Host', 'ca.example.test'],
    ['Content-Type', 'application/jose+json'],
    ['User-Agent', "it's me"],
    ['Content-Length', '7'],
  ],
  body: { kind: 'text', text: '{"a":1}' },
  ...change,
})

test('a request as curl sends it', () => {
  expect(toCurl(post(), ['1 secret is masked'])).toBe(
    [
      '# 1 secret is masked',
      'curl --globoff https://ca.example.test/new-order \\',
      '  --http1.1 \\',
      "  --header 'Content-Type: application/jose+json' \\",
      `  --header 'User-Agent: it'\\''s me' \\`,
      '  --header Accept: \\',
      `  --data-raw '{"a":1}'`,
    ].join('\n'),
  )
})

test.each([
  ['GET', { kind: 'empty' }, []],
  ['HEAD', { kind: 'empty' }, ['--head']],
  ['POST', { kind: 'empty' }, ['--data-raw', '']],
  ['DELETE', { kind: 'empty' }, ['--request', 'DELETE']],
  ['PUT', { kind: 'text', text: 'x' }, ['--request', 'PUT', '--data-raw', 'x']],
  ['GET', { kind: 'text', text: '@/etc/passwd' }, ['--request', 'GET', '--data-raw', '@/etc/passwd']],
] as const)('%s with %o', (method, body, options) => {
  const headers = [
    ['Accept', '*/*'],
    ['User-Agent', 'x'],
    ['Content-Type', 'text/plain'],
  ] as const
  const all = curlOptions(post({ method, body, headers, httpVersion: '' })) ?? []
  const own = all.filter(([name]) => name !== '--header' && name !== '--globoff').flat()
  expect(own).toEqual(options)
})

test('what curl cannot send, or must not, stands in a comment', () => {
  const headers = [
    ['@/etc/passwd', 'x'],
    ['X-Break', 'a\r\nB: c'],
    ['X-Empty', ''],
  ] as const
  const command = toCurl(post({ headers, body: { kind: 'omitted', bytes: 9, reason: 'too\nlong' } }))
  expect(command).toContain('# without what no program sends as a header: @/etc/passwd, X-Break')
  expect(command).toContain('# without its body, which is not in the recording: too long')
  expect(command).toContain("--header 'X-Empty;'")
  expect(toCurl(post({ url: 'file:///etc/passwd' }))).toBe('# no curl command: the URL is no web address')
})

const anyBody: fc.Arbitrary<Body> = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => ({ kind: 'text' as const, text })),
  fc.string().map((text) => ({ kind: 'text' as const, text })),
  fc.base64String().map((base64) => ({ kind: 'base64' as const, base64 })),
)

const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    "'",
    "'; touch /tmp/x; '",
    '$(id)',
    '`id`',
    '\\',
    '!',
    '"',
    '\u202E',
    '\u001B[201~',
    '--config',
    '-o/x',
    '{a,b}[1-9]',
  ),
)

const anyRequest: fc.Arbitrary<RequestMessage> = fc.record({
  method: fc.oneof(fc.constantFrom('GET', 'POST', 'DELETE'), hostile),
  url: hostile.map((path) => `https://ca.example.test/${path}`),
  httpVersion: fc.constantFrom('HTTP/1.1', 'HTTP/2', ''),
  headers: fc.array(fc.tuple(fc.oneof(fc.constantFrom('Accept', 'X-A', ':path'), hostile), hostile), { maxLength: 4 }),
  body: anyBody,
})

/** What a shell gives to curl: how many arguments, these, then what it reads. */
const SHELL = 'curl() { printf "%s\\0" "$#" "$@"; cat; }\n'

test('a shell hands curl exactly its options and the octets of the body, whatever the request holds', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const script = SHELL + toCurl(request)
      const said = execFileSync('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
      const parts = said.toString('latin1').split('\0')
      const given = parts.slice(1, Number(parts[0]) + 1)
      const read = parts.slice(Number(parts[0]) + 1).join('\0')
      const wanted = curlOptions(request)?.flat() ?? []
      expect(given).toEqual(wanted.map((one) => Buffer.from(one).toString('latin1')))
      const piped = wanted.includes('@-') && wanted.at(-2) === '--data-binary'
      if (piped) expect(read).toBe(Buffer.from(bodyBytes(request.body)).toString('latin1'))
      else if (request.body.kind === 'text') expect(wanted.at(-1)).toBe(request.body.text)
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('a body longer than an argument may be goes through the pipe', () => {
  const command = toCurl(post({ body: { kind: 'text', text: 'x'.repeat(200_000) } }))
  expect(command).toMatch(/^printf %s '[A-Za-z0-9+/=]+' \| base64 --decode \| curl /)
})
