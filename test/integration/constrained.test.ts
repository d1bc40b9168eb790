/** An authority for some hosts only, whose key was stolen: who still believes what it signs for others. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRoot } from '../../proxy/authority-root.ts'
import { withSystemBundle } from '../../proxy/cli/system-bundle.ts'
import { query, runRecorded } from '../lab/acmescope.ts'
import { issueBy } from '../lab/certificates.ts'
import { contact } from '../lab/clients/client.ts'
import { buildGoProgram, source } from '../lab/clients/programs.ts'
import { startLab } from '../lab/lab.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { caHost } from '../lab/pebble.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { run } from '../lab/processes.ts'
import { startTunnel, type Tunnel } from '../lab/tunnel.ts'

const PERMITTED = 'ca.permitted.test'
const OTHER = 'www.other.test'

describe.skipIf(skipWithout('curl', 'gnutls-bin', 'python3-requests', 'golang-go'))(
  'names that an authority may not stand for',
  () => {
    let folder = ''
    let root = ''
    let port = 0
    let tunnel: Tunnel
    let go = ''
    const closers: (() => unknown)[] = []
    /** Whom a client said something to, once it believed the certificate. */
    const asked: unknown[] = []

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'acmescope-constrained-'))
      root = join(folder, 'root.pem')
      const { keyPem, certificatePem } = await createRoot(new Date(), ['*.permitted.test'])
      await writeFile(root, certificatePem)
      const contexts = [PERMITTED, OTHER].map((host) => {
        const { key, certificate } = issueBy({ key: keyPem, certificate: certificatePem }, [host])
        return [host, tls.createSecureContext({ key, cert: certificate })] as const
      })
      const server = tls.createServer(
        { SNICallback: (name, done) => done(null, contexts.find(([host]) => host === name)?.[1]) },
        (socket) => {
          socket.on('error', () => undefined)
          socket.once('data', () => {
            asked.push(Reflect.get(socket, 'servername'))
            socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')
          })
        },
      )
      server.on('tlsClientError', () => undefined)
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      port = (server.address() as AddressInfo).port
      tunnel = await startTunnel(new Map([PERMITTED, OTHER].map((host) => [`${host}:443`, port])))
      closers.push(() => server.close(), tunnel.stop)
      go = await buildGoProgram(folder)
    })
    afterAll(async () => {
      for (const close of closers) await close()
      await rm(folder, { recursive: true })
    })

    const through = (argv: readonly string[]) => {
      const env = {
        HTTPS_PROXY: tunnel.url,
        SSL_CERT_FILE: root,
        REQUESTS_CA_BUNDLE: root,
        CURL_CA_BUNDLE: root,
        HOME: folder,
      }
      return run({ argv, env }, 30_000)
    }
    const script = `const [host, port, ca] = process.argv.slice(1)
    require('node:https').get({ host: '127.0.0.1', port, servername: host, headers: { host }, ca: require('node:fs').readFileSync(ca) },
      () => process.exit(0)).on('error', () => process.exit(1))`
    const clients: readonly (readonly [string, (host: string) => ReturnType<typeof run>])[] = [
      ['curl, with OpenSSL', (host) => through(['curl', '-sSf', `https://${host}/`])],
      [
        'GnuTLS',
        (host) => {
          const names = ['--sni-hostname', host, '--verify-hostname', host]
          return run({ argv: ['gnutls-cli', '--x509cafile', root, ...names, '-p', String(port), '127.0.0.1'] }, 30_000)
        },
      ],
      ['Python, with its ssl', (host) => legs(['/usr/bin/python3', source('legs.py'), 'urllib'], host)],
      ['Python, with requests', (host) => legs(['/usr/bin/python3', source('legs.py'), 'requests'], host)],
      ['Go', (host) => legs([go], host)],
      ['Node', (host) => run({ argv: [process.execPath, '-e', script, host, String(port), root] }, 30_000)],
    ]
    const legs = (argv: readonly string[], host: string) =>
      through([...argv, `https://${host}/`, `https://${host}/`, 'token'])

    const rows = clients.map(([name, ask]) => ({ name, ask }))
    test.each(rows)('$name believes it for those it may stand for, and for no other', async ({ ask }) => {
      const [permitted, other] = [await ask(PERMITTED), await ask(OTHER)]
      expect([permitted.code, permitted.stderr]).toEqual([0, permitted.stderr])
      expect(other.code).not.toBe(0)
    })

    /** None of them gets further than the directory, which holds nothing. */
    const acme: readonly (readonly [string, (directory: string) => readonly string[]])[] = [
      [
        'lego',
        (directory) => ['lego', '--server', directory, ...terms, '--path', folder, '--http', '-d', OTHER, 'run'],
      ],
      [
        'certbot',
        (directory) => {
          const folders = ['--config-dir', '--work-dir', '--logs-dir'].flatMap((flag) => [flag, folder])
          return ['certbot', 'register', '-n', '--agree-tos', '-m', contact, '--server', directory, ...folders]
        },
      ],
      [
        'uacme',
        (directory) => withSystemBundle(['uacme', '-y', '-c', folder, '-a', directory, 'new'], root, false).words,
      ],
    ]
    const terms = ['--accept-tos', '--email', contact]
    const programs = acme.map(([name, command]) => ({ name, command }))
    test.skipIf(skipWithout('lego', 'certbot', 'uacme') || skipWithoutNamespace(mountNamespace)).each(programs)(
      '$name asks that host and no other',
      async ({ command }) => {
        asked.length = 0
        await through(command(`https://${OTHER}/dir`))
        expect(asked).toEqual([])
        await through(command(`https://${PERMITTED}/dir`))
        expect(new Set(asked)).toEqual(new Set([PERMITTED]))
      },
    )
  },
)

describe.skipIf(skipWithout('pebble', 'curl'))('a recorder with such an authority, in memory only', () => {
  test('records those hosts, lets others pass, and leaves neither key nor certificate', async () => {
    await using lab = await startLab()
    const recordings = join(lab.folder, 'recordings')
    const api = 'https://api.cloudflare.com/client/v4/zones'
    const script = [
      `curl -sSf ${lab.pebble.directory} >/dev/null`,
      // Its own certificate: what was given to trust it with is of the lab.
      `curl -sS -o /dev/null --cacert ${lab.root} ${api}`,
      'ls "$SSL_CERT_FILE"',
    ].join(' && ')
    const client = { name: 'curl', folder: lab.folder, argv: ['sh', '-c', script], env: { HOME: lab.folder } }
    const flags = ['--ephemeral', '--constrain-authority', caHost]
    const { code, stdout, stderr } = await runRecorded(lab, client, recordings, flags)
    expect([code, stderr]).toEqual([0, stderr])
    expect(existsSync(stdout.trim())).toBe(false)
    expect((await readdir(recordings)).filter((name) => name.startsWith('authority'))).toEqual([])
    const { stdout: shown } = await query(recordings, 'show', 'latest', '--json')
    expect(JSON.parse(shown).steps).toMatchObject([{ operation: 'directory' }])
  })
})
