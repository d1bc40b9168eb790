// `acmescope run -- COMMAND …`: one command through a recorder of its own, then what it did.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { environmentFor, TRUST_ROWS } from '../../shared/client-trust.ts'
import type { FailOn } from '../../shared/report/checked.ts'
import { Trouble } from '../errors.ts'
import type { Recorder } from '../recorder.ts'
import { createNotices } from './notices.ts'
import { type RecorderFlags, withRecorderFlags } from './options.ts'
import { say } from './output.ts'

interface RunFlags extends RecorderFlags {
  readonly name?: string
  readonly failOn?: Exclude<FailOn, 'never'>
}

export function register(program: Command): void {
  withRecorderFlags(program.command('run'))
    .description('run one command through a recorder made for it; prints the flow and the findings')
    .usage('[options] -- COMMAND …')
    .argument('<command...>', 'the command and its arguments')
    .option('--name <name>', 'name of the recording; the command by default')
    .addOption(new Option('--fail-on <severity>', 'exit 1 when there are such findings').choices(['error', 'warning']))
    .passThroughOptions()
    .action(run)
}

async function run(words: readonly string[], flags: RunFlags, command: Command): Promise<void> {
  const program = basename(words[0] ?? '')
  const lines: string[] = []
  let notices: ReturnType<typeof createNotices> = () => null
  const name = flags.name ?? program
  const recorder = await openForRun(flags, command, {
    name,
    process: program,
    onFact(fact) {
      const line = notices(fact)
      if (line) lines.push(line)
    },
  })
  notices = createNotices(recorder.info.authority.pem)
  try {
    const code = await runChild(words, recorder)
    await recorder.stop({ keepStore: true })
    for (const line of lines) say(line)
    const isBad = await report(recorder, name, flags.failOn)
    process.exitCode = code || (isBad ? 1 : 0)
  } finally {
    await recorder.stop({ keepStore: true })
    await recorder.store.close()
  }
}

async function report(recorder: Recorder, name: string, failOn: FailOn = 'never'): Promise<boolean> {
  if (!recorder.hasFacts()) {
    say(
      'nothing came through the proxy; the command may ignore HTTPS_PROXY, or speak to localhost, which clients never proxy',
    )
    return false
  }
  const { reportRun } = await import('./report-run.ts')
  return reportRun(recorder.store, { id: recorder.info.recording, name }, failOn)
}

/** The usual ports when they are free: nobody needs to know them here, so two runs at a time are no trouble. */
async function openForRun(
  flags: RunFlags,
  command: Command,
  more: Parameters<typeof import('./open-recorder.ts').openRecorder>[1],
): Promise<Recorder> {
  const { openRecorder } = await import('./open-recorder.ts')
  const isChosen = (option: string) => command.getOptionValueSource(option) !== 'default'
  const free = {
    ...flags,
    proxyPort: isChosen('proxyPort') ? flags.proxyPort : 0,
    uiPort: isChosen('uiPort') ? flags.uiPort : 0,
  }
  return openRecorder(flags, more).catch((error: unknown) => {
    if (error instanceof Trouble && error.code === 'port-in-use') return openRecorder(free, more)
    throw error
  })
}

/** The command's exit code; 128 and the signal's number when a signal ended it, as shells say it. */
function runChild(words: readonly string[], { info }: Recorder): Promise<number> {
  const [file = '', ...parameters] = words
  const trust = environmentFor(TRUST_ROWS, {
    proxy: info.proxy,
    bundle: info.authority.bundle,
    pem: info.authority.pem,
  })
  const child = spawn(file, parameters, { stdio: 'inherit', env: { ...process.env, ...trust } })
  const stopForwarding = forwardSignals((signal) => child.kill(signal))
  return new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => reject(new Trouble('command-not-found', file, { cause })))
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  }).finally(stopForwarding)
}

/** A terminal sends Ctrl-C to the child by itself; from anywhere else it reaches only us. */
function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal)
  }
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
