/** Connections that fail for want of trust, or of anybody at the other end. */
import { describe, expect, test } from 'vitest'
import { certbotUntrusting } from '../lab/clients/certbot.ts'
import { legoDns, legoUntrusting } from '../lab/clients/lego.ts'
import type { Lab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFails } from './expectations.ts'
import { record } from './recorded.ts'

describe.skipIf(skipWithout('pebble', 'lego', 'certbot', 'curl'))('a client that does not trust our authority', () => {
  const runs = record({
    lego: legoUntrusting,
    certbot: certbotUntrusting,
    hook: (lab) => legoDns(lab, ['www.example.test'], { hookWithout: ['CURL_CA_BUNDLE', 'SSL_CERT_FILE'] }),
  })
  describe('lego', () => {
    itFails(runs.lego, { code: 1, operations: [], causes: ['trust.client-rejected-authority'] })
    test('the host is named', () => {
      expect(runs.lego().shown.findings[0]?.title).toContain('ca.example.test')
    })
  })
  describe('certbot', () => {
    itFails(runs.certbot, { code: 1, operations: [], causes: ['trust.client-rejected-authority'] })
  })
  describe("lego's hook, while lego itself does", () => {
    itFails(runs.hook, {
      code: 1,
      operations: ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization'],
      causes: ['trust.client-rejected-authority'],
    })
    test('the host is named', () => {
      expect(runs.hook().shown.findings[0]?.title).toContain('api.cloudflare.com')
    })
  })
})

describe.skipIf(skipWithout('pebble', 'lego', 'curl'))('a server that acmescope', () => {
  const names = ['www.example.test']
  describe('does not trust', () => {
    const untrusting = (lab: Lab): Lab => {
      const at = lab.acmescopeFlags.indexOf('--upstream-ca')
      return { ...lab, acmescopeFlags: lab.acmescopeFlags.toSpliced(at, 2) }
    }
    const { lego } = record({ lego: (lab) => legoDns(lab, names) }, {}, untrusting)
    // Nothing came back, so nothing tells that it was the directory that was asked for.
    itFails(lego, { code: 1, operations: ['other'], causes: ['trust.upstream-untrusted'] })
  })
})
