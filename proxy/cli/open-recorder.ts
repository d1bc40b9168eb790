// Flags → a running recorder, for `serve` and `run`.
import { isLoopback, type Recorder, type RecorderOptions, startRecorder } from '../recorder.ts'
import { startUi } from '../ui.ts'
import type { RecorderFlags } from './options.ts'
import { debug, quietConsole, say } from './output.ts'

/** Starts it, warns when it listens wider than this machine, and keeps it alive whatever hostile traffic does to a library. */
export async function openRecorder(
  flags: RecorderFlags,
  more: Pick<RecorderOptions, 'name' | 'process' | 'onFact'>,
): Promise<Recorder> {
  quietConsole()
  const recorder = await startRecorder(
    {
      recordings: flags.recordings,
      proxy: { host: flags.proxyHost, port: flags.proxyPort },
      ui: { host: flags.uiHost, port: flags.uiPort },
      connectTo: flags.connectTo,
      upstreamCa: flags.upstreamCa,
      maxBody: flags.maxBody,
      onError: debug,
      onLost: (facts, why) => say(`${facts} of what was seen could not be stored: ${why.message}`),
      ...more,
    },
    startUi,
  )
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      say(`something unexpected happened, recording goes on: ${error instanceof Error ? error.message : String(error)}`)
      debug(error)
    })
  }
  warnIfWide('proxy', flags.proxyHost)
  warnIfWide('window', flags.uiHost)
  return recorder
}

function warnIfWide(what: string, host: string): void {
  if (!isLoopback(host)) say(`WARNING: the ${what} listens on ${host}, so other machines can reach it`)
}
