/**
 * `npm run demo`: a whole issuance on this machine, seen in acmescope. With `--exit` it ends when the client has, with the
 * client's exit code; otherwise it stays until Ctrl-C.
 */
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Recorder, runThrough, serve } from './acmescope.ts'
import { certbotCloudflare } from './clients/certbot.ts'
import { type Lab, referenceNames, startLab } from './lab.ts'
import { missingPackages } from './peers.ts'
import type { Outcome } from './processes.ts'

const needed = ['pebble', 'certbot', 'python3-certbot-dns-cloudflare']
const clientLimit = 120_000

process.exitCode = await main(process.argv.includes('--exit'))

async function main(exits: boolean): Promise<number> {
  const missing = missingPackages(needed)
  if (missing.length > 0)
    return say(`The demo needs ${missing.join(', ')}. On Debian: sudo apt-get install ${missing.join(' ')}`, 4)
  const interrupted = interruption()
  const lab = await startLab()
  let recorder: Recorder | undefined
  try {
    recorder = await startRecorder(lab)
    return await show(lab, recorder, exits, interrupted)
  } finally {
    await recorder?.process.stop()
    await lab.stop()
  }
}

async function show(
  lab: Lab,
  recorder: Recorder,
  exits: boolean,
  interrupted: Promise<'interrupted'>,
): Promise<number> {
  say(`Open ${recorder.ui}`)
  const opened = openBrowser(recorder.ui)
  if (!exits && (await Promise.race([pageOrPause(opened), interrupted])) === 'interrupted') return 130
  const client = await certbotCloudflare(lab, referenceNames)
  say(`Running certbot with its Cloudflare plugin for ${referenceNames.join(', ')} …`)
  const running = runThrough(recorder, client)
  const timer = setTimeout(() => void running.stop(), clientLimit)
  const ended = await Promise.race([running.ended, interrupted]).finally(() => clearTimeout(timer))
  if (ended === 'interrupted') return running.stop().then(() => 130)
  report(ended, recorder)
  if (exits) return ended.code ?? 1
  say('Ctrl-C ends the demo; nothing of it stays.')
  await Promise.race([interrupted, recorder.process.ended])
  return 0
}

/** The usual ports, or free ones where something (another acmescope) has them. */
async function startRecorder(lab: Lab): Promise<Recorder> {
  const recordings = join(lab.folder, 'recordings')
  const [proxyTaken, uiTaken] = await Promise.all([isTaken(8555), isTaken(8556)])
  const free = proxyTaken || uiTaken
  return serve(lab, recordings, free ? [] : ['--proxy-port', '8555', '--ui-port', '8556'])
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** @returns whether there is a desktop to open a browser on */
function openBrowser(url: string): boolean {
  if (process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) return false
  const opener = spawn('xdg-open', [url], { stdio: 'ignore', detached: true })
  opener.once('error', () => say('No xdg-open here: open the page yourself.')).unref()
  return true
}

/** Leaves a person the time to see the page before anything moves on it; without a browser of ours, 3 s to open one. */
function pageOrPause(opened: boolean): Promise<'ready'> {
  return new Promise((resolve) => setTimeout(() => resolve('ready'), opened ? 1_500 : 3_000))
}

function report({ code, stdout, stderr, milliseconds }: Outcome, recorder: Recorder): void {
  if (code !== 0) return void say(`certbot ended with ${code}:\n${stdout}${stderr}`)
  say(`certbot has its certificate (${(milliseconds / 1000).toFixed(1)} s). On the page, look at:`)
  say(
    '  · Flow: three lanes (certbot, the CA, Cloudflare), from directory to certificate; click a step to read its JWS',
  )
  say('  · the TXT records, each with the challenge it answers: an apex and its wildcard share one name')
  say('  · Exchanges: the same as a table, with a filter; Findings: nothing wrong here')
  say(`  ${recorder.ui}`)
}

function interruption(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('interrupted'))
  })
}

function say(message: string, code = 0): number {
  console.error(message)
  return code
}
