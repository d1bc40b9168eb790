/** A client on a machine of its own, as in a container: all it is given is HTTPS_PROXY and one mounted file. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serve } from '../lab/acmescope.ts'
import { contact } from '../lab/clients/client.ts'
import { startContainer } from '../lab/container.ts'
import { startLab } from '../lab/lab.ts'
import { networkNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { run } from '../lab/processes.ts'
import { readLatest } from './recorded.ts'

describe.skipIf(skipWithout('pebble', 'lego', 'iproute2') || skipWithoutNamespace(networkNamespace))(
  'lego in a container',
  () => {
    const name = 'www.example.test'

    /** One run of it; `mounts` are ours. */
    async function issue(isTrusting: boolean) {
      await using container = await startContainer(['/usr/bin/lego'])
      await using lab = await startLab({ address: container.inside })
      const recordings = await mkdtemp(join(lab.folder, 'recordings-'))
      const recorder = await serve(lab, recordings, ['--proxy-host', container.outside])
      try {
        const own = ['--http', '--http.port', `:${lab.pebble.httpPort}`, '-d', name]
        const common = ['--accept-tos', '--email', contact, '--server', lab.pebble.directory, '--path', '/tmp/lego']
        const mounts = isTrusting ? { '/etc/ssl/certs/acmescope.pem': recorder.ca } : {}
        const command = container.command(
          ['/usr/bin/lego', ...common, ...own, 'run'],
          { HTTPS_PROXY: recorder.proxy },
          mounts,
        )
        const outcome = await run(command, 60_000)
        await recorder.process.stop()
        return { recorder, outside: container.outside, ...(await readLatest(outcome, recordings)) }
      } finally {
        await recorder.process.stop()
      }
    }

    test('issues, and is recorded by its own address', async () => {
      const { recorder, outcome, shown, checked, outside } = await issue(true)
      expect(outcome.code, outcome.stderr).toBe(0)
      expect(new URL(recorder.proxy).hostname).toBe(outside)
      expect(shown.orders.map(({ status }) => status)).toEqual(['valid'])
      expect(shown.steps.map(({ operation }) => operation)).toContain('certificate')
      expect(checked.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    })

    test('without the file it refuses us, and is told where it goes', async () => {
      const { outcome, checked } = await issue(false)
      expect(outcome.code).toBe(1)
      expect(checked.findings[0]).toMatchObject({ id: 'trust.client-rejected-authority', severity: 'error' })
    })
  },
)
