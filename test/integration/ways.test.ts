/** Whole issuances by every way in, and by every way out. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, runRecorded, serve } from '../lab/acmescope.ts'
import { certbotWebroot } from '../lab/clients/certbot.ts'
import type { ClientCommand } from '../lab/clients/client.ts'
import { legoWebroot } from '../lab/clients/lego.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { caHost } from '../lab/pebble.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { freePorts } from '../lab/ports.ts'
import { run } from '../lab/processes.ts'
import { startMicrosocks, startTinyproxy, type WorldProxy, worldCredentials } from '../lab/proxies.ts'
import { type Recorded, readLatest } from './recorded.ts'

const names = ['www.example.test']
const limit = 90_000

let lab: Lab
beforeAll(async () => {
  lab = await startLab({ web: 'files' })
}, 60_000)
afterAll(() => lab?.stop())

const recordingsFolder = () => mkdtemp(join(lab.folder, 'recordings-'))

function expectIssued({ outcome, shown, checked }: Recorded): void {
  expect(outcome.code, outcome.stderr).toBe(0)
  expect(shown.orders.map(({ status }) => status)).toEqual(['valid'])
  expect(shown.steps.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['directory', 'certificate']))
  expect(checked.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
}

/** Everything of it that could be exported. */
async function everything(recordings: string): Promise<string> {
  const { stdout } = await query(recordings, 'export', 'latest', '--format', 'har', '--raw')
  expect(stdout).toContain('newOrder')
  return stdout
}

describe.skipIf(skipWithout('pebble', 'lego', 'certbot'))('with credentials', () => {
  const auth = { ACMESCOPE_PROXY_AUTH: 'al:p@ss:w0rd' }
  const inUrl = 'al:p%40ss%3Aw0rd'

  /** A client that is given this proxy and our bundle. */
  async function issueBy(make: (lab: Lab) => Promise<ClientCommand>, scheme: string) {
    const recordings = await recordingsFolder()
    const recorder = await serve(lab, recordings, ['--proxy-auth', auth.ACMESCOPE_PROXY_AUTH])
    try {
      expect(recorder.proxy).toContain('al:PASSWORD@')
      const client = await make(lab)
      const env = {
        HTTPS_PROXY: `${scheme}://${inUrl}@127.0.0.1:${new URL(recorder.proxy).port}`,
        SSL_CERT_FILE: recorder.bundle,
        REQUESTS_CA_BUNDLE: recorder.bundle,
      }
      const outcome = await run({ argv: client.argv, env: { ...client.env, ...env } }, limit)
      await recorder.process.stop()
      expect(recorder.process.output()).not.toContain('w0rd')
      return { recordings, recorded: await readLatest(outcome, recordings) }
    } finally {
      await recorder.process.stop()
    }
  }

  test.concurrent(
    'lego by SOCKS5',
    async () => {
      const { recorded, recordings } = await issueBy((there) => legoWebroot(there, names), 'socks5')
      expectIssued(recorded)
      expect(await everything(recordings)).not.toMatch(/w0rd|proxy-authorization/i)
    },
    limit,
  )

  test.concurrent(
    'certbot by HTTP, set up by run',
    async () => {
      const recordings = await recordingsFolder()
      const client = await certbotWebroot(lab, names)
      const outcome = await runRecorded(lab, { ...client, env: { ...client.env, ...auth } }, recordings)
      expectIssued(await readLatest(outcome, recordings))
      expect(await everything(recordings)).not.toMatch(/w0rd|proxy-authorization/i)
    },
    limit,
  )

  test.concurrent(
    'a client without them is turned away, and told how to give them',
    async () => {
      const recordings = await recordingsFolder()
      const client = await legoWebroot(lab, names)
      const bare = [
        'sh',
        '-c',
        'export HTTPS_PROXY="http://$(echo $HTTPS_PROXY | cut -d@ -f2)"; exec "$@"',
        'sh',
        ...client.argv,
      ]
      const flags = ['--proxy-auth', auth.ACMESCOPE_PROXY_AUTH]
      const outcome = await runRecorded(lab, { ...client, argv: bare }, recordings, flags)
      const { checked } = await readLatest(outcome, recordings)
      expect(outcome.code).toBe(1)
      expect(checked.findings[0]).toMatchObject({ id: 'proxy.turned-away', severity: 'error' })
    },
    limit,
  )
})

describe.skipIf(skipWithout('pebble', 'lego', 'certbot') || skipWithoutNamespace(mountNamespace))(
  'without any proxy setting, the name of the CA led to us',
  () => {
    test.concurrent.each([
      ['lego', legoWebroot],
      ['certbot', certbotWebroot],
    ] as const)(
      '%s',
      async (_, make) => {
        const [port = 0] = await freePorts(1)
        const recordings = await recordingsFolder()
        const asked = ['--proxy-port', String(port), '--connect-to', `${caHost}:${port}:127.0.0.1:${lab.pebble.port}`]
        const recorder = await serve(lab, recordings, asked)
        try {
          const directory = `https://${caHost}:${port}/dir`
          const client = await make({ ...lab, pebble: { ...lab.pebble, directory } }, names)
          const hosts = join(client.folder, 'hosts')
          await writeFile(hosts, `127.0.0.1 localhost ${caHost}\n`)
          const led = ['sh', '-ec', `mount --bind ${hosts} /etc/hosts; exec "$@"`, 'sh', ...client.argv]
          const env = { SSL_CERT_FILE: recorder.bundle, REQUESTS_CA_BUNDLE: recorder.bundle }
          const outcome = await run({ argv: [...mountNamespace, ...led], env: { ...client.env, ...env } }, limit)
          await recorder.process.stop()
          const recorded = await readLatest(outcome, recordings)
          expectIssued(recorded)
          expect(recorded.shown.steps[0]).toMatchObject({ url: directory })
        } finally {
          await recorder.process.stop()
        }
      },
      limit,
    )
  },
)

describe.skipIf(skipWithout('pebble', 'lego', 'tinyproxy-bin', 'microsocks'))('through another proxy', () => {
  const withUser = ({ url }: WorldProxy, password: string = worldCredentials.password) =>
    url.replace('://', `://${worldCredentials.user}:${password}@`)

  test.concurrent.each([
    ['tinyproxy', startTinyproxy],
    ['microsocks', startMicrosocks],
  ] as const)(
    '%s',
    async (_, startProxy) => {
      const world = await startProxy(lab)
      try {
        const recordings = await recordingsFolder()
        const client = await legoWebroot(lab, names)
        const outcome = await runRecorded(lab, client, recordings, ['--upstream-proxy', withUser(world)])
        expectIssued(await readLatest(outcome, recordings))
        expect(world.log()).toContain(`127.0.0.1:${lab.pebble.port}`)
        expect(await everything(recordings)).not.toContain(worldCredentials.password)
      } finally {
        await world.stop()
      }
    },
    limit,
  )

  test.concurrent.each([
    ['tinyproxy', startTinyproxy],
    ['microsocks', startMicrosocks],
  ] as const)(
    '%s that does not take our credentials: said with what to do, without them',
    async (_, startProxy) => {
      const world = await startProxy(lab)
      try {
        const recordings = await recordingsFolder()
        const client = await legoWebroot(lab, names)
        const flags = ['--upstream-proxy', withUser(world, 'not-it')]
        const { checked, outcome } = await readLatest(await runRecorded(lab, client, recordings, flags), recordings)
        expect(outcome.code).toBe(1)
        expect(checked.findings[0]).toMatchObject({ id: 'upstream.unreachable', severity: 'error' })
        expect(checked.findings[0]?.title).toMatch(/^The upstream proxy did not let acmescope through/)
        expect(JSON.stringify(checked) + outcome.stderr).not.toContain('not-it')
      } finally {
        await world.stop()
      }
    },
    limit,
  )
})
