import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Untold } from './connections.ts'
import { limitRepeats, MOST_ROWS, WINDOW_MS } from './repeats.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const refusal = (host: string, id = 'x'): Untold => ({
  kind: 'connection',
  state: 'complete',
  id,
  startedAt: '2026-01-02T12:00:00.000Z',
  client: { address: '127.0.0.1', port: 1 },
  outcome: 'client-refused-certificate',
  host,
  port: 443,
})

function written() {
  const rows: Untold[] = []
  return { rows, repeats: limitRepeats((connection) => rows.push(connection)) }
}

test('a loop has its first rows, and one that tells of all the others', () => {
  const { rows, repeats } = written()
  for (let i = 1; i <= 100; i++) repeats.tell(refusal('ca.test', String(i)))
  expect(rows).toHaveLength(MOST_ROWS)
  vi.advanceTimersByTime(WINDOW_MS)
  expect(rows).toHaveLength(MOST_ROWS + 1)
  expect(rows.at(-1)).toMatchObject({ id: '100', unwritten: 100 - MOST_ROWS - 1 })
})

test('other trouble has rows of its own, and what is slow has all of them', () => {
  const { rows, repeats } = written()
  for (let i = 0; i < 3 * MOST_ROWS; i++) {
    repeats.tell(refusal('ca.test'))
    repeats.tell(refusal(`other-${i}.test`))
    vi.advanceTimersByTime(1_500)
  }
  expect(rows).toHaveLength(6 * MOST_ROWS)
  expect(rows.filter(({ unwritten }) => unwritten !== undefined)).toEqual([])
})

test('nothing that was held back is lost at the end', () => {
  const { rows, repeats } = written()
  for (let i = 0; i <= MOST_ROWS; i++) repeats.tell(refusal('ca.test', String(i)))
  repeats.flush()
  expect(rows.at(-1)).toMatchObject({ id: String(MOST_ROWS) })
  expect(rows.at(-1)?.unwritten).toBeUndefined()
})
