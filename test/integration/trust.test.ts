/** Connections that fail for want of trust, or of anybody at the other end. */
import { describe, expect, test } from 'vitest'
import { legoDns } from '../lab/clients/lego.ts'
import type { Lab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFails } from './expectations.ts'
import { record } from './recorded.ts'

describe.skipIf(skipWithout('pebble', 'lego', 'curl'))("lego's hook, which does not trust us while lego does", () => {
  const { hook } = record({
    hook: (lab) => legoDns(lab, ['www.example.test'], { hookWithout: ['CURL_CA_BUNDLE', 'SSL_CERT_FILE'] }),
  })
  itFails(hook, {
    code: 1,
    operations: ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization'],
    causes: ['trust.client-rejected-authority'],
  })
  test('the host is named', () => {
    expect(hook().shown.findings[0]?.title).toContain('api.cloudflare.com')
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
