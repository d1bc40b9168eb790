import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Body, Exchange, Fact } from '../../shared/exchange.ts'
import type { Recording } from '../../shared/recording.ts'
import { openStore, type Store, type StoredFact } from './store.ts'

let folder = ''
const open: Store[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-store-'))
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()))
  await rm(folder, { recursive: true, force: true })
})

async function openHere(options: Parameters<typeof openStore>[1] = {}): Promise<Store> {
  const store = await openStore(folder, options)
  open.push(store)
  return store
}

async function close(store: Store): Promise<void> {
  open.splice(open.indexOf(store), 1)
  await store.close()
}

const recording = (id: string, startedAt = '2024-04-15T22:44:23.000Z'): Recording => ({
  id,
  name: `name of ${id}`,
  startedAt,
  source: 'live',
  toolVersion: '0.1.0',
})

const exchange = (id: string, sequence: number, change: Partial<Exchange> = {}): Exchange => ({
  kind: 'exchange',
  id,
  sequence,
  startedAt: '2024-04-15T22:44:23.123Z',
  state: 'complete',
  client: { address: '127.0.0.1', port: 40000 + sequence },
  timings: { wait: 12.5, total: 20 },
  request: {
    method: 'POST',
    url: 'https://ca.example/acme/new-order',
    httpVersion: 'HTTP/1.1',
    headers: [['Host', 'ca.example']],
    body: { kind: 'empty' },
  },
  ...change,
})

const withBodies = (id: string, sequence: number, request: Body, response: Body): Exchange => {
  const base = exchange(id, sequence)
  return {
    ...base,
    request: { ...base.request, body: request },
    response: { status: 201, statusText: 'Created', httpVersion: 'HTTP/1.1', headers: [], body: response },
  }
}

async function all(store: Store, id: string, after = 0): Promise<readonly StoredFact[]> {
  const facts: StoredFact[] = []
  for await (const stored of store.facts(id, after)) facts.push(stored)
  return facts
}

const factsOf = async (store: Store, id: string): Promise<readonly Fact[]> =>
  (await all(store, id)).map(({ fact }) => fact)

test('every kind of body comes back as it was', async () => {
  const bodies: readonly Body[] = [
    { kind: 'empty' },
    { kind: 'text', text: '' },
    { kind: 'text', text: '{"a":"ü €  \u{1f600}"}\r\n' },
    { kind: 'text', text: '\ufeffwith a byte order mark, a NUL \0 and what follows it' },
    { kind: 'text', text: 'half a pair: \ud800.' },
    { kind: 'base64', base64: Buffer.from([0, 255, 1, 128]).toString('base64') },
    { kind: 'base64', base64: 'AP8B\r\ngA' },
    { kind: 'base64', base64: '' },
    { kind: 'omitted', bytes: 20_000_000, reason: 'larger than 10 MiB' },
    { kind: 'omitted', bytes: null, reason: 'not in the file' },
  ]
  const store = await openHere()
  await store.createRecording(recording('r'))
  const written = bodies.map((body, index) => withBodies(`e${index}`, index + 1, body, bodies.at(-1 - index) ?? body))
  for (const fact of written) store.write('r', fact)
  expect(await factsOf(store, 'r')).toEqual(written)
})

test('headers keep their order, case and repeats, and everything else of a fact stays', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  const base = exchange('e', 1)
  const written: readonly Fact[] = [
    {
      ...base,
      tls: { client: { version: 'TLSv1.3', sni: 'ca.example' }, upstream: { version: 'TLSv1.2' } },
      failure: { stage: 'aborted', code: 'ECONNRESET', message: 'socket hang up \0 .' },
      response: {
        status: 200,
        statusText: '',
        httpVersion: 'HTTP/2',
        headers: [
          ['Link', '<https://ca.example/a>;rel="index"'],
          ['X-Odd', 'caf\u00e9\u0000'],
          ['link', '<https://ca.example/b>;rel="up"'],
          ['Link', '<https://ca.example/a>;rel="index"'],
        ],
        body: { kind: 'empty' },
      },
    },
    {
      kind: 'connection',
      id: 'c',
      sequence: 2,
      startedAt: '2024-04-15T22:44:24.000Z',
      state: 'complete',
      client: { address: null, port: null },
      outcome: 'passed-through',
      host: 'other.example',
      port: 443,
      bytes: { sent: 1, received: 2 },
    },
    {
      kind: 'observation',
      id: 'o',
      sequence: 3,
      startedAt: '2024-04-15T22:44:25.000Z',
      state: 'complete',
      client: { address: null, port: null },
      subject: 'dns',
      detail: {
        name: '_acme-challenge.example',
        writtenBy: 'e',
        zone: 'example',
        server: { name: 'ns.example', address: '192.0.2.53' },
        code: 'NOERROR',
        values: ['a', 'b'],
        took: 12,
      },
    },
  ]
  for (const fact of written) store.write('r', fact)
  expect(await factsOf(store, 'r')).toEqual(written)
  expect((await store.listRecordings())[0]?.exchanges).toBe(1)
})

test('a fact written again replaces the first, takes the new revision and drops the old bodies', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  const began = withBodies('a', 1, { kind: 'text', text: 'long ago' }, { kind: 'text', text: 'partial' })
  const first = store.write('r', { ...began, state: 'in progress' })
  const second = store.write('r', exchange('b', 2))
  const done = exchange('a', 1)
  const third = store.write('r', done)
  expect([first, second, third]).toEqual([1, 2, 3])
  expect(await all(store, 'r')).toEqual([
    { revision: second, fact: exchange('b', 2) },
    { revision: third, fact: done },
  ])
  expect(await store.exchange('r', 'a')).toEqual(done)
})

test('revisions go on where an earlier opening ended, over all recordings', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  await store.createRecording(recording('s'))
  store.write('r', exchange('a', 1))
  store.write('s', exchange('b', 1))
  await close(store)
  const again = await openHere()
  expect(again.write('r', exchange('c', 2))).toBe(3)
  expect((await all(again, 'r', 1)).map(({ revision }) => revision)).toEqual([3])
})

test('recordings are listed newest first, renamed, ended and deleted', async () => {
  const store = await openHere()
  await store.createRecording(recording('old', '2024-01-01T00:00:00.000Z'))
  await store.createRecording(recording('new', '2024-02-01T00:00:00.000Z'))
  store.write('old', withBodies('a', 1, { kind: 'text', text: 'four' }, { kind: 'base64', base64: 'AAEC' }))
  await store.updateRecording('old', { name: 'renamed', endedAt: '2024-01-01T00:01:00.000Z' })
  expect(await store.listRecordings()).toEqual([
    { ...recording('new', '2024-02-01T00:00:00.000Z'), exchanges: 0, bytes: 0, origin: 'stored' },
    {
      ...recording('old', '2024-01-01T00:00:00.000Z'),
      name: 'renamed',
      endedAt: '2024-01-01T00:01:00.000Z',
      exchanges: 1,
      bytes: 7,
      origin: 'stored',
    },
  ])
  await store.deleteRecording('old')
  expect((await store.listRecordings()).map(({ id }) => id)).toEqual(['new'])
  expect(await all(store, 'old')).toEqual([])
})

test('words are found page by page, in what was written a moment ago as well', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  for (let at = 1; at <= 450; at++) store.write('r', exchange(`e${at}`, at))
  store.write('r', withBodies('last', 451, { kind: 'empty' }, { kind: 'text', text: 'the Needle' }))
  const pages: number[] = []
  const found: string[] = []
  for await (const hits of store.search('r', 'needle')) {
    pages.push(hits.length)
    found.push(...hits.map((hit) => `${hit.exchange} ${hit.context?.match}`))
  }
  expect(found).toEqual(['last Needle'])
  expect(pages.length).toBeGreaterThan(1)
  expect([await store.isBeingWritten('r'), await store.isBeingWritten('none')]).toEqual([true, false])
})

test('what is deleted is gone from the files, credentials and all', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  store.write('r', withBodies('a', 1, { kind: 'text', text: `secret-${'x'.repeat(9000)}` }, { kind: 'empty' }))
  await store.updateRecording('r', { endedAt: '2024-01-01T00:01:00.000Z' })
  await store.deleteRecording('r')
  await close(store)
  expect((await readFile(join(folder, 'acmescope.db'))).includes('secret-')).toBe(false)
})

test('a recording that is being written cannot be deleted, by its recorder or another', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  await expect(store.deleteRecording('r')).rejects.toMatchObject({ code: 'recording-live' })
  const other = await openHere()
  await expect(other.deleteRecording('r')).rejects.toMatchObject({ code: 'recording-live' })
  await close(store)
  await other.deleteRecording('r')
  expect(await other.listRecordings()).toEqual([])
})

test('a reader sees what a live recorder writes, and leaves its exchanges in progress', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  store.write('r', exchange('a', 1, { state: 'in progress' }))
  await store.flush()
  const reader = await openHere({ readOnly: true })
  expect((await reader.exchange('r', 'a'))?.state).toBe('in progress')
  store.write('r', exchange('b', 2))
  await store.flush()
  expect((await factsOf(reader, 'r')).map(({ id }) => id)).toEqual(['a', 'b'])
  await openHere()
  expect((await reader.exchange('r', 'a'))?.state).toBe('in progress')
})

test('a second recorder writes beside the first', async () => {
  const [one, two] = [await openHere(), await openHere()]
  await one.createRecording(recording('r'))
  await two.createRecording(recording('s'))
  for (let index = 1; index <= 50; index++) {
    one.write('r', exchange(`r${index}`, index))
    two.write('s', exchange(`s${index}`, index))
  }
  await Promise.all([one.flush(), two.flush()])
  expect((await one.listRecordings()).map(({ exchanges }) => exchanges)).toEqual([50, 50])
})

test('more facts than a page holds come whole and in order', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  const big: Body = { kind: 'text', text: 'x'.repeat(3_000_000) }
  for (let index = 1; index <= 450; index++) store.write('r', exchange(`e${index}`, index))
  for (let index = 451; index <= 454; index++) store.write('r', withBodies(`e${index}`, index, big, { kind: 'empty' }))
  const revisions = (await all(store, 'r')).map(({ revision }) => revision)
  expect(revisions).toEqual(Array.from({ length: 454 }, (_, index) => index + 1))
})

test('a fact that cannot be written takes no other with it, and is not lost in silence', async () => {
  const lost: number[] = []
  const store = await openHere({ onLost: (facts) => lost.push(facts) })
  await store.createRecording(recording('r'))
  store.write('r', exchange('a', 1))
  store.write('no such recording', exchange('b', 1))
  store.write('r', exchange('c', 2))
  await expect(store.flush()).rejects.toMatchObject({ code: 'unreadable' })
  expect(lost).toEqual([1])
  expect((await factsOf(store, 'r')).map(({ id }) => id)).toEqual(['a', 'c'])
  await store.flush()
})

test('reading where nothing was recorded creates nothing', async () => {
  const store = await openStore(join(folder, 'not here'), { readOnly: true })
  expect(await store.listRecordings()).toEqual([])
  await store.close()
  await expect(stat(join(folder, 'not here'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a store opened for reading refuses to be written', async () => {
  await close(await openHere())
  const reader = await openHere({ readOnly: true })
  await expect(reader.createRecording(recording('r'))).rejects.toMatchObject({ code: 'unreadable' })
})

const file = () => join(folder, 'acmescope.db')

test.each([true, false])(
  'a file that is no database is named as such and left alone (reading only: %s)',
  async (readOnly) => {
    const before = Buffer.alloc(5000, 'not a database')
    await writeFile(file(), before)
    await expect(openStore(folder, { readOnly })).rejects.toMatchObject({ code: 'corrupted' })
    expect(await readFile(file())).toEqual(before)
  },
)

test('a database cut short is named as damaged and left alone', async () => {
  const store = await openHere()
  await store.createRecording(recording('r'))
  store.write('r', withBodies('a', 1, { kind: 'text', text: 'x'.repeat(100_000) }, { kind: 'empty' }))
  await close(store)
  await truncate(file(), 16_384)
  const before = await readFile(file())
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'corrupted' })
  expect(await readFile(file())).toEqual(before)
})

test('a database of a newer version is refused and left alone', async () => {
  await close(await openHere())
  const raw = new Libsql(file())
  raw.exec('pragma user_version = 99')
  raw.close()
  const before = await readFile(file())
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'newer' })
  await expect(openStore(folder, { readOnly: true })).rejects.toMatchObject({ code: 'newer' })
  expect(await readFile(file())).toEqual(before)
})

test('nobody else may read the file', async () => {
  await openHere()
  expect((await stat(file())).mode & 0o777).toBe(0o600)
})
