// `acmescope [serve]`: records until it is told to stop.
import { once } from 'node:events'
import type { Command } from 'commander'
import type { RecorderInfo } from '../../shared/api.ts'
import { exportLine } from '../../shared/client-trust.ts'
import { Trouble } from '../errors.ts'
import { createNotices } from './notices.ts'
import { type RecorderFlags, withRecorderFlags } from './options.ts'
import { printResult, say } from './output.ts'

interface ServeFlags extends RecorderFlags {
  readonly json?: boolean
}

export function register(program: Command): void {
  withRecorderFlags(program.command('serve', { isDefault: true }))
    .description('record and show, until stopped (the default command)')
    .option('--json', 'print one line of JSON when ready')
    .allowExcessArguments()
    .action(serve)
}

async function serve(flags: ServeFlags, { args: [word] }: Command): Promise<void> {
  // The default command gets whatever is no command's name.
  if (word !== undefined) throw new Trouble('usage', `there is no command "${word}"`)
  // Loaded here, so that commands that record nothing start at once.
  const { openRecorder } = await import('./open-recorder.ts')
  let notices = (_: Parameters<ReturnType<typeof createNotices>>[0]): string | null => null
  const recorder = await openRecorder(flags, {
    onFact(fact) {
      const line = notices(fact)
      if (line) say(line)
    },
  })
  notices = createNotices(recorder.info.authority.pem)
  const ended = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
  await announce(recorder.info, flags.json === true)
  await ended
  process.once('SIGINT', () => process.exit(130)) // Somebody who asks twice does not want to wait.
  await recorder.stop()
}

async function announce(info: RecorderInfo, isJson: boolean): Promise<void> {
  const { proxy, ui, authority, recording, recordingsFolder } = info
  if (isJson) {
    return printResult(`${JSON.stringify({ proxy, ui, ca: authority.pem, bundle: authority.bundle, recording })}\n`)
  }
  say(`acmescope ${info.version} is recording into ${recordingsFolder}`)
  say(`  proxy   ${proxy}`)
  say(`  window  ${ui}`)
  say(`  CA      ${authority.pem}`)
  say(`In the client's shell:\n  ${exportLine({ proxy, bundle: authority.bundle, pem: authority.pem })}`)
}
