/** Real clients prove names inside a TLS handshake (RFC 8737). */
import { describe, expect, test } from 'vitest'
import { caddyTls } from '../lab/clients/caddy.ts'
import { legoTls } from '../lab/clients/lego.ts'
import { skipWithout } from '../lab/peers.ts'
import { itIssues } from './expectations.ts'
import { record } from './recorded.ts'
import { citedBy } from './shown.ts'

const operations = [
  ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization?'],
  ...['finalize', 'order?', 'certificate'],
]

// Each in a lab of its own: there is one port where Pebble looks, and both serve it themselves.
describe.skipIf(skipWithout('pebble', 'caddy'))('Caddy, by tls-alpn-01', () => {
  const names = ['caddy.example.test']
  const { caddy } = record({ caddy: (lab) => caddyTls(lab, names) })
  itIssues(caddy, { names, challenge: 'tls-alpn-01', operations })
  test('the challenge is cited where it is written', () => {
    expect(citedBy(caddy().shown, 'challenge')).toContain('RFC 8737 §3')
  })
})

describe.skipIf(skipWithout('pebble', 'lego'))('lego, by tls-alpn-01', () => {
  const names = ['lego.example.test']
  const { lego } = record({ lego: (lab) => legoTls(lab, names, ['--always-deactivate-authorizations', 'true']) })
  itIssues(lego, { names, challenge: 'tls-alpn-01', operations: [...operations, 'authorization'] })
  test('the challenge is cited where it is written', () => {
    expect(citedBy(lego().shown, 'challenge')).toContain('RFC 8737 §3')
  })
  test('the authorization, given up after use, is deactivated', () => {
    expect(lego().shown.orders.flatMap(({ authorizations }) => authorizations.map(({ status }) => status))).toEqual([
      'deactivated',
    ])
    expect(citedBy(lego().shown, 'authorization', -1)).toContain('RFC 8555 §7.5.2')
  })
})
