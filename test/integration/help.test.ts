/** What the proxy's own address gives to who comes there: enough for a client that has nothing else. */
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, type Recorder, serve } from '../lab/acmescope.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { freePorts } from '../lab/ports.ts'
import { run } from '../lab/processes.ts'

describe.skipIf(skipWithout('pebble', 'curl'))('the proxy’s own address', () => {
  let lab: Lab
  let recorder: Recorder
  let recordings = ''
  beforeAll(async () => {
    lab = await startLab()
    recordings = await mkdtemp(join(lab.folder, 'recordings-'))
    recorder = await serve(lab, recordings)
  })
  afterAll(async () => {
    await recorder?.process.stop()
    await lab?.stop()
  })

  const curl = (...words: readonly string[]) => run({ argv: ['curl', '-sS', ...words] }, 20_000)
  /** Where this is root, somebody else: whoever may read nothing of ours. */
  const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []

  test('the certificate is there in each form, directly, by other names of ours, and by way of the proxy', async () => {
    const pem = await readFile(recorder.ca, 'utf8')
    expect((await curl(`${recorder.proxy}/ca.pem`)).stdout).toBe(pem)
    expect((await curl('-H', 'Host: acmescope:8555', `${recorder.proxy}/ca.pem`)).stdout).toBe(pem)
    expect((await curl('-x', recorder.proxy, `${recorder.proxy}/ca.pem`)).stdout).toBe(pem)
    expect((await curl('--proxytunnel', '-x', recorder.proxy, `${recorder.proxy}/ca.pem`)).stdout).toBe(pem)
    const der = join(lab.folder, 'ca.der')
    await curl('-o', der, `${recorder.proxy}/ca.der`)
    expect(new X509Certificate(await readFile(der)).fingerprint256).toBe(new X509Certificate(pem).fingerprint256)
    expect((await curl(`${recorder.proxy}/bundle.pem`)).stdout).toBe(await readFile(recorder.bundle, 'utf8'))
    const { stdout } = await curl('-I', `${recorder.proxy}/ca.pem`)
    expect(stdout).toMatch(new RegExp(`^HTTP/1.1 200 OK\r\n[^]*content-length: ${Buffer.byteLength(pem)}\r\n`, 'i'))
  })

  test.each(['dash', 'bash'])('one line in %s, for somebody who has no access to our files', async (shell) => {
    const lines = [
      `eval "$(curl -fsS ${recorder.proxy}/env)"`,
      `curl -sSf ${lab.pebble.directory} >/dev/null`,
      `python3 -c "import urllib.request as u; u.urlopen('${lab.pebble.directory}').read()"`,
      'rm -r "$ACMESCOPE_DIR"',
      'echo fine',
    ]
    const argv = [...asNobody, 'env', '-i', 'PATH=/usr/bin:/bin', shell, '-euc', lines.join('\n')]
    expect(await run({ argv, cwd: '/' }, 60_000)).toMatchObject({ code: 0, stdout: 'fine\n', stderr: '' })
  })

  test('nobody who came to look is recorded', async () => {
    await recorder.process.stop()
    const { stdout } = await query(recordings, 'show', 'latest', '--json')
    const { steps } = JSON.parse(stdout)
    expect(steps.map(({ operation }: { readonly operation: string }) => operation)).toEqual(Array(4).fill('directory'))
  })
})

describe.skipIf(skipWithout('curl'))('acmescope’s own page', () => {
  test('nobody reaches it by way of the proxy, by whatever address or name', async () => {
    await using lab = await startLab()
    const recordings = await mkdtemp(join(lab.folder, 'recordings-'))
    const [page = 0] = await freePorts(1)
    const flags = ['--ui-port', String(page), '--connect-to', `evil.test:${page}:127.0.0.1:${page}`]
    const recorder = await serve(lab, recordings, flags)
    try {
      const by = ['127.0.0.1', '0.0.0.0', '[::ffff:127.0.0.1]', 'localhost', 'evil.test']
      for (const host of by)
        for (const way of [[], ['--proxytunnel'], ['--socks5-hostname', new URL(recorder.proxy).host]]) {
          const proxy = way[0] === '--socks5-hostname' ? way : ['-x', recorder.proxy, ...way]
          const asked = ['curl', '-s', '-H', `Host: 127.0.0.1:${page}`, ...proxy, `http://${host}:${page}/api/recorder`]
          const { stdout } = await run({ argv: asked }, 20_000)
          expect([host, way[0], stdout]).toEqual([host, way[0], ''])
        }
      expect((await fetch(`${recorder.ui}/api/recorder`)).status).toBe(200)
    } finally {
      await recorder.process.stop()
    }
  })
})
