/** Programs that people write themselves, in the languages they write them in; each asks a CA and a DNS provider's API. */
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { labToken } from '../cloudflare.ts'
import type { Lab } from '../lab.ts'
import { run } from '../processes.ts'
import { type ClientCommand, contact, home } from './client.ts'

export const source = (file: string) => fileURLToPath(new URL(`programs/${file}`, import.meta.url))

/** What Go has built of its own packages, which takes it a while, is there for the next time. */
export const goCache = join(tmpdir(), 'acmescope-test-go-cache')

const API = 'https://api.cloudflare.com/client/v4/zones'

export type Library = 'urllib' | 'requests' | 'httpx' | 'fetch' | 'https' | 'agent' | 'undici'

/** Debian's Python, which has Debian's libraries. */
export const pythonProgram = (lab: Lab, library: Library) =>
  program(lab, library, ['/usr/bin/python3', source('legs.py'), library])

export const nodeProgram = (lab: Lab, library: Library) =>
  program(lab, library, [process.execPath, source('legs.mjs'), library])

/** Built here, of nothing but Go's own packages, and without asking for any. */
export async function goProgram(lab: Lab): Promise<ClientCommand> {
  const client = await program(lab, 'go', [])
  return { ...client, argv: [await buildGoProgram(client.folder), ...client.argv] }
}

/** The program alone, built in that folder. */
export async function buildGoProgram(folder: string): Promise<string> {
  const binary = join(folder, 'legs')
  await cp(source('legs.go'), join(folder, 'legs.go'))
  const env = { HOME: folder, GOFLAGS: '-mod=mod', GOPROXY: 'off', GO111MODULE: 'off', GOCACHE: goCache }
  const { code, stderr } = await run({ argv: ['go', 'build', '-o', binary, 'legs.go'], env, cwd: folder }, 120_000)
  if (code !== 0) throw new Error(`go build ended with ${code}: ${stderr}`)
  return binary
}

/** Two requests of curl's, as a script makes them. */
export async function curlRequests(lab: Lab): Promise<ClientCommand> {
  const folder = await home(lab, 'curl')
  const asks = (url: string, ...more: readonly string[]) => [
    '-sSf',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code} ',
    ...more,
    url,
  ]
  const authorization = ['--header', `Authorization: Bearer ${labToken}`]
  const argv = ['curl', '--fail-early', ...asks(lab.pebble.directory), '--next', ...asks(API, ...authorization)]
  return { name: 'curl', folder, argv, env: { HOME: folder } }
}

async function program(lab: Lab, library: string, argv: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, `program-${library}`)
  return { name: library, folder, argv: [...argv, lab.pebble.directory, API, labToken], env: { HOME: folder } }
}

/** Node's acme-client, as a program of a few lines; needs the lab's web server. */
export async function acmeClient(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'acme-client')
  const argv = [process.execPath, source('acme-client.mjs'), lab.pebble.directory, lab.webroot, contact, name]
  return { name: 'acme-client http-01', folder, argv, env: { HOME: folder } }
}
