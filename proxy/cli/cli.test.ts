import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// The built command: what a person runs.
const MAIN = fileURLToPath(new URL('../../dist/proxy/cli/main.js', import.meta.url))
const ANY_PORTS = ['--proxy-port', '0', '--ui-port', '0']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

function acmescope(...parameters: readonly string[]): Promise<Ended> {
  const env = { ...process.env, ACMESCOPE_RECORDINGS: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...parameters], { env }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error })
    })
  })
}

function start(...parameters: readonly string[]): ChildProcess {
  const env = { ...process.env, ACMESCOPE_RECORDINGS: folder }
  return spawn(process.execPath, [MAIN, ...parameters], { env, stdio: 'pipe' })
}

async function firstOutput(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no stdout')
  return String((await once(child.stdout, 'data'))[0])
}

async function takePort(): Promise<{ port: number; close: () => void }> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

describe('serve', () => {
  test('--json says in one line where everything is, and SIGTERM ends it with 0', async () => {
    const child = start('serve', '--json', ...ANY_PORTS)
    const ready = JSON.parse(await firstOutput(child))
    expect(Object.keys(ready)).toEqual(['proxy', 'ui', 'ca', 'bundle', 'recording'])
    expect((await stat(ready.ca)).size).toBeGreaterThan(0)
    expect((await stat(ready.bundle)).size).toBeGreaterThan((await stat(ready.ca)).size)
    expect(await (await fetch(ready.proxy)).text()).toContain(ready.ui)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test.each([
    ['--proxy-port', '--ui-port', "(the proxy's)"],
    ['--ui-port', '--proxy-port', "(the page's)"],
  ])('%s in use: one line and 4', async (flag, other, whose) => {
    const taken = await takePort()
    const { code, out, error } = await acmescope(flag, String(taken.port), other, '0')
    taken.close()
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(error).toBe(
      `acmescope: port ${taken.port} ${whose} is in use; stop what listens there, or choose another with --proxy-port or --ui-port (0 takes a free one)\n`,
    )
  })

  test.each([
    ['--nope'],
    ['--proxy-port', '70000'],
    ['--connect-to', 'ca.test'],
    ['--intercept', 'https://ca.test'],
    ['--on-refusal', 'ignore'],
    ['nope'],
    ['ca', '--format', 'x'],
    ['run'],
  ])('wrong usage %s %s: 2', async (...parameters) => {
    const { code, out, error } = await acmescope(...parameters)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toMatch(/^acmescope: /)
  })

  test('an unreadable --upstream-ca and an unwritable folder: one line and 4', async () => {
    const noCa = await acmescope(...ANY_PORTS, '--upstream-ca', join(folder, 'none.pem'))
    expect(noCa.code).toBe(4)
    expect(noCa.error).toMatch(/^acmescope: --upstream-ca .* holds no certificate .*; give .*\n$/)
    const noFolder = await acmescope(...ANY_PORTS, '--recordings', '/proc/acmescope')
    expect(noFolder.code).toBe(4)
    expect(noFolder.error).toMatch(/^acmescope: \/proc\/acmescope cannot be written to; .*\n$/)
  })
})

describe('run', () => {
  test('the command gets the terminal, its environment, and its exit code is kept', async () => {
    const script = 'echo "$HTTPS_PROXY|$NO_PROXY|$SSL_CERT_FILE"; exit 7'
    const { code, out } = await acmescope('run', ...ANY_PORTS, '--', 'sh', '-c', script)
    expect(code).toBe(7)
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\|\|\/.*\/authority\/bundle\.pem\n$/)
  })

  test('flags behind the command are its own', async () => {
    const { out } = await acmescope('run', ...ANY_PORTS, 'echo', '--json', '--help')
    expect(out).toBe('--json --help\n')
  })

  test('a file that is no program: 126, as shells say it', async () => {
    const { code, error } = await acmescope('run', ...ANY_PORTS, '--', '/etc/passwd')
    expect(code).toBe(126)
    expect(error).toMatch(/^acmescope: \/etc\/passwd may not be started; .*permissions\n$/)
  })

  test('a command that does not exist: 127 and one line', async () => {
    const { code, error } = await acmescope('run', ...ANY_PORTS, '--', 'no-such-command-here')
    expect(code).toBe(127)
    expect(error).toBe('acmescope: no-such-command-here could not be started; check its name and PATH\n')
  })

  test('a signal reaches the command, whose end is ours', async () => {
    const script = 'trap "echo got it; exit 5" TERM; echo ready; while :; do sleep 0.1; done'
    const child = start('run', ...ANY_PORTS, '--', 'sh', '-c', script)
    expect(await firstOutput(child)).toBe('ready\n')
    // Listened for before it can happen: the end may come with the last word.
    const ended = once(child, 'exit')
    const answer = firstOutput(child)
    child.kill('SIGTERM')
    expect(await answer).toBe('got it\n')
    expect(await ended).toEqual([5, null])
  })

  test('it ends also when nobody is left to be told', async () => {
    const child = start(
      'run',
      ...ANY_PORTS,
      '--',
      'sh',
      '-c',
      'echo ready; read line; curl -s https://no-such-name.invalid/',
    )
    const ended = once(child, 'exit')
    await firstOutput(child)
    child.stdout?.destroy()
    child.stderr?.destroy()
    child.stdin?.end('go on\n')
    expect(await ended).not.toEqual([0, null])
  })

  test('what failed on the way is said with what to do', async () => {
    const { code, error } = await acmescope('run', ...ANY_PORTS, '--', 'curl', '-sS', 'https://no-such-name.invalid/')
    expect(code).not.toBe(0)
    expect(error).toContain('no-such-name.invalid could not be reached')
    expect(error).toContain('recorded as')
  })

  test('a command that never came through is told why that may be', async () => {
    const { code, error } = await acmescope('run', ...ANY_PORTS, '--', 'true')
    expect(code).toBe(0)
    expect(error).toContain('nothing came through the proxy')
  })

  test('one whose hosts are all left undecrypted is told that, and not that nothing came', async () => {
    const { error } = await acmescope(
      ...['run', ...ANY_PORTS, '--intercept', 'ca.test', '--', 'curl', '-sS', 'https://no-such-name.invalid/'],
    )
    expect(error).toContain('1 connection to 1 host passed unread and is not recorded: no-such-name.invalid')
    expect(error).not.toContain('nothing came through')
  })

  test('one that passes no variables on is told what to do instead', async () => {
    const sudo = join(folder, 'sudo')
    await writeFile(sudo, '#!/bin/sh\n', { mode: 0o755 })
    const { error } = await acmescope('run', ...ANY_PORTS, '--', sudo, 'certbot', 'renew')
    expect(error).toContain('sudo: it passes no variables on: start acmescope itself')
  })
})

describe('ca', () => {
  test('the certificate comes in each form', async () => {
    const { out } = await acmescope('ca')
    expect(out).toMatch(/^-----BEGIN CERTIFICATE-----/)
    const bundle = await acmescope('ca', '--format', 'bundle')
    expect(bundle.out.trim().endsWith(out.trim())).toBe(true)
    const file = join(folder, 'ca.p12')
    const written = await acmescope('ca', '--format', 'p12', '-o', file)
    expect({ code: written.code, out: written.out }).toEqual({ code: 0, out: '' })
    expect((await readFile(file))[0]).toBe(0x30)
  })

  test('a file that cannot be written: 4', async () => {
    expect(await acmescope('ca', '-o', '/proc/nope')).toMatchObject({ code: 4 })
  })
})
