import { expect, test } from 'vitest'
import type { RecordingSummary } from '../../shared/recording.ts'
import { arrange, NEWEST_FIRST, nextOrder, type Wanted } from './rows.ts'

const recording = (id: string, change: Partial<RecordingSummary> = {}): RecordingSummary => ({
  id,
  name: `name ${id}`,
  startedAt: '2024-04-15T22:44:23.000Z',
  source: 'live',
  toolVersion: '0',
  exchanges: 1,
  bytes: 1,
  origin: 'stored',
  ...change,
})

const all = [
  recording('example', { origin: 'example', source: 'import', startedAt: '2026-01-01T00:00:00.000Z' }),
  recording('old', { startedAt: '2023-01-01T00:00:00.000Z', endedAt: '2023-01-01T01:00:00.000Z', bytes: 9 }),
  recording('live', { startedAt: '2022-01-01T00:00:00.000Z' }),
  recording('new', { startedAt: '2025-01-01T00:00:00.000Z', source: 'import', exchanges: 10 }),
]

const ids = (wanted: Partial<Wanted>) =>
  arrange(all, 'live', { kind: 'all', order: NEWEST_FIRST, words: '', ...wanted }).map(({ id }) => id)

test('the one being written comes first and examples last, whatever the order', () => {
  expect(ids({})).toEqual(['live', 'new', 'old', 'example'])
  expect(ids({ order: { column: 'started', descending: false } })).toEqual(['live', 'old', 'new', 'example'])
  expect(ids({ order: { column: 'size', descending: true } })).toEqual(['live', 'old', 'new', 'example'])
  expect(ids({ order: { column: 'exchanges', descending: true } })).toEqual(['live', 'new', 'old', 'example'])
  expect(ids({ order: { column: 'length', descending: true } })).toEqual(['live', 'old', 'new', 'example'])
})

test('by kind, and by words of the name in any case', () => {
  expect(ids({ kind: 'imported' })).toEqual(['new'])
  expect(ids({ kind: 'recorded' })).toEqual(['live', 'old'])
  expect(ids({ kind: 'examples' })).toEqual(['example'])
  expect(ids({ words: ' NAME O' })).toEqual(['old'])
})

test('numbers in names are numbers', () => {
  const named = ['run 10', 'run 9', 'Run 1'].map((name) => recording(name, { name }))
  const order = nextOrder(NEWEST_FIRST, 'name')
  expect(arrange(named, null, { kind: 'all', order, words: '' }).map(({ name }) => name)).toEqual([
    'Run 1',
    'run 9',
    'run 10',
  ])
  expect(nextOrder(order, 'name')).toEqual({ column: 'name', descending: true })
})
