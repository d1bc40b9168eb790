/** `run` is not in the way: its command has the terminal, the streams and the signals as if it had been started alone. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acmescopeProgram } from '../lab/acmescope.ts'
import { skipWithout } from '../lab/peers.ts'
import { type Outcome, run, start } from '../lab/processes.ts'

/** Debian's; any package of peers that is written in Python brings it. */
const python = '/usr/bin/python3'
const lab = (file: string) => fileURLToPath(new URL(`../lab/${file}`, import.meta.url))
const listener = [python, lab('clients/listener.py')]
const limit = 60_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-transparency-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const recorded = (...command: readonly string[]): readonly string[] => [
  ...acmescopeProgram,
  ...['run', '--recordings', join(folder, 'recordings'), '--proxy-port', '0', '--ui-port', '0', '--', ...command],
]

const inShell = (script: string, ...words: readonly string[]): Promise<Outcome> =>
  run({ argv: ['bash', '-o', 'pipefail', '-c', script, 'bash', ...words], cwd: folder }, limit)

describe.skipIf(skipWithout('python3-requests'))('at a terminal', () => {
  type Step = readonly ['wait' | 'type', string] | readonly ['resize', number, number]

  async function atTerminal(command: readonly string[], steps: readonly Step[]) {
    const { stdout, stderr } = await run(
      { argv: [python, lab('terminal.py'), JSON.stringify(steps), ...command] },
      limit,
    )
    expect(stderr).toBe('')
    return JSON.parse(stdout) as { readonly printed: string; readonly code: number }
  }

  test('it has the terminal, in the foreground, with its size', async () => {
    const { printed, code } = await atTerminal(recorded(...listener), [
      ['wait', 'ready'],
      ['type', 'size\n'],
      ['wait', 'size 111 33'],
      ['resize', 44, 99],
      ['wait', 'got SIGWINCH'],
      ['type', 'size\n'],
      ['wait', 'size 99 44'],
      ['type', 'counts\n'],
      ['wait', 'counts'],
      ['type', 'exit 7\n'],
    ])
    expect(printed).toContain('terminals True True True')
    expect(printed).toContain('foreground True')
    expect(printed).toMatch(/counts SIGWINCH=1\r/)
    expect(code).toBe(7)
  })

  test('keys that send signals send each of them once, and it alone decides whether to end', async () => {
    const { printed, code } = await atTerminal(recorded(...listener), [
      ['wait', 'ready'],
      ['type', '\x03'],
      ['wait', 'got SIGINT'],
      ['type', '\x03'],
      ['wait', 'got SIGINT'],
      ['type', '\x1c'],
      ['wait', 'got SIGQUIT'],
      ['type', 'counts\n'],
      ['wait', 'counts'],
      ['type', 'exit 0\n'],
    ])
    expect(printed).toMatch(/counts SIGINT=2 SIGQUIT=1\r/)
    expect(printed).toContain('nothing came through the proxy')
    expect(code).toBe(0)
  })

  test('once, too, where its input is no terminal', async () => {
    // What is typed comes to it by a pipe.
    const script = 'mkfifo typed; cat < /dev/tty > typed & exec "$@" < typed'
    const { printed, code } = await atTerminal(
      ['bash', '-c', `cd '${folder}'; ${script}`, 'bash', ...recorded(...listener)],
      [
        ['wait', 'ready'],
        ['type', '\x03'],
        ['wait', 'got SIGINT'],
        ['type', 'counts\n'],
        ['wait', 'counts SIG'],
        ['type', 'exit 3\n'],
      ],
    )
    expect(printed).toContain('terminals False True True')
    expect(printed).toMatch(/counts SIGINT=1\r/)
    expect(code).toBe(3)
  })

  test('it is stopped and continued as a job of the shell', async () => {
    await atTerminal(
      ['bash', '--norc', '-i'],
      [
        ['type', `${recorded(...listener).join(' ')}\n`],
        ['wait', 'ready'],
        ['type', '\x1a'],
        ['wait', 'Stopped'],
        ['type', 'fg\n'],
        ['wait', 'listener.py'],
        ['type', 'exit 5\n'],
        ['wait', 'nothing came through'],
        ['type', 'echo it was $?\n'],
        ['wait', 'it was 5'],
        ['type', 'exit\n'],
      ],
    )
  })

  test('a whole shell can be recorded, with jobs of its own', async () => {
    const { code } = await atTerminal(recorded('bash', '--norc', '-i'), [
      ['wait', 'bash-'],
      ['type', 'echo now; sleep 600\n'],
      ['wait', 'now\r'],
      ['type', '\x03'],
      ['wait', '^C'],
      ['type', 'exit 4\n'],
      ['wait', 'nothing came through'],
    ])
    expect(code).toBe(4)
  })
})

describe.skipIf(skipWithout('python3-requests', 'curl'))('without a terminal', () => {
  test('each signal that is sent to acmescope reaches the command, once, and a command that goes on goes on', async () => {
    const argv = ['setsid', ...recorded(...listener)]
    const running = start({
      argv: ['bash', '-c', 'mkfifo "$1"; shift; exec "$@" <> orders', 'bash', 'orders', ...argv],
      cwd: folder,
    })
    await running.line(/^ready/, limit)
    const signals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const
    for (const signal of signals) {
      process.kill(running.pid, signal)
      await running.line(new RegExp(`^got ${signal}`), limit)
    }
    await writeFile(join(folder, 'orders'), 'counts\nexit 9\n')
    const { code, stdout } = await running.ended
    expect(stdout).toContain(`counts ${signals.map((signal) => `${signal}=1`).join(' ')}\n`)
    expect(code).toBe(9)
  })

  test('a signal that ends it is told as a shell tells it', async () => {
    const { code } = await run({ argv: recorded('sh', '-c', 'kill -KILL $$') }, limit)
    expect(code).toBe(128 + 9)
  })

  test('what comes in and what goes out passes byte by byte, and is told apart from ours', async () => {
    const bytes = randomBytes(24_000_000)
    await writeFile(join(folder, 'in'), bytes)
    const { code, stdout } = await inShell('"$@" < in 2> err | { sleep 0.2; sha256sum; }', ...recorded('cat'))
    expect(code).toBe(0)
    expect(stdout).toContain(createHash('sha256').update(bytes).digest('hex'))
    expect(await readFile(join(folder, 'err'), 'utf8')).toMatch(/^nothing came through the proxy/)
  })

  test('its streams block as they did, and nobody speaks before it has ended', async () => {
    // A refused connection, which acmescope has something to say about.
    const noise = 'curl -s --proxy "$HTTPS_PROXY" --cacert /dev/null https://ca.example.test/'
    const after = `${python} -c 'import os; print("blocking", *[os.get_blocking(fd) for fd in range(3)])'`
    const { stdout } = await inShell(
      'cat /dev/null | "$@" 2>&1 | cat',
      ...recorded('sh', '-c', `${noise}; ${after}; echo last`),
    )
    expect(stdout).toMatch(/^blocking True True True\nlast\n.*refused our certificate/s)
  })

  test('it ends when its command does, whatever that leaves running', async () => {
    const { stdout } = await inShell(
      '"$@" > out 2>&1; cat out; kill $(cat pid)',
      ...recorded('sh', '-c', 'sleep 600 & echo $! > pid; echo done'),
    )
    expect(stdout).toMatch(/^done\n/)
  })
})
