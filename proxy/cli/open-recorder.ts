// Flags → a running recorder, for `serve` and `run`.
import { parseServer } from '../observe/dns/dns-watch.ts'
import { isLoopback, type Recorder, type RecorderOptions, startRecorder } from '../recorder.ts'
import { startUi } from '../ui.ts'
import { startedWords } from './forwarding-words.ts'
import { createLog, type Log } from './log.ts'
import type { RecorderFlags } from './options.ts'
import { debug, quietConsole } from './output.ts'

/** Starts it, warns when it listens wider than this machine, and keeps it alive whatever hostile traffic does to a library. */
export async function openRecorder(
  flags: RecorderFlags,
  more: Partial<RecorderOptions>,
  log: Log = createLog('text'),
): Promise<Recorder> {
  quietConsole()
  const recorder = await startRecorder(
    {
      recordings: flags.recordings,
      proxy: { host: flags.proxyHost, port: flags.proxyPort },
      ui: { host: flags.uiHost, port: flags.uiPort },
      connectTo: flags.connectTo,
      upstreamCa: flags.upstreamCa,
      resolvers: flags.resolver,
      upstreamProxy: flags.upstreamProxy,
      gate: {
        intercept: flags.intercept,
        constrained: flags.constrainAuthority,
        passthrough: flags.passthrough,
        onRefusal: flags.onRefusal,
      },
      authority: {
        hosts: flags.constrainAuthority.map(({ text }) => text),
        isTemporary: flags.ephemeral ?? false,
      },
      proxyAuth: flags.proxyAuth,
      maxBody: flags.maxBody,
      validation: flags.validation,
      ...(flags.watchDns ? { watchDns: watchDnsOptions(flags) } : {}),
      newRecording: flags.newRecording,
      onError: debug,
      onLost: (facts, why) => {
        const message = `${facts} of what was seen could not be stored: ${why.message}`
        log({ level: 'error', event: 'facts-lost', message, facts })
      },
      ...more,
    },
    startUi,
  )
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const message = `something unexpected happened, recording goes on: ${error instanceof Error ? error.message : String(error)}`
      log({ level: 'error', event: 'unexpected', message })
      debug(error)
    })
  }
  for (const [what, host] of [['proxy', flags.proxyHost] as const, ['window', flags.uiHost] as const]) {
    const cure =
      what === 'proxy' && !flags.proxyAuth
        ? '; with --proxy-auth USER:PASSWORD only those who know them may use it'
        : ''
    const message = `the ${what} listens on ${host}, so other machines can reach it${cure}`
    if (!isLoopback(host)) log({ level: 'warning', event: 'listens-wide', message, what, host })
  }
  for (const [index, forwarding] of recorder.forwardings().entries()) {
    const isWide = !isLoopback(flags.validation[index]?.address ?? '::')
    const { way, listensOn, to } = forwarding
    const message = startedWords(forwarding, isWide)
    log({ level: isWide ? 'warning' : 'info', event: 'forwards-validations', message, way, listensOn, to })
  }
  return recorder
}

/** A name server given for the watch comes before those of `--resolver`, and both before the system's. */
const watchDnsOptions = ({ watchDns, resolver, watchDnsInterval }: RecorderFlags) => ({
  resolvers: (typeof watchDns === 'string' ? [watchDns] : resolver).map(parseServer),
  interval: watchDnsInterval,
})
