/** Real clients prove names inside a TLS handshake (RFC 8737). */
import { describe, expect, test } from 'vitest'
import { caddyTls } from '../lab/clients/caddy.ts'
import { legoTls } from '../lab/clients/lego.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFindsNothing, itIsCitedAndVerified, itIssues } from './expectations.ts'
import { record } from './recorded.ts'
import { citedBy, recordedSteps } from './shown.ts'

const operations = [
  ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization?'],
  ...['finalize', 'order?', 'certificate'],
]

// Each in a lab of its own: there is one port where Pebble looks, and both serve it themselves.
describe.skipIf(skipWithout('pebble', 'caddy'))('Caddy, by tls-alpn-01, for two names at once', () => {
  const names = ['one.example.test', 'two.example.test']
  const { caddy } = record({ caddy: (lab) => caddyTls(lab, names) })
  test('Caddy ends well, and acmescope with it', () => {
    expect(caddy().outcome, caddy().outcome.stderr).toMatchObject({ code: 0 })
  })
  test('there is a flow for each name, with the steps of both mixed', () => {
    const { flows } = caddy().shown
    expect(flows.flatMap((flow) => flow.names).toSorted()).toEqual(names)
    expect(flows.map(({ status, renews }) => ({ status, renews }))).toEqual(
      names.map(() => ({ status: 'valid', renews: null })),
    )
    for (const { exchanges } of flows) {
      const own = recordedSteps(caddy().shown).filter(({ exchange }) => exchanges.includes(exchange))
      const done = new Set(own.map(({ operation }) => operation))
      expect([...done]).toEqual(
        expect.arrayContaining(['newOrder', 'authorization', 'challenge', 'finalize', 'certificate']),
      )
    }
  })
  test('each name is proven by tls-alpn-01, and has its certificate', () => {
    const { orders, certificates } = caddy().shown
    const proven = orders.flatMap(({ authorizations }) => authorizations.map((one) => one.challenge))
    expect(proven).toEqual(names.map(() => expect.objectContaining({ type: 'tls-alpn-01', status: 'valid' })))
    expect(certificates.flatMap(({ sans }) => sans).toSorted()).toEqual(names)
    expect(citedBy(caddy().shown, 'challenge')).toContain('RFC 8737 §3')
  })
  itIsCitedAndVerified(caddy)
  itFindsNothing(caddy)
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
