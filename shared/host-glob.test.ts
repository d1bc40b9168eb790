import { describe, expect, test } from 'vitest'
import { parseHostGlob } from './host-glob.ts'

const matches = (glob: string, host: string): boolean | undefined => parseHostGlob(glob)?.matches(host)

describe('a host', () => {
  test.each([
    ['ca.example.com', 'CA.example.com', true],
    ['ca.example.com', 'ca.example.com.', true],
    ['ca.example.com', 'www.ca.example.com', false],
    ['*.example.com', 'a.b.Example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'notexample.com', false],
    ['*', 'anything', true],
    ['192.0.2.1', '192.0.2.1', true],
    ['[2001:DB8::1]', '2001:db8::1', true],
    ['2001:db8::1', '[2001:db8::1]', true],
    ['2001:0DB8:0:0::1', '2001:db8::1', true],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['acme', 'acme-v02.api.letsencrypt.org', true],
    ['acme', 'api.cloudflare.com', true],
    ['acme', 'route53.amazonaws.com', true],
    ['acme', 'www.example.com', false],
    ['localhost', 'localhost', true],
  ])('%s, of %s: %s', (glob, host, expected) => {
    expect(matches(glob, host)).toBe(expected)
  })

  test.each([
    '',
    'https://ca.example.com',
    'ca.example.com:443',
    'a.*.example.com',
    '*example.com',
    '-a.example',
    'a..b',
    '*.',
    '1.2.3.999',
    '1.2.3.4:443',
    '[2001:db8::1]:443',
    '2001:db8::1::2',
    '::/x',
  ])('not %j', (text) => {
    expect(parseHostGlob(text)).toBeNull()
  })
})
