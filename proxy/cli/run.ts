// `acmescope run -- COMMAND …`: one command through a recorder of its own, then what it did.
import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { OWN_ENVIRONMENT } from '../../shared/client-trust.ts'
import type { FailOn } from '../../shared/report/checked.ts'
import { unreadWords } from '../../shared/unread-words.ts'
import { Trouble } from '../errors.ts'
import type { Recorder } from '../recorder.ts'
import { runChild } from './child.ts'
import { childEnvironment } from './child-environment.ts'
import { endedWords } from './forwarding-words.ts'
import { createNotices } from './notices.ts'
import { type RecorderFlags, withRecorderFlags } from './options.ts'
import { holdLines, say } from './output.ts'
import { withSystemBundle } from './system-bundle.ts'

interface RunFlags extends RecorderFlags {
  readonly name?: string
  readonly failOn?: Exclude<FailOn, 'never'>
  readonly systemBundle?: true
}

export function register(program: Command): void {
  withRecorderFlags(program.command('run'))
    .description('run one command through a recorder made for it; prints the flow and the findings')
    .usage('[options] -- COMMAND …')
    .argument('<command...>', 'the command and its arguments')
    .optionsGroup('The command:')
    .option('--name <name>', 'name of the recording; the command by default')
    .addOption(new Option('--fail-on <severity>', 'exit 1 when there are such findings').choices(['error', 'warning']))
    .option(
      '--system-bundle',
      'let our bundle stand where the system keeps its roots, for this command alone (Linux); for programs that read nothing else',
    )
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
    const code = await runThrough(recorder, words, flags.systemBundle ?? false)
    await recorder.stop({ keepStore: true })
    for (const line of lines) say(line)
    for (const forwarding of recorder.forwardings()) say(endedWords(forwarding))
    const isBad = await report(recorder, { name, program, failOn: flags.failOn })
    process.exitCode = code || (isBad ? 1 : 0)
  } finally {
    await recorder.stop({ keepStore: true })
    await recorder.store.close()
  }
}

/** Until it has ended the streams are its own: what we have to say waits. */
async function runThrough(
  { info, proxyUrl }: Recorder,
  words: readonly string[],
  isSystemBundle: boolean,
): Promise<number> {
  const { pem, bundle } = info.authority
  const wrapped = withSystemBundle(words, bundle, isSystemBundle)
  const letOut = holdLines()
  try {
    return await runChild(wrapped.words, childEnvironment(process.env, { proxy: proxyUrl, bundle, pem }))
  } finally {
    letOut()
    if (wrapped.note !== null) say(wrapped.note)
  }
}

async function report(recorder: Recorder, { name, program, failOn = 'never' }: Reported): Promise<boolean> {
  const unread = recorder.unread()
  if (unread) say(`${unreadWords(unread)}: ${unread.busiest.slice(0, MOST_HOSTS).join(', ')}`)
  if (!recorder.hasFacts()) {
    if (unread) return false
    const own = OWN_ENVIRONMENT.find(({ programs }) => programs.includes(program))
    say(`nothing came through the proxy; ${own ? `${program}: ${own.cure}` : MAY_IGNORE}`)
    return false
  }
  const { reportRun } = await import('./report-run.ts')
  return reportRun(recorder.store, { id: recorder.info.recording, name }, failOn)
}

interface Reported {
  readonly name: string
  readonly program: string
  readonly failOn: FailOn | undefined
}

const MOST_HOSTS = 5
const MAY_IGNORE = 'the command may ignore HTTPS_PROXY, or speak to localhost, which clients never proxy'

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
