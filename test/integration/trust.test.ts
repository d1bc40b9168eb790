/** Connections that fail for want of trust, or of anybody at the other end. */

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serve } from '../lab/acmescope.ts'
import { legoDns, legoWebroot } from '../lab/clients/lego.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { run } from '../lab/processes.ts'
import { itFails } from './expectations.ts'
import { record } from './recorded.ts'
import { checkLatest } from './shown.ts'

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

describe.skipIf(skipWithout('pebble', 'lego'))(
  'lego, which trusts the CA and not us, with --on-refusal passthrough',
  () => {
    test('fails once, then issues, and everyone is told that it was not read', async () => {
      const lab = await startLab({ web: 'files' })
      try {
        const client = await legoWebroot(lab, ['www.example.test'])
        const recordings = join(client.folder, 'recordings')
        const recorder = await serve(lab, recordings, ['--on-refusal', 'passthrough'])
        const env = { ...client.env, HTTPS_PROXY: recorder.proxy, SSL_CERT_FILE: lab.root }
        const attempt = () => run({ argv: client.argv, env, cwd: lab.folder }, 60_000)
        const first = await attempt()
        expect([first.code, first.stderr]).toEqual([1, expect.stringContaining('unknown authority')])
        expect((await attempt()).code).toBe(0)
        const said = (await recorder.process.stop()).stderr
        expect(said.match(/passes undecrypted for a client that refused our certificate/g)).toHaveLength(1)
        const { findings } = await checkLatest(recordings)
        const told = findings.map(({ id }) => id)
        expect(told).toContain('trust.client-rejected-authority')
        expect(told).toContain('trust.passed-through')
      } finally {
        await lab.stop()
      }
    }, 200_000)
  },
)
