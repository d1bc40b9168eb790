/** Values that break what is written without thinking of them. */

/** Names that every object has already, or that a table must not find. */
export const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '',
] as const

/** Steers a terminal, a CI's log, a reader of Markdown, XML or HTML. */
export const STEERING = [
  '\u001B[2J\u001B[31mred\u001B[0m',
  '\u001B]0;title\u0007',
  '\u009B31m',
  '\r\n::error file=x::injected',
  '::set-output name=x::y',
  'x ::warning::y ##[error]z ##vso[task.complete]',
  '\u202Egnp.exe',
  '\u0000\uD800\uFFFF',
  ']]><script>alert(1)</script>&amp;&#x1B;<!--',
  '[link](javascript:alert(1)) `code` | cell | {0} {id}',
  '"\'`;$(reboot)',
] as const

export const nested = (levels: number, leaf: unknown = 0): unknown => {
  let value = leaf
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value }
  return value
}

/** JSON values where another kind of value belongs. */
export const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1e308,
  2 ** 53 + 1,
  1.5,
  [],
  {},
  [null],
  [1, {}, [], 'x', null],
  [[[]]],
  { url: {} },
  { type: 'dns', value: null },
  { type: null, value: 'a.test' },
  { toString: 1, valueOf: 1 },
  JSON.parse(`{"then":1}`),
  '',
  ' ',
  'x',
  'NaN',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00.000Z',
  'Tue, 99 Foo 99999 99:99:99 GMT',
  'http://',
  'https://[::1',
  'javascript:alert(1)',
  '//ca.test/order',
  '../../x',
  'https://ca.test/order#fragment?x',
  '9'.repeat(400),
  'A'.repeat(5_000),
  'urn:ietf:params:acme:error:',
  'urn:ietf:params:acme:error:__proto__',
  'example.test\u0000.evil.test',
  '*.*.example.test',
  '..',
  '%ff%',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  ...NAMES,
  ...STEERING,
]
