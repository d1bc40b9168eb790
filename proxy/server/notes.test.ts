import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ApiError } from '../../shared/api.ts'
import type { Connection } from '../../shared/exchange.ts'
import { MAX_NOTE_BYTES } from '../../shared/recording.ts'
import { openExamples } from '../examples.ts'
import { joinLibraries } from '../library.ts'
import { openStore, type Store } from '../store/store.ts'
import { createApp } from './app.ts'
import { createBin } from './bin.ts'
import { createLive } from './live.ts'

let folder = ''
let store: Store
let app: ReturnType<typeof createApp>
let noted = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-notes-'))
  store = await openStore(folder)
  noted = 0
  const live = createLive((id, after) => store.facts(id, after))
  live.subscribe('r', { fact: () => {}, recording: () => {}, notes: () => noted++, removed: () => {}, shelf: () => {} })
  app = createApp({
    store,
    library: joinLibraries(store, openExamples()),
    live,
    recorder: () => ({
      version: '0',
      proxy: '',
      ui: '',
      authority: { name: '', pem: '', bundle: '', fingerprintSha256: '', notAfter: '' },
      recording: 'now',
      recordingsFolder: '',
    }),
    writer: { current: () => ({ id: 'now', name: null, since: START }), startNew: () => {}, rename: () => {} },
    bin: createBin(store.deleteRecording, () => {}),
    toolVersion: '0',
    host: '127.0.0.1',
    page: folder,
  })
  await store.createRecording({ id: 'r', name: 'r', startedAt: START, source: 'live', toolVersion: '0' })
  store.write('r', REFUSED)
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const START = '2024-04-15T22:44:23.000Z'
const REFUSED: Connection = {
  kind: 'connection',
  id: 'c1',
  sequence: 1,
  startedAt: START,
  client: { address: null, port: null },
  state: 'complete',
  outcome: 'client-refused-certificate',
  host: 'ca.example',
  port: 443,
}

const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(`/api/recordings/${path}`, { method: 'PUT', body: JSON.stringify(body), headers })
const codeOf = async (response: Response) => [response.status, ((await response.json()) as ApiError).error.code]

test('a note is written, read, written over and deleted, and who watches hears of it each time', async () => {
  const written = await put('r/notes/n1', { exchange: 'c1', text: ' # It refused us \n' })
  expect(await written.json()).toMatchObject({ id: 'n1', exchange: 'c1', text: '# It refused us' })
  const again = await put('r/notes/n1', { exchange: 'c1', text: 'It trusts us now.' })
  const note = await again.json()
  expect(note).toMatchObject({ text: 'It trusts us now.', editedAt: expect.any(String) })
  expect(await (await app.request('/api/recordings/r/notes')).json()).toEqual([note])
  expect((await app.request('/api/recordings/r/notes/n1', { method: 'DELETE' })).status).toBe(204)
  expect(await codeOf(await app.request('/api/recordings/r/notes/n1', { method: 'DELETE' }))).toEqual([
    404,
    'note-not-found',
  ])
  expect(await (await app.request('/api/recordings/r/notes')).json()).toEqual([])
  expect(noted).toBe(3)
})

test.each([
  ['no text', 'r/notes/n1', { exchange: null }, 400, 'note-not-understood'],
  ['an empty one', 'r/notes/n1', { exchange: null, text: ' \n ' }, 400, 'note-not-understood'],
  ['more than it needs', 'r/notes/n1', { exchange: null, text: 'a', id: 'b' }, 400, 'note-not-understood'],
  ['too much', 'r/notes/n1', { exchange: null, text: 'x'.repeat(MAX_NOTE_BYTES + 1) }, 400, 'note-not-understood'],
  ['far too much', 'r/notes/n1', { exchange: null, text: 'x'.repeat(2 ** 20) }, 400, 'note-not-understood'],
  ['a strange id', 'r/notes/a%20b', { exchange: null, text: 'a' }, 400, 'note-not-understood'],
  ['nothing it is on', 'r/notes/n1', { exchange: 'c9', text: 'a' }, 404, 'exchange-not-found'],
  ['no recording', 'x/notes/n1', { exchange: null, text: 'a' }, 404, 'recording-not-found'],
  ['nothing recorded yet', 'now/notes/n1', { exchange: null, text: 'a' }, 409, 'nothing-recorded'],
  ['an example', 'example-lego-dns-01/notes/n1', { exchange: null, text: 'a' }, 409, 'example-unchangeable'],
])('a note with %s is refused', async (_, path, body, status, code) => {
  expect(await codeOf(await put(path, body))).toEqual([status, code])
  expect(noted).toBe(0)
})

test('another site writes none', async () => {
  const response = await put('r/notes/n1', { exchange: null, text: 'a' }, { origin: 'https://evil.example' })
  expect(await codeOf(response)).toEqual([403, 'foreign-origin'])
  expect(await store.notes('r')).toEqual([])
})

test('what people wrote is found, too, with what it is on', async () => {
  await put('r/notes/n1', { exchange: 'c1', text: 'The hoster\nrotated the token.' })
  await put('r/notes/n2', { exchange: null, text: 'Ask again.' })
  const { recordings } = await (await app.request('/api/search?q=ROTATED')).json()
  expect(recordings).toMatchObject([
    {
      recording: { id: 'r' },
      notes: [
        { note: 'n1', exchange: 'c1', context: { before: 'The hoster ', match: 'rotated', after: ' the token.' } },
      ],
      hits: [],
    },
  ])
})
