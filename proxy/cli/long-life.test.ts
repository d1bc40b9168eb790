// What runs for months, by its command line: recordings by client, its log, its health, its stop, and pruning.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Health } from '../../shared/api.ts'
import type { RecordingSummary } from '../../shared/recording.ts'

const MAIN = fileURLToPath(new URL('../../dist/proxy/cli/main.js', import.meta.url))

let folder = ''
let server: http.Server
/** Answers but for `/hang`. */
let site = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-long-'))
  server = http.createServer((request, response) => {
    if (request.url !== '/hang') response.end('here')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

function acmescope(...words: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { ...process.env, ACMESCOPE_RECORDINGS: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { env }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error })
    })
  })
}

/** A recorder whose log is read; `event` waits for one by its word. */
function startRecorder(...flags: readonly string[]) {
  const ports = ['--proxy-port', '0', '--ui-port', '0', '--recordings', folder]
  const child = spawn(process.execPath, [MAIN, 'serve', ...ports, '--log', 'json', ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const entries: Record<string, string>[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stderr }).on('line', (line) => {
    entries.push(JSON.parse(line))
    for (const look of waiting) look()
  })
  const event = (word: string, of = (_: Record<string, string>) => true) =>
    new Promise<Record<string, string>>((resolve) => {
      const look = () => {
        const found = entries.find((entry) => entry.event === word && of(entry))
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  const stop = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await event('stopped')
    expect(await ended).toEqual([0, null])
  }
  return { event, entries, stop }
}

const curl = (proxy: string | undefined, from: string, url: string) =>
  spawn('curl', ['-s', '--interface', from, '-x', proxy ?? '', url], { stdio: 'ignore' })

const list = async () => JSON.parse((await acmescope('list', '--json')).out) as readonly RecordingSummary[]

test('each client has its recording; a stop says what it cut off; pruning takes what is old', async () => {
  const recorder = startRecorder('--new-recording', 'client')
  const { proxy, ui } = await recorder.event('started')
  for (const from of ['127.0.0.1', '127.0.0.2', '127.0.0.1']) {
    expect(await once(curl(proxy, from, `${site}/`), 'exit')).toEqual([0, null])
  }
  const health = await fetch(`${ui}/health`)
  expect([health.status, await health.json()]).toEqual([
    200,
    { status: 'ok', version: expect.any(String), lostFacts: 0 } satisfies Health,
  ])
  const asked = once(server, 'request')
  const hanging = once(curl(proxy, '127.0.0.2', `${site}/hang`), 'exit')
  await asked
  await recorder.stop()
  await hanging
  expect(await recorder.event('stopped')).toMatchObject({ level: 'info', cutOff: 1 })
  expect(recorder.entries.every(({ time }) => time !== undefined && !Number.isNaN(Date.parse(time)))).toBe(true)

  const names = (await list()).flatMap(({ name, exchanges, origin }) =>
    origin === 'stored' ? [`${name.split(' ')[0]}: ${exchanges}`] : [],
  )
  expect(names.toSorted()).toEqual(['127.0.0.1: 2', '127.0.0.2: 2'])
  expect(await acmescope('prune', '--older-than', '1h')).toMatchObject({
    code: 0,
    out: '',
    error: 'deleted 0 recordings\n',
  })
  const pruned = await acmescope('prune', '--older-than', '0h')
  expect([pruned.out.trim().split('\n').length, pruned.error]).toEqual([2, 'deleted 2 recordings\n'])
  expect((await list()).filter(({ origin }) => origin === 'stored')).toEqual([])
})

test('what was retained long enough goes when the next recorder starts', async () => {
  const first = startRecorder()
  const { proxy } = await first.event('started')
  await once(curl(proxy, '127.0.0.1', `${site}/`), 'exit')
  const { recording } = await first.event('recording-began')
  await first.stop()
  const second = startRecorder('--retain-for', '0h')
  expect(await second.event('recording-pruned')).toMatchObject({ recording })
  await second.stop()
})

test.each([
  ['prune'],
  ['prune', '--older-than', 'yesterday'],
  ['prune', '--over-size', '5 apples'],
  ['serve', '--retain-for', '30'],
  ['serve', '--new-recording', 'hourly'],
  ['serve', '--log', 'xml'],
])('wrong usage %s %s %s: 2', async (...words) => {
  expect(await acmescope(...words)).toMatchObject({
    code: 2,
    out: '',
    error: expect.stringMatching(/^acmescope: .*\n/),
  })
})

test('the token of a window that listens wide is in no log, but in a file for its owner', async () => {
  const recorder = startRecorder('--ui-host', '0.0.0.0')
  const { ui } = await recorder.event('started')
  const { path = '' } = await recorder.event('window-address')
  const address = (await readFile(path, 'utf8')).trim()
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(new URL(address).hostname).toBe('127.0.0.1')
  const token = new URL(address).searchParams.get('token') ?? ''
  expect(token).toMatch(/^[0-9a-f]{32}$/)
  expect(JSON.stringify([ui, recorder.entries])).not.toContain(token)
  // The token goes into a cookie, and out of the address.
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302)
  await recorder.stop()
})
