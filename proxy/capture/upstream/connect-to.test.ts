import { expect, test } from 'vitest'
import { parseConnectTo, redirected } from './connect-to.ts'

test.each([
  ['ca.test:443:127.0.0.1:14000', { host: 'ca.test', port: 443, toHost: '127.0.0.1', toPort: 14000 }],
  ['CA.test:::8443', { host: 'ca.test', port: null, toHost: null, toPort: 8443 }],
  ['::[::1]:14000', { host: null, port: null, toHost: '::1', toPort: 14000 }],
  ['[2001:db8::1]:443:ca.test:', { host: '2001:db8::1', port: 443, toHost: 'ca.test', toPort: null }],
])('%s', (text, expected) => {
  expect(parseConnectTo(text)).toEqual(expected)
})

test.each(['', 'ca.test', 'ca.test:443:x', 'a:b:c:d', 'a:1:b:65536', 'a:1:b:2:3', '::1:443:a:1'])('not %j', (text) => {
  expect(parseConnectTo(text)).toBeNull()
})

test('the first row that fits decides, whatever the case of the name; empty parts keep what was asked for', () => {
  const rows = ['ca.test:443::14000', 'ca.test::10.0.0.1:', '::10.0.0.9:1'].flatMap(
    (text) => parseConnectTo(text) ?? [],
  )
  expect(redirected(rows, { host: 'CA.test', port: 443 })).toEqual({ host: 'CA.test', port: 14000 })
  expect(redirected(rows, { host: 'ca.test', port: 80 })).toEqual({ host: '10.0.0.1', port: 80 })
  expect(redirected(rows, { host: 'other.test', port: 80 })).toEqual({ host: '10.0.0.9', port: 1 })
  expect(redirected(rows.slice(0, 2), { host: 'other.test', port: 80 })).toBeNull()
})
