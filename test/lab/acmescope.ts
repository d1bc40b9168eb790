/** Runs the built acmescope as a user would, by its command line; nothing here reaches into its code. */
import { fileURLToPath } from 'node:url'
import type { ClientCommand } from './clients/client.ts'
import type { Lab } from './lab.ts'
import { type Command, type Outcome, type Running, run, start } from './processes.ts'

/** The built command. */
export const acmescopeProgram: readonly string[] = [
  process.execPath,
  fileURLToPath(new URL('../../dist/proxy/cli/main.js', import.meta.url)),
]

const clientLimit = 150_000
const queryLimit = 30_000

/**
 * `acmescope run … -- CLIENT`, on free ports, with its recordings in `recordings`. Resolves whatever the exit code is. A
 * client that would go on for ever is ended, by way of acmescope, when it has said what it has to say.
 */
export async function runRecorded(
  lab: Lab,
  client: ClientCommand,
  recordings: string,
  flags: readonly string[] = [],
): Promise<Outcome> {
  const ports = ['--proxy-port', '0', '--ui-port', '0', '--recordings', recordings]
  const argv = [
    ...acmescopeProgram,
    'run',
    ...lab.acmescopeFlags,
    ...ports,
    ...(client.runFlags ?? []),
    ...flags,
    '--',
    ...client.argv,
  ]
  const command = { argv, env: client.env, cwd: lab.folder }
  return client.until === undefined ? run(command, clientLimit) : runUntil(command, client.until)
}

async function runUntil(command: Command, patterns: readonly RegExp[]): Promise<Outcome> {
  const running = start(command)
  const said = Promise.all(patterns.map((pattern) => running.line(pattern, clientLimit)))
  await said.finally(() => running.stop(30_000))
  return running.ended
}

/** The same client with nothing between it and its peers but a tunnel that cannot read. */
export function runUnrecorded(lab: Lab, client: ClientCommand): Promise<Outcome> {
  const env = { HTTPS_PROXY: lab.tunnel.url, REQUESTS_CA_BUNDLE: lab.root, SSL_CERT_FILE: lab.root }
  return run({ argv: client.argv, env: { ...client.env, ...env }, cwd: lab.folder }, clientLimit)
}

/** Any other command over stored recordings: `show latest --json`, `check latest`, … */
export function query(recordings: string, ...args: readonly string[]): Promise<Outcome> {
  return run({ argv: [...acmescopeProgram, ...args, '--recordings', recordings] }, queryLimit)
}

/** What `serve --json` says once it is ready: URLs of the proxy and the page, files of the authority, the recording. */
export interface Recorder {
  readonly proxy: string
  readonly ui: string
  readonly ca: string
  readonly bundle: string
  readonly recording: string
  readonly process: Running
}

/** `acmescope serve` for this lab, ready within 20 s. `flags` come last, so they win. */
export async function serve(lab: Lab, recordings: string, flags: readonly string[] = []): Promise<Recorder> {
  const ports = ['--proxy-port', '0', '--ui-port', '0', '--recordings', recordings]
  const argv = [...acmescopeProgram, 'serve', '--json', ...lab.acmescopeFlags, ...ports, ...flags]
  const running = start({ argv, cwd: lab.folder })
  try {
    const ready: unknown = JSON.parse(await running.line(/^\{.*"proxy"/, 20_000))
    return { ...readReady(ready), process: running }
  } catch (error) {
    await running.stop()
    throw error
  }
}

/** A client whose traffic goes through a running recorder. */
export function runThrough(recorder: Recorder, client: ClientCommand): Running {
  const { proxy, bundle } = recorder
  const env = { HTTPS_PROXY: proxy, REQUESTS_CA_BUNDLE: bundle, SSL_CERT_FILE: bundle }
  return start({ argv: client.argv, env: { ...client.env, ...env } })
}

function readReady(ready: unknown): Omit<Recorder, 'process'> {
  const fields = new Map(Object.entries(Object(ready)))
  const field = (name: string) => {
    const value = fields.get(name)
    if (typeof value !== 'string') throw new Error(`serve --json said no ${name}: ${JSON.stringify(ready)}`)
    return value
  }
  return {
    proxy: field('proxy'),
    ui: field('ui'),
    ca: field('ca'),
    bundle: field('bundle'),
    recording: field('recording'),
  }
}
