/** What docs/clients/ prints is run as it is printed, against a CA and a DNS provider's API of our own. */
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { acmescopeProgram, query, type Recorder, serve } from '../lab/acmescope.ts'
import { httpdCommand } from '../lab/clients/apache.ts'
import { contact } from '../lab/clients/client.ts'
import { goCache } from '../lab/clients/programs.ts'
import { labToken } from '../lab/cloudflare.ts'
import { type Lab, type LabOptions, startLab } from '../lab/lab.ts'
import { userNamespace } from '../lab/namespaces.ts'
import { pebbleTerms } from '../lab/pebble.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { run, start } from '../lab/processes.ts'
import { blocksOf, filledIn } from './client-page.ts'

interface Page {
  readonly page: string
  readonly packages: readonly string[]
  /** The lanes of each of its recordings: who came, and to whom. */
  readonly lanes: RegExp
  /** How many certificates come of it all; a program that only asks gets none. */
  readonly certificates: number
  /** For a server that goes on: the line after which it has what it wanted. */
  readonly until?: RegExp
}

const pages: readonly Page[] = [
  { page: 'lego', packages: ['lego'], lanes: /lego/, certificates: 2 },
  { page: 'certbot', packages: ['certbot'], lanes: /certbot/, certificates: 2 },
  {
    page: 'certbot-dns-cloudflare',
    packages: ['certbot', 'python3-certbot-dns-cloudflare'],
    lanes: /certbot.*Cloudflare/,
    certificates: 2,
  },
  { page: 'uacme', packages: ['uacme'], lanes: /uacme/, certificates: 1 },
  { page: 'dehydrated', packages: ['dehydrated'], lanes: /dehydrated/, certificates: 2 },
  { page: 'acme-tiny', packages: ['acme-tiny', 'openssl'], lanes: /acme-tiny/, certificates: 2 },
  { page: 'acmetool', packages: ['acmetool'], lanes: /acmetool/, certificates: 2 },
  { page: 'caddy', packages: ['caddy'], lanes: /Caddy/, certificates: 2, until: /certificate obtained successfully/ },
  { page: 'apache-mod-md', packages: ['apache2-bin'], lanes: /mod_md/, certificates: 1, until: /AH10059/ },
  { page: 'curl', packages: ['curl'], lanes: /curl/, certificates: 0 },
  { page: 'node', packages: [], lanes: /my-client|acme-client/, certificates: 2 },
  { page: 'python', packages: ['python3-requests', 'python3-httpx'], lanes: /my-client/, certificates: 0 },
  { page: 'go', packages: ['golang-go'], lanes: /my-client/, certificates: 0 },
]

/** Those with a web server of their own; the others leave their answers to the lab's. */
const labFor = ({ until }: Page): LabOptions => (until ? {} : { web: 'files' })

describe.concurrent('the page of', () => {
  for (const page of pages) {
    const isSkipped =
      skipWithout('pebble', ...page.packages) ||
      (page.packages.includes('apache2-bin') && skipWithoutNamespace(userNamespace))
    test.skipIf(isSkipped)(`${page.page} holds`, () => holds(page), 240_000)
  }
})

interface Place {
  readonly lab: Lab
  readonly folder: string
  readonly recorder: Recorder
}

async function holds(page: Page): Promise<void> {
  await using lab = await startLab(labFor(page))
  const folder = join(lab.folder, 'my folder')
  const recordings = join(folder, 'recordings')
  await mkdir(join(folder, 'bin'), { recursive: true })
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
  await prepare(lab, folder)
  const recorder = await serve(lab, recordings)
  try {
    const places = placesOf(lab, recorder, await httpdCommand(lab, 'www.example.test', join(folder, 'acmescope.conf')))
    const counts: Counts = new Map()
    for (const { kind, text } of await blocksOf(page.page)) {
      const here = filledIn(text, places)
      if (kind === 'sh') await typed(here, page, { lab, folder, recorder }, counts)
      else await writeFile(join(folder, kind), here)
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(page.certificates)
  } finally {
    await recorder.process.stop()
  }
}

/** What stands on a machine before anybody reads our pages. */
async function prepare(lab: Lab, folder: string): Promise<void> {
  const ports = ['--proxy-port', '0', '--ui-port', '0']
  const [node = '', main = ''] = acmescopeProgram
  // What of the lab is told to acmescope is the one thing that nobody types.
  const script = `#!/bin/sh\nverb=$1; shift\nexec '${node}' '${main}' "$verb" ${[...lab.acmescopeFlags, ...ports].join(' ')} "$@"\n`
  await writeFile(join(folder, 'bin', 'acmescope'), script, { mode: 0o755 })
  await symlink(process.execPath, join(folder, 'bin', 'node'))
  const folders = ['config', 'work', 'logs'].map((kind) => `${kind}-dir = ${join(folder, 'certbot', kind)}\n`)
  await mkdir(join(folder, 'letsencrypt'))
  await writeFile(join(folder, 'letsencrypt', 'cli.ini'), folders.join(''))
}

/** What the pages say in place of what is the reader's own. */
const placesOf = (lab: Lab, recorder: Recorder, httpd: string) =>
  [
    ['https://acme-staging-v02.api.letsencrypt.org/directory', lab.pebble.directory],
    ['http://127.0.0.1:8555', recorder.proxy],
    ['/var/www/html', lab.webroot],
    ['TERMS-OF-SERVICE-URL', pebbleTerms],
    // Caddy and Apache take ports that only root may take, and of which there is one.
    [
      '\temail you@example.org\n',
      `\temail ${contact}\n\tadmin off\n\thttp_port ${lab.pebble.httpPort}\n\thttps_port ${lab.pebble.tlsPort}\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n`,
    ],
    ['apache2ctl -D FOREGROUND', httpd],
    ['you@example.org', contact],
    ['example.org', 'example.test'],
  ] as const

/** Of each recording, how many certificates it was seen to have. */
type Counts = Map<string, number>

/** One block, in a shell of its own. */
async function typed(
  script: string,
  { lanes, until }: Page,
  { lab, folder, recorder }: Place,
  counts: Counts,
): Promise<void> {
  const isRun = script.includes('acmescope run')
  const isRecorded = isRun || script.includes(recorder.proxy)
  // bash gives way to the last command, which then hears when it is told to end.
  const command = { argv: ['bash', '-e', '-c', script.trim()], cwd: folder, env: environment(lab, folder) }
  const { code, stdout, stderr } = until && isRecorded ? await runUntil(command, until) : await run(command, 120_000)
  expect(code, `${script}\n${stdout}${stderr}`).toBe(0)
  if (!isRecorded) return
  const said = await shown(join(folder, 'recordings'), isRun ? 'latest' : recorder.recording)
  expect(said.lanes.map(({ label }) => label).join(' '), script).toMatch(lanes)
  expect(
    said.findings.filter(({ severity }) => severity === 'error'),
    script,
  ).toEqual([])
  counts.set(said.recording.id, said.certificates.length)
}

async function runUntil(command: Parameters<typeof start>[0], pattern: RegExp) {
  const running = start(command)
  await running.line(pattern, 120_000).finally(() => running.stop(20_000))
  return { ...(await running.ended), code: 0 }
}

const environment = (lab: Lab, folder: string) => ({
  // Debian's own programs before any others of the same name.
  PATH: `${join(folder, 'bin')}:/usr/bin:/bin:/usr/sbin:/sbin:${process.env.PATH}`,
  HOME: join(lab.folder, crypto.randomUUID()),
  XDG_CONFIG_HOME: folder,
  CLOUDFLARE_API_TOKEN: labToken,
  GO111MODULE: 'off',
  GOCACHE: goCache,
})

async function shown(recordings: string, recording: string) {
  const { stdout, stderr } = await query(recordings, 'show', recording, '--json')
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as {
    readonly recording: { readonly id: string }
    readonly lanes: readonly { readonly label: string }[]
    readonly certificates: readonly unknown[]
    readonly findings: readonly { readonly severity: string; readonly id: string }[]
  }
}
