// Where a command's words go: results to stdout, the rest to stderr, and what libraries print nowhere.
import { inspect } from 'node:util'

const isDebugging = /(^|[\s,])acmescope/.test(process.env.DEBUG ?? '')

/** A result: the only thing that goes to stdout. */
export const printResult = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))

/** Something for the person who watches. Captured words stand in it: none of them may steer the terminal. */
export const say = (line: string): void => void process.stderr.write(`${plain(line)}\n`)

/** Text without the control characters (tab and line feed aside) that could steer a terminal. */
const plain = (text: string): string => text.replace(CONTROL, '\uFFFD')

const CONTROL = /[^\P{Cc}\t\n]/gu

/** mockttp writes to the console by itself, stdout included: that goes to stderr, and only when somebody debugs. */
export function quietConsole(): void {
  for (const name of ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const) {
    console[name] = (...given: unknown[]) => debug(...given)
  }
}

/** Shown with `DEBUG=acmescope*`. */
export function debug(...given: unknown[]): void {
  if (isDebugging) say(given.map((each) => (typeof each === 'string' ? each : inspect(each))).join(' '))
}
