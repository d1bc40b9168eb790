import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DecodedExchange } from '../../shared/acme/model.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { openStore, type Store } from '../store/store.ts'
import { createLive, type Live } from './live.ts'
import { type StreamMessage, streamRecording } from './stream.ts'

let folder = ''
let store: Store
let live: Live
let watching: AbortController

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-stream-'))
  store = await openStore(folder)
  live = createLive((id, after) => store.facts(id, after))
  watching = new AbortController()
  await store.createRecording({ id: 'r', name: 'r', startedAt: START, source: 'live', toolVersion: '0' })
})

afterEach(async () => {
  watching.abort()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const START = '2024-04-15T22:44:23.000Z'

const exchange = (sequence: number, state: Exchange['state'] = 'complete'): Exchange => ({
  kind: 'exchange',
  id: `e${sequence}`,
  sequence,
  startedAt: START,
  state,
  client: { address: '127.0.0.1', port: 1 },
  timings: {},
  request: { method: 'GET', url: 'https://ca.example/', httpVersion: 'HTTP/1.1', headers: [], body: { kind: 'empty' } },
})

/** As the recorder does it: stored first, then published. */
function record(from: number, to: number, state: Exchange['state'] = 'complete'): void {
  for (let sequence = from; sequence <= to; sequence++) {
    const fact = exchange(sequence, state)
    live.publish('r', store.write('r', fact), fact)
  }
}

const watch = (after = 0, heartbeatMs?: number) =>
  streamRecording((from) => store.facts('r', from), live, 'r', {
    after,
    signal: watching.signal,
    ...(heartbeatMs !== undefined && { heartbeatMs }),
  })

async function next(messages: AsyncGenerator<StreamMessage>): Promise<StreamMessage> {
  const { value, done } = await messages.next()
  if (done) throw new Error('the stream ended')
  return value
}

const factsIn = (message: StreamMessage): readonly DecodedExchange[] =>
  message.event === 'facts' ? JSON.parse(message.data) : []

/** Reads on until so many facts have come, or a few more; answers their sequence numbers. */
async function takeFacts(messages: AsyncGenerator<StreamMessage>, count: number): Promise<readonly number[]> {
  const taken: number[] = []
  while (taken.length < count) {
    const message = await next(messages)
    const facts = factsIn(message).map(({ head }) => head.sequence)
    taken.push(...facts)
    if (message.event === 'facts') expect(message.id).toBe(String(facts.at(-1)))
  }
  return taken
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('what is stored comes first, then ready, then what happens', async () => {
  record(1, 3)
  const messages = watch()
  expect(await takeFacts(messages, 3)).toEqual([1, 2, 3])
  expect(await next(messages)).toEqual({ event: 'ready', data: '{"revision":3}' })
  record(4, 5)
  expect(await takeFacts(messages, 2)).toEqual([4, 5])
})

test('what happens while the stored facts are read is neither lost nor doubled', async () => {
  record(1, 450)
  const messages = watch()
  const first = await takeFacts(messages, 10)
  record(451, 700)
  await store.flush()
  const then = await takeFacts(messages, 300)
  record(701, 720)
  const rest = await takeFacts(messages, 720 - first.length - then.length)
  expect([...first, ...then, ...rest]).toEqual(range(1, 720))
})

test('a watcher that stops reading is sent back to the store, and misses nothing', async () => {
  record(1, 1)
  const messages = watch()
  await takeFacts(messages, 1)
  expect((await next(messages)).event).toBe('ready')
  const other = watch()
  record(2, 1500)
  expect(await takeFacts(other, 1500)).toEqual(range(1, 1500))
  expect(await takeFacts(messages, 1499)).toEqual(range(2, 1500))
})

test('a watcher that comes back gets only what it has not', async () => {
  record(1, 5)
  const messages = watch(3)
  expect(await takeFacts(messages, 2)).toEqual([4, 5])
  expect((await next(messages)).event).toBe('ready')
  record(6, 6)
  expect(await takeFacts(messages, 1)).toEqual([6])
})

test('an exchange in progress is shown, then replaced under a later revision', async () => {
  const messages = watch()
  expect((await next(messages)).event).toBe('ready')
  record(1, 1, 'in progress')
  record(1, 1)
  const states: string[] = []
  while (states.at(-1) !== 'complete') {
    const message = await next(messages)
    states.push(...factsIn(message).map(({ head }) => head.state))
  }
  expect(['in progress,complete', 'complete']).toContain(states.join())
})

test('a rename is told, a deletion ends the stream', async () => {
  const messages = watch()
  expect((await next(messages)).event).toBe('ready')
  const renamed = { id: 'r', name: 'new', startedAt: START, source: 'live', toolVersion: '0' } as const
  live.changed(renamed)
  expect(await next(messages)).toEqual({ event: 'recording', data: JSON.stringify(renamed) })
  live.shelfChanged()
  live.shelfChanged()
  expect(await next(messages)).toEqual({ event: 'shelf', data: '{}' })
  live.removed('r')
  expect((await messages.next()).done).toBe(true)
})

test('notes come first of all, and again whenever some of them changed', async () => {
  record(1, 1)
  const note = (id: string) => ({ id, exchange: 'e1', text: `text of ${id}`, writtenAt: START })
  await store.flush()
  await store.putNote('r', note('n1'))
  const messages = streamRecording((from) => store.facts('r', from), live, 'r', {
    after: 0,
    signal: watching.signal,
    notes: () => store.notes('r'),
  })
  expect(await next(messages)).toEqual({ event: 'notes', data: JSON.stringify([note('n1')]) })
  expect(await takeFacts(messages, 1)).toEqual([1])
  expect((await next(messages)).event).toBe('ready')
  await store.putNote('r', note('n2'))
  live.noted('r')
  expect(await next(messages)).toEqual({ event: 'notes', data: JSON.stringify([note('n1'), note('n2')]) })
})

test('a silent stream sends heartbeats, and ends when its watcher goes', async () => {
  const messages = watch(0, 5)
  expect((await next(messages)).event).toBe('ready')
  expect(await next(messages)).toEqual({ event: 'heartbeat' })
  const pending = messages.next()
  watching.abort()
  expect(['heartbeat', undefined]).toContain((await pending).value?.event)
  expect((await messages.next()).done).toBe(true)
})

test('each fact is decoded once, however many watch', async () => {
  const [one, two] = [watch(), watch()]
  expect((await next(one)).event).toBe('ready')
  expect((await next(two)).event).toBe('ready')
  const seen: unknown[] = []
  const note = () => ({
    fact: (fact: unknown) => seen.push(fact),
    recording: () => {},
    notes: () => {},
    removed: () => {},
    shelf: () => {},
  })
  live.subscribe('r', note())
  live.subscribe('r', note())
  record(1, 1)
  await takeFacts(one, 1)
  await takeFacts(two, 1)
  expect(seen).toHaveLength(2)
  expect(seen[0]).toBe(seen[1])
})
