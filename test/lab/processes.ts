/** Runs the lab's programs: bounded in time, their output kept, each ended by its own pid. */
import { type ChildProcess, spawn } from 'node:child_process'

/** A program, its arguments and all of its environment (nothing is inherited but PATH). */
export interface Command {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** What an ended program left. */
export interface Outcome {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Wall time in milliseconds. */
  readonly milliseconds: number
}

/** A program that goes on running until it is stopped. */
export interface Running {
  readonly pid: number
  readonly ended: Promise<Outcome>
  /** Resolves with the first whole output line (of stdout or stderr) that matches; rejects when the program ends or time is up. */
  line(pattern: RegExp, milliseconds: number): Promise<string>
  /** Everything it printed so far, both streams. */
  output(): string
  /** SIGTERM, and SIGKILL if it has not ended after `graceMilliseconds`. */
  stop(graceMilliseconds?: number): Promise<Outcome>
}

const outputLimit = 4_000_000
const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts a program and returns at once. */
export function start(command: Command): Running {
  const [program, ...args] = command.argv
  if (program === undefined) throw new Error('a command needs a program')
  const started = performance.now()
  const child = spawn(program, args, {
    cwd: command.cwd,
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8', ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  alive.add(child)
  const collected = collect(child)
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      alive.delete(child)
      resolve({ code, ...collected.streams, milliseconds: performance.now() - started })
    })
  })
  ended.catch(() => alive.delete(child))
  return {
    pid: child.pid ?? -1,
    ended,
    output: () => collected.streams.stdout + collected.streams.stderr,
    line: (pattern, milliseconds) => collected.line(pattern, milliseconds, ended, program),
    stop: (grace = 5_000) => stopChild(child, ended, grace),
  }
}

/** Runs a program to its end; past `milliseconds` it is ended and the promise rejects with what it printed. */
export async function run(command: Command, milliseconds: number): Promise<Outcome> {
  const running = start(command)
  let late = false
  const timer = setTimeout(() => {
    late = true
    running.stop().catch(() => {})
  }, milliseconds)
  const outcome = await running.ended.finally(() => clearTimeout(timer))
  if (late) throw new Error(`${command.argv.join(' ')} took longer than ${milliseconds} ms\n${running.output()}`)
  return outcome
}

async function stopChild(child: ChildProcess, ended: Promise<Outcome>, grace: number): Promise<Outcome> {
  const timer = setTimeout(() => child.kill('SIGKILL'), grace)
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  return ended.finally(() => clearTimeout(timer))
}

function collect(child: ChildProcess) {
  const streams = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      streams[name] = (streams[name] + chunk).slice(-outputLimit)
      for (const listener of listeners) listener()
    })
  }
  const whole = (text: string) => text.split('\n').slice(0, -1)
  const matching = (pattern: RegExp) =>
    [...whole(streams.stdout), ...whole(streams.stderr)].find((line) => pattern.test(line))
  const line = (pattern: RegExp, milliseconds: number, ended: Promise<Outcome>, program: string) =>
    new Promise<string>((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        listeners.delete(look)
        settle()
      }
      const fail = (why: string) =>
        finish(() =>
          reject(new Error(`${program} ${why} before it said ${pattern}:\n${streams.stdout}${streams.stderr}`)),
        )
      const look = () => {
        const found = matching(pattern)
        if (found !== undefined) finish(() => resolve(found))
      }
      const timer = setTimeout(() => fail(`took longer than ${milliseconds} ms`), milliseconds)
      listeners.add(look)
      ended.then(
        () => fail('ended'),
        (error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
      )
      look()
    })
  return { streams, line }
}
