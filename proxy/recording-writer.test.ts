import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exchange, ExchangeState, Fact } from '../shared/exchange.ts'
import { createRecordingWriter, type RecordingWriter } from './recording-writer.ts'
import { openStore, type Store } from './store/store.ts'

let folder = ''
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-writer-'))
  store = await openStore(folder)
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** As the capture numbers them: on and on, whatever recording they go into. */
const exchange = (id: string, sequence: number, state: ExchangeState = 'complete'): Exchange => ({
  kind: 'exchange',
  id,
  sequence,
  startedAt: '2024-04-15T22:44:23.000Z',
  state,
  client: { address: '127.0.0.1', port: 1 },
  timings: {},
  request: { method: 'GET', url: 'https://ca.example/', httpVersion: 'HTTP/1.1', headers: [], body: { kind: 'empty' } },
})

async function contents(recording: string): Promise<readonly (readonly [string, number, string])[]> {
  const facts: Fact[] = []
  for await (const { fact } of store.facts(recording, 0)) facts.push(fact)
  return facts.map(({ id, sequence, state }) => [id, sequence, state])
}

const listed = async () =>
  (await store.listRecordings()).map(({ id, name, endedAt }) => ({ id, name, isEnded: !!endedAt }))

function watch(writer: RecordingWriter) {
  const ended: string[] = []
  let shelf = 0
  writer.publishTo({
    publish: () => {},
    recordingChanged: ({ id, endedAt }) => endedAt !== undefined && ended.push(id),
    recordingRemoved: () => {},
    shelfChanged: () => shelf++,
  })
  return { ended, shelf: () => shelf }
}

test('an exchange under way ends in the recording it began in, which ends with it', async () => {
  const writer = createRecordingWriter(store, {})
  const { ended } = watch(writer)
  const first = writer.current().id
  writer.write(exchange('a', 1))
  writer.write(exchange('b', 2, 'in progress'))
  writer.startNew('nightly')
  const second = writer.current().id
  writer.write(exchange('c', 3))
  expect(ended).toEqual([])
  expect(await contents(first)).toEqual([
    ['a', 1, 'complete'],
    ['b', 2, 'in progress'],
  ])
  writer.write(exchange('b', 2))
  await store.flush()
  await expect.poll(() => ended).toEqual([first])
  writer.write(exchange('d', 4))
  expect(await contents(first)).toEqual([
    ['a', 1, 'complete'],
    ['b', 2, 'complete'],
  ])
  expect(await contents(second)).toEqual([
    ['c', 1, 'complete'],
    ['d', 2, 'complete'],
  ])
  await writer.end()
  const names = Object.fromEntries((await listed()).map(({ id, name, isEnded }) => [id, [name, isEnded]]))
  expect(names).toEqual({ [first]: ['recording 2024-04-15 22:44', true], [second]: ['nightly', true] })
})

test('an empty recording is not left behind: it is the new one', async () => {
  const writer = createRecordingWriter(store, {})
  const { shelf } = watch(writer)
  const { id } = writer.current()
  writer.startNew('one')
  writer.startNew(null)
  writer.rename(id, 'two')
  expect(writer.current()).toMatchObject({ id, name: 'two' })
  expect([shelf(), writer.written()]).toEqual([2, 0])
  await writer.end()
  expect(await listed()).toEqual([])
})

test('a name given while it is recorded is the one it ends with', async () => {
  const writer = createRecordingWriter(store, { name: 'lego' })
  const told: (string | undefined)[] = []
  writer.publishTo({
    publish: () => {},
    recordingChanged: ({ name, endedAt }) => endedAt !== undefined && told.push(name),
    recordingRemoved: () => {},
    shelfChanged: () => {},
  })
  writer.write(exchange('a', 1))
  writer.rename(writer.current().id, 'renamed')
  await writer.end()
  expect(told).toEqual(['renamed'])
})

describe('a recording for each client', () => {
  const from = (address: string, id: string, more: Partial<Exchange> = {}): Exchange => ({
    ...exchange(id, 1),
    client: { address, port: 1 },
    ...more,
  })
  const byName = async () =>
    Object.fromEntries(
      await Promise.all(
        (await store.listRecordings()).map(async ({ id, name }) => [
          name.split(' ')[0],
          (await contents(id)).map(([fact, sequence]) => `${fact}${sequence}`).join(' '),
        ]),
      ),
    )

  test('each has its own, however their exchanges alternate, and a rename finds it', async () => {
    const writer = createRecordingWriter(store, { perClient: true })
    const promised = writer.current().id
    writer.write(from('192.0.2.1', 'a', { state: 'in progress' }))
    writer.write(from('192.0.2.2', 'b'))
    const second = writer.current().id
    writer.write(from('192.0.2.1', 'c'))
    expect(writer.current().id).toBe(promised)
    writer.write(from('192.0.2.2', 'd'))
    writer.write(from('192.0.2.1', 'a'))
    expect(await byName()).toEqual({ '192.0.2.1': 'c2 a1', '192.0.2.2': 'b1 d2' })
    const told: string[] = []
    writer.publishTo({
      publish: () => {},
      recordingChanged: ({ name }) => told.push(name),
      recordingRemoved: () => {},
      shelfChanged: () => {},
    })
    writer.rename(second, 'the second')
    await writer.end()
    expect(told.toSorted()).toEqual(['192.0.2.1 2024-04-15 22:44', 'the second'])
    expect((await listed()).every(({ isEnded }) => isEnded)).toBe(true)
  })

  test('who validates is no client: what they ask goes to the one heard of last', async () => {
    const writer = createRecordingWriter(store, { perClient: true })
    writer.write(from('192.0.2.1', 'a'))
    writer.write(from('192.0.2.2', 'b'))
    writer.write(from('198.51.100.9', 'c', { inbound: 'http-01' }))
    expect(await byName()).toEqual({ '192.0.2.1': 'a1', '192.0.2.2': 'b1 c2' })
    await writer.end()
  })

  test('a person who begins a new one begins it for all', async () => {
    const writer = createRecordingWriter(store, { perClient: true })
    writer.write(from('192.0.2.1', 'a'))
    writer.write(from('192.0.2.2', 'b'))
    writer.startNew('tonight')
    await expect.poll(async () => (await listed()).every(({ isEnded }) => isEnded)).toBe(true)
    writer.write(from('192.0.2.2', 'c'))
    writer.write(from('192.0.2.1', 'd'))
    expect(Object.keys(await byName())).toHaveLength(3)
    await writer.end()
    expect((await listed()).map(({ name }) => name).filter((name) => name === 'tonight')).toHaveLength(1)
    expect(await store.listRecordings()).toHaveLength(4)
  })
})
