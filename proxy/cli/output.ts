// Where a command's words go: results to stdout, the rest to stderr, and what libraries print nowhere.
import { inspect } from 'node:util'
import { systemCode } from '../errors.ts'

const isDebugging = /(^|[\s,])acmescope/.test(process.env.DEBUG ?? '')

/**
 * Whoever reads our words may go (`| head`, a terminal that is closed). To speak to nobody is no failure, and must not
 * set off another one that is told to nobody, and so on for ever.
 */
export function expectDeafEars(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** A result: the only thing that goes to stdout. Whoever has read enough of it may stop reading. */
export const printResult = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) =>
    process.stdout.write(text, (error) => (error && systemCode(error) !== 'EPIPE' ? reject(error) : resolve())),
  )

/** Something for the person who watches. Captured words stand in it: none of them may steer the terminal. */
export function say(line: string): void {
  if (held === null) write(line)
  else if (held.length < MAX_HELD) held.push(line)
}

const write = (line: string): void => void process.stderr.write(`${plain(line)}\n`)

/** Lines that wait while the streams belong to a command; null when nothing waits. */
let held: string[] | null = null
/** More of them nobody reads. */
const MAX_HELD = 1_000

/** From now on what is said waits, until the function that is returned lets it out. For one at a time. */
export function holdLines(): () => void {
  held = []
  return () => {
    const lines = held ?? []
    held = null
    lines.forEach(write)
  }
}

/** Text without the control characters (tab and line feed aside) that could steer a terminal. */
const plain = (text: string): string => text.replace(CONTROL, '\uFFFD')

const CONTROL = /[^\P{Cc}\t\n]/gu

/** mockttp writes to the console by itself, stdout included: that goes to stderr, and only when somebody debugs. */
export function quietConsole(): void {
  for (const name of ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const) {
    console[name] = (...given: unknown[]) => debug(...given)
  }
}

/** Shown with `DEBUG=acmescope*`, at once. */
export function debug(...given: unknown[]): void {
  if (isDebugging) write(given.map((each) => (typeof each === 'string' ? each : inspect(each))).join(' '))
}
