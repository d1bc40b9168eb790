import { expect, test } from 'vitest'
import { COLUMNS } from './columns.tsx'
import { moved, readLayout, shownIn, tracksOf } from './layout.ts'

const first = readLayout(undefined)

test('a layout that somebody else kept is read as far as it is one', () => {
  const kept = {
    shown: { nonce: true, nowhere: true, alg: 'yes' },
    order: ['status', 'nowhere', 'sequence', 'status', 7],
    widths: { url: 400, status: 1, method: 'wide' },
    sort: { column: 'duration', descending: true },
  }
  expect(readLayout(JSON.stringify(kept))).toEqual({
    shown: { nonce: true },
    order: ['status', 'sequence'],
    widths: { url: 400 },
    sort: { column: 'duration', descending: true },
  })
  for (const text of ['', '[]', '"x"', '{', '{"__proto__":{"shown":1},"sort":{"column":"x"}}'])
    expect(readLayout(text)).toEqual(first)
})

test('where there is no room columns yield, but for those somebody asked for and those that always stand', () => {
  const wide = shownIn(first, 2000)
  const narrow = shownIn(first, 640)
  const least = shownIn(first, 1)
  expect(wide.size).toBeGreaterThan(narrow.size)
  expect([...least].sort()).toEqual(COLUMNS.flatMap(({ id, yields }) => (yields === 0 ? id : [])).sort())
  for (const id of least) expect(narrow).toContain(id)
  const widthOf = (ids: ReadonlySet<string>) =>
    COLUMNS.reduce((sum, { id, width }) => sum + (ids.has(id) ? width : 0), 0)
  expect(widthOf(narrow)).toBeLessThanOrEqual(640)
  const chosen = shownIn({ ...first, shown: { nonce: true, waterfall: true, status: false } }, 1)
  expect(chosen).toContain('nonce')
  expect(chosen).toContain('waterfall')
  expect(chosen).not.toContain('status')
})

test('a column is moved by one place, and not beyond the ends', () => {
  const ids = COLUMNS.map(({ id }) => id)
  expect(moved(first, ids[1] ?? '', -1).slice(0, 2)).toEqual([ids[1], ids[0]])
  expect(moved(first, ids[0] ?? '', -1)).toEqual(ids)
  expect(moved(first, ids.at(-1) ?? '', 1)).toEqual(ids)
  expect(moved({ ...first, order: ['status'] }, 'status', 1)[1]).toBe('status')
  expect(moved({ ...first, order: ['status'] }, 'status', 1)).toHaveLength(ids.length)
})

test('one column takes the room that is left', () => {
  expect(
    tracksOf([
      { id: 'sequence', width: 50 },
      { id: 'url', width: 200 },
      { id: 'time', width: 90 },
    ]),
  ).toBe('50px minmax(200px, 1fr) 90px')
  expect(
    tracksOf([
      { id: 'sequence', width: 50 },
      { id: 'time', width: 90 },
    ]),
  ).toBe('50px minmax(90px, 1fr)')
})
