// The command of `run`: it has our terminal, our streams and our signals, and its end is ours.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { systemCode, Trouble } from '../errors.ts'

/** The command's exit code; 128 and the signal's number when a signal ended it, as shells say it. */
export function runChild(
  [file = '', ...parameters]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let send: (signal: NodeJS.Signals) => void = () => {}
  // Before there is anybody to send them to, so that none of them ends us alone.
  const stopForwarding = forwardSignals((signal) => send(signal))
  const child = spawn(file, parameters, { stdio: 'inherit', env })
  send = (signal) => child.kill(signal)
  return new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => {
      const isThere = systemCode(cause) === 'EACCES'
      reject(new Trouble(isThere ? 'command-not-executable' : 'command-not-found', file, { cause }))
    })
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  }).finally(stopForwarding)
}

/**
 * What may be meant for the command. Not SIGTSTP and SIGCONT: a job is stopped and continued as a whole, and we are of it.
 * Not SIGALRM and the like, which nobody sends but a process to itself.
 */
const FORWARDED = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const

/** These a terminal sends to everybody in its foreground, the command included. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH'])

function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!FROM_TERMINAL.has(signal) || !isInForeground()) send(signal)
  }
  for (const signal of FORWARDED) process.on(signal, onSignal)
  return () => {
    for (const signal of FORWARDED) process.off(signal, onSignal)
  }
}

/**
 * Whether a terminal's keys reach us: our process group is in its foreground (proc(5), tpgid and pgrp). Where there is no
 * /proc, whether we have a terminal at all. Never asks `process.stdin`, which would make the command's input non-blocking.
 */
function isInForeground(): boolean {
  try {
    const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return group === foreground
  } catch {
    return [0, 1, 2].some(isatty)
  }
}
