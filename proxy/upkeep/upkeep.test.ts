import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Exchange, endedAt, type Fact } from '../../shared/exchange.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { createRecordingWriter, type RecordingWriter } from '../recording-writer.ts'
import { openStore, type Store } from '../store/store.ts'
import { prune } from './retention.ts'
import { beginDaily } from './rotation.ts'
import { startUpkeep } from './upkeep.ts'

let folder = ''
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-upkeep-'))
  store = await openStore(folder)
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const DAY = 86_400_000
const NOW = new Date('2026-06-15T12:00:00.000Z')

describe('a new recording every day', () => {
  const writeAll = (writer: RecordingWriter, facts: readonly Fact[]) => {
    for (const fact of facts) writer.write(fact)
  }
  /** The next midnight of this machine after the last of these, and some. */
  const nextDay = (facts: readonly Fact[], minutes: number): Date => {
    const last = new Date(Math.max(...facts.map(endedAt)))
    return new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1, 0, minutes)
  }
  const timesOf = (facts: readonly Fact[], to: Date): readonly Fact[] => {
    const by = to.getTime() - Math.max(...facts.map(endedAt))
    return facts.map((fact) => ({ ...fact, startedAt: new Date(Date.parse(fact.startedAt) + by).toISOString() }))
  }

  test('begins after midnight, once, and what was written before stays where it is', async () => {
    const writer = createRecordingWriter(store, {})
    const { facts } = await issued()
    const first = writer.current().id
    writeAll(writer, facts)
    const last = new Date(Math.max(...facts.map(endedAt)))
    expect(await beginDaily(writer, store, new Date(last.getTime() + 1))).toBe(false)
    const after = nextDay(facts, 1)
    expect(await beginDaily(writer, store, after)).toBe(true)
    expect(writer.current().id).not.toBe(first)
    await writer.end()
    expect((await store.listRecordings()).map(({ id, exchanges }) => [id, exchanges])).toEqual([[first, facts.length]])
  })

  test('not in the middle of an order, and then as soon as it is over', async () => {
    const writer = createRecordingWriter(store, {})
    const { facts } = await issued()
    // The first half of it ends a minute before midnight.
    const half = Math.floor(facts.length / 2)
    const before = timesOf(facts.slice(0, half), new Date(nextDay(facts, 0).getTime() - 60_000))
    writeAll(writer, before)
    const at = (minutes: number) => nextDay(before, minutes)
    expect(await beginDaily(writer, store, at(1))).toBe(false)
    const rest = timesOf(facts.slice(half), at(2))
    writeAll(writer, rest)
    expect(await beginDaily(writer, store, at(2))).toBe(false)
    expect(await beginDaily(writer, store, at(3))).toBe(true)
    await writer.end()
  })

  test('not when something came while it looked', async () => {
    const writer = createRecordingWriter(store, {})
    const { facts } = await issued()
    writeAll(writer, facts)
    const looking = beginDaily(writer, store, nextDay(facts, 1))
    writer.write({ ...(facts[0] as Exchange), id: 'meanwhile' })
    expect(await looking).toBe(false)
    await writer.end()
  })

  test('a recorder nobody used keeps the recording that waits, and its name', async () => {
    const writer = createRecordingWriter(store, { name: 'nightly' })
    const { id } = writer.current()
    await beginDaily(writer, store, new Date(Date.now() + 2 * DAY))
    expect(writer.current()).toMatchObject({ id, name: 'nightly' })
  })
})

describe('retention', () => {
  const recording = async (id: string, daysAgo: number, of: { source?: 'import'; isOpen?: true } = {}) => {
    const startedAt = new Date(NOW.getTime() - daysAgo * DAY).toISOString()
    await store.createRecording({ id, name: id, startedAt, source: of.source ?? 'live', toolVersion: '1' })
    store.write(id, { ...exchange(id), startedAt })
    if (!of.isOpen) await store.updateRecording(id, { endedAt: startedAt })
  }
  const exchange = (id: string): Exchange => ({
    kind: 'exchange',
    id: `${id}-1`,
    sequence: 1,
    startedAt: '2026-01-02T00:00:00.000Z',
    state: 'complete',
    client: { address: null, port: null },
    timings: {},
    request: {
      method: 'POST',
      url: 'https://ca.example/',
      httpVersion: 'HTTP/1.1',
      headers: [],
      body: { kind: 'text', text: 'x'.repeat(200_000) },
    },
  })
  const left = async () => (await store.listRecordings()).map(({ id }) => id).toSorted()
  const ids = (gone: readonly { readonly id: string }[]) => gone.map(({ id }) => id)

  beforeEach(async () => {
    await recording('forty', 40)
    await recording('ten', 10)
    await recording('thirty', 31)
    await recording('writing', 90, { isOpen: true })
    await recording('imported', 90, { source: 'import' })
    await recording('noted', 90)
    await store.putNote('noted', { id: 'n', exchange: null, text: 'look at this', writtenAt: NOW.toISOString() })
    await store.flush()
  })

  test('by age: the old go; what is written, brought in or noted stays', async () => {
    expect(ids(await prune(store, { olderThan: 30 * DAY }, NOW))).toEqual(['forty', 'thirty'])
    expect(await left()).toEqual(['imported', 'noted', 'ten', 'writing'])
    expect(await prune(store, { olderThan: 30 * DAY }, NOW)).toEqual([])
  })

  test('by size: the oldest go until the rest is small enough, and the disk has its space back', async () => {
    const before = await store.size()
    expect(before).toBeGreaterThan(1_200_000)
    expect(ids(await prune(store, { overSize: before - 100_000 }, NOW))).toEqual(['forty'])
    expect(await store.size()).toBeLessThan(before - 190_000)
    expect(ids(await prune(store, { overSize: 0 }, NOW))).toEqual(['thirty', 'ten'])
    expect(await left()).toEqual(['imported', 'noted', 'writing'])
  })

  test('a recording that a crash ended is as old as its last fact', async () => {
    await store.close()
    store = await openStore(folder)
    expect(ids(await prune(store, { olderThan: 80 * DAY }, NOW))).toEqual(['writing'])
  })

  test('a recorder does it by itself when it starts', async () => {
    const writer = createRecordingWriter(store, {})
    const gone = await new Promise<readonly string[]>((resolve, reject) => {
      const stop = startUpkeep({
        writer,
        store,
        isDaily: false,
        retention: { olderThan: DAY },
        onPruned: (recordings) => void stop().then(() => resolve(ids(recordings))),
        onError: reject,
      })
    })
    expect(gone).toEqual(['forty', 'thirty', 'ten'])
  })
})
