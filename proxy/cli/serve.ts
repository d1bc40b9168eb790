// `acmescope [serve]`: records until it is told to stop.
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { RecorderInfo } from '../../shared/api.ts'
import { exportLine } from '../../shared/client-trust.ts'
import type { Fact } from '../../shared/exchange.ts'
import { fromHere } from '../../shared/recorder-address.ts'
import type { Recording } from '../../shared/recording.ts'
import { unreadWords } from '../../shared/unread-words.ts'
import { Trouble } from '../errors.ts'
import { parseSize, parseSpan } from './flag-values.ts'
import { endedWords } from './forwarding-words.ts'
import { createLog, LOG_FORMATS, type Log, type LogFormat } from './log.ts'
import { createNotices } from './notices.ts'
import { type RecorderFlags, withRecorderFlags } from './options.ts'
import { printResult, say } from './output.ts'

interface ServeFlags extends RecorderFlags {
  readonly json?: boolean
  readonly retainFor?: number
  readonly retainSize?: number
  readonly log: LogFormat
}

export function register(program: Command): void {
  withRecorderFlags(program.command('serve', { isDefault: true }))
    .description('record and show, until stopped (the default command)')
    .optionsGroup('How it runs:')
    .option('--json', 'print one line of JSON when ready')
    .option('--retain-for <time>', 'delete recordings that ended longer ago: 12h, 30d, 8w', parseSpan)
    .option('--retain-size <size>', 'delete the oldest while all take more: 5GB', parseSize)
    .addOption(new Option('--log <format>', 'how to tell what happens').choices(LOG_FORMATS).default('text'))
    .allowExcessArguments()
    .action(serve)
}

async function serve(flags: ServeFlags, { args: [word] }: Command): Promise<void> {
  // The default command gets whatever is no command's name.
  if (word !== undefined) throw new Trouble('usage', `there is no command "${word}"`)
  // Loaded here, so that commands that record nothing start at once.
  const { openRecorder } = await import('./open-recorder.ts')
  const log = createLog(flags.log)
  const { retainFor, retainSize } = flags
  let notices: ReturnType<typeof createNotices> = () => null
  let cutOff = 0
  const recorder = await openRecorder(
    flags,
    {
      retention: {
        ...(retainFor !== undefined && { olderThan: retainFor }),
        ...(retainSize !== undefined && { overSize: retainSize }),
      },
      onFact(fact) {
        if (fact.state === 'cut off') cutOff++
        const line = notices(fact)
        if (line) log(troubleEntry(fact, line))
      },
      onRecording: (recording) => log(recordingEntry(recording)),
      onPruned: (gone) => {
        for (const { id, name } of gone)
          log({
            level: 'info',
            event: 'recording-pruned',
            message: `deleted "${name}" (${id}): it was old`,
            recording: id,
          })
      },
    },
    log,
  )
  notices = createNotices(recorder.info.authority.pem)
  const ended = Promise.race(
    ['SIGINT', 'SIGTERM', 'SIGHUP'].map(async (signal) => {
      await once(process, signal)
      return signal
    }),
  )
  await announce(recorder.info, flags, log)
  const signal = await ended
  process.once('SIGINT', () => process.exit(130)) // Somebody who asks twice does not want to wait.
  log({ level: 'info', event: 'stopping', message: 'stopping; what is under way may end', signal })
  await recorder.stop()
  for (const forwarding of recorder.forwardings()) {
    log({ level: 'info', event: 'forwarded-validations', message: endedWords(forwarding), ...forwarding })
  }
  const unread = recorder.unread()
  if (unread) log({ level: 'info', event: 'passed-unread', message: unreadWords(unread), ...unread })
  const left = cutOff === 0 ? '' : `; ${cutOff === 1 ? '1 exchange was' : `${cutOff} exchanges were`} cut off`
  log({ level: 'info', event: 'stopped', message: `stopped${left}`, cutOff })
}

const recordingEntry = ({ id, name, endedAt }: Recording): Parameters<Log>[0] => ({
  level: 'info',
  event: endedAt === undefined ? 'recording-began' : 'recording-ended',
  message: `recording "${name}" (${id}) ${endedAt === undefined ? 'began' : 'ended'}`,
  recording: id,
  name,
})

const troubleEntry = (fact: Fact, message: string): Parameters<Log>[0] => ({
  level: 'warning',
  event:
    fact.kind === 'connection'
      ? fact.outcome
      : fact.kind === 'exchange'
        ? (fact.failure?.stage ?? 'failure')
        : 'failure',
  message,
  fact: fact.id,
  client: fact.client.address,
})

async function announce(info: RecorderInfo, { json, log: format }: ServeFlags, log: Log): Promise<void> {
  const { proxy, ui, version, authority, recording, recordingsFolder } = info
  if (json)
    await printResult(`${JSON.stringify({ proxy, ui, ca: authority.pem, bundle: authority.bundle, recording })}\n`)
  if (format === 'json') {
    // Without the window's token, which a log is no place for.
    const where = { version, proxy, ui: new URL(ui).origin, ca: authority.pem, recordings: recordingsFolder }
    if (new URL(ui).search !== '') await keepAddress(join(recordingsFolder, 'window-address'), ui, log)
    return log({ level: 'info', event: 'started', message: `acmescope ${version} is recording`, ...where })
  }
  if (json) return
  say(`acmescope ${version} is recording into ${recordingsFolder}`)
  say(`  proxy   ${proxy}`)
  say(`  window  ${windowFromHere(ui)}`)
  say(`  CA      ${authority.pem}`)
  if (new URL(proxy).password !== '') say('PASSWORD stands for that of --proxy-auth, which is printed nowhere.')
  say(
    `In the client's shell:\n  ${exportLine({ proxy: fromHere(proxy), bundle: authority.bundle, pem: authority.pem })}`,
  )
  say(`As another user, or in a container, by whatever name it reaches this proxy:\n  ${environmentLine(proxy)}`)
}

/** Where it listens on every address, whoever reads it knows by which they reach it. */
const environmentLine = (proxy: string): string =>
  `eval "$(curl -fsS http://${new URL(proxy).host.replace(/^(?:0\.0\.0\.0|\[::\])(?=:)/, 'HOST')}/env)"`

function windowFromHere(ui: string): string {
  const { origin } = new URL(ui)
  return ui.replace(origin, fromHere(origin))
}

/** The window's address with its token, for its owner alone. */
async function keepAddress(path: string, ui: string, log: Log): Promise<void> {
  await writeFile(path, `${windowFromHere(ui)}\n`, { mode: 0o600 })
  const message = `the address of the window, with the token it wants, is in ${path}`
  log({ level: 'info', event: 'window-address', message, path })
}
