import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Exchange } from '../../shared/exchange.ts'
import { MAX_NOTE_BYTES, MAX_NOTES, type Note } from '../../shared/recording.ts'
import { exportHar } from '../export-har.ts'
import { importHar } from '../import-har.ts'
import { openRecording } from '../open-recording.ts'
import { openStore, type Store } from './store.ts'

let folder = ''
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-notes-'))
  store = await openStore(folder)
  await store.createRecording({ id: 'r', name: 'first', startedAt: START, source: 'live', toolVersion: '0' })
  store.write('r', exchange('e1', 1))
  store.write('r', exchange('e2', 2))
  await store.flush()
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const START = '2024-04-15T22:44:23.000Z'
const LATER = '2024-04-15T22:50:00.000Z'
const TOKEN = 'a-token-that-is-secret-0123456789'

const exchange = (id: string, sequence: number): Exchange => ({
  kind: 'exchange',
  id,
  sequence,
  startedAt: START,
  state: 'complete',
  client: { address: '127.0.0.1', port: 1 },
  timings: {},
  request: {
    method: 'GET',
    url: 'https://ca.example/',
    httpVersion: 'HTTP/1.1',
    headers: [['Authorization', `Bearer ${TOKEN}`]],
    body: { kind: 'empty' },
  },
})

const note = (id: string, exchange: string | null, text = `text of ${id}`, writtenAt = START): Note => ({
  id,
  exchange,
  text,
  writtenAt,
})

test('notes come back in the order in which they were written, character for character', async () => {
  const odd = note('n2', null, 'nul \0, half a pair \ud83d, \u202eoverride, <script>alert(1)</script>')
  for (const one of [note('n1', 'e2'), odd]) expect(await store.putNote('r', one)).toEqual({ note: one })
  expect(await store.notes('r')).toEqual([note('n1', 'e2'), odd])
  expect(await store.notes('another')).toEqual([])
})

test('the last one to write a note wins, and its first time stays', async () => {
  await store.putNote('r', note('n1', 'e1'))
  const changed = { ...note('n1', 'e1', 'changed'), editedAt: LATER }
  expect(await store.putNote('r', note('n1', 'e1', 'changed', LATER))).toEqual({ note: changed })
  expect(await store.notes('r')).toEqual([changed])
})

test('a note on what is not there is not taken', async () => {
  expect(await store.putNote('none', note('n1', null))).toEqual({ refused: 'no-recording' })
  expect(await store.putNote('r', note('n1', 'e9'))).toEqual({ refused: 'no-exchange' })
  expect(await store.removeNote('r', 'n1')).toBe(false)
})

test('a recording holds so many notes and so much text, and what is there can still be changed', async () => {
  const many = Array.from({ length: MAX_NOTES }, (_, index) => note(`n${index}`, null))
  await store.addNotes('r', many)
  expect(await store.putNote('r', note('more', null))).toEqual({ refused: 'full' })
  expect(await store.putNote('r', note('n0', null, 'changed'))).toMatchObject({ note: { text: 'changed' } })
  await store.createRecording({ id: 's', name: 's', startedAt: START, source: 'live', toolVersion: '0' })
  const long = 'é'.repeat(MAX_NOTE_BYTES / 2)
  await store.addNotes(
    's',
    many.slice(0, 32).map((one) => ({ ...one, text: long })),
  )
  expect(await store.putNote('s', note('more', null))).toEqual({ refused: 'full' })
})

test('notes go with their recording', async () => {
  await store.putNote('r', note('n1', 'e1'))
  await store.updateRecording('r', { endedAt: START })
  await store.deleteRecording('r')
  expect(await store.notes('r')).toEqual([])
})

test('notes survive the way into a file and back, on the same exchanges; what they tell of secrets is masked', async () => {
  await store.putNote('r', note('n1', 'e2', `The token was ${TOKEN}.`))
  await store.putNote('r', { ...note('n2', null), editedAt: LATER })
  const opened = await openRecording('r', folder)
  expect(opened.notes).toHaveLength(2)
  for (const raw of [true, false]) {
    const { recording, problems } = await importHar(store, exportHar(opened, raw), { fileName: 'f', toolVersion: '0' })
    expect(problems).toEqual([])
    const [first, second] = await store.notes(recording.id)
    expect(first).toMatchObject({ exchange: `${recording.id}.2`, writtenAt: START })
    expect(first?.text).toBe(raw ? `The token was ${TOKEN}.` : 'The token was <bearer_token_1>.')
    expect(second).toMatchObject({ exchange: null, text: 'text of n2' })
  }
})

test('a file with notes that cannot be read says so, and keeps the others', async () => {
  const file = JSON.parse(exportHar(await openRecording('r', folder), true))
  file.log._acmescope.notes = [note('n1', 'elsewhere'), { id: 'n2' }, note('n3', 'e1', 'x'.repeat(MAX_NOTE_BYTES + 1))]
  const { recording, problems } = await importHar(store, JSON.stringify(file), { fileName: 'f', toolVersion: '0' })
  expect(problems).toEqual(['note 2: cannot be read, skipped', 'note 3: cannot be read, skipped'])
  expect(await store.notes(recording.id)).toEqual([note('n1', null)])
})

test('a store from before there were notes gets their table, and is read without it', async () => {
  await store.close()
  const raw = new Libsql(join(folder, 'acmescope.db'))
  raw.exec('drop table notes; pragma user_version = 2')
  raw.close()
  expect((await openRecording('r', folder)).notes).toEqual([])
  store = await openStore(folder)
  await store.putNote('r', note('n1', 'e1'))
  expect(await store.notes('r')).toEqual([note('n1', 'e1')])
})
