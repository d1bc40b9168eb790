import { expect, test } from 'vitest'
import type { Lane } from '../../shared/acme/model.ts'
import { firstBelow, toGeometry } from './geometry.ts'

const some = (count: number): readonly Lane[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, role: 'other', label: `${index}`, hosts: [] }))
const lanes = some(3)

test('lanes stand at equal distances, and all within the window where they can', () => {
  const { laneX, width, spacing } = toGeometry(lanes, 1000)
  const [client = 0, ca = 0, dns = 0] = laneX.values()
  expect(ca - client).toBe(spacing)
  expect(dns - ca).toBe(spacing)
  expect(width).toBe(1000)
})

test('a window too small for the lanes is scrolled, not squeezed', () => {
  const { width, laneX } = toGeometry(lanes, 300)
  expect(width).toBeGreaterThan(Math.max(...laneX.values()))
  expect(width).toBeGreaterThan(300)
})

test.each([1, 2, 3, 4, 6, 12])('%i lanes: nothing is drawn over another thing, however wide the window', (count) => {
  for (const available of [320, 600, 760, 960, 1010, 1200, 1426, 1900, 2540]) {
    const { laneX, room, columns, summary, width } = toGeometry(some(count), available)
    const last = Math.max(...laneX.values())
    for (const [id, x] of laneX) {
      const next = laneX.get(`${Number(id) + 1}`) ?? columns?.size.left ?? width
      expect(x + (room.get(id) ?? 0)).toBeLessThanOrEqual(next)
      expect(room.get(id)).toBeGreaterThan(100)
    }
    if (summary !== null) {
      expect(summary.left).toBeGreaterThan(last + 100)
      expect(summary.left + summary.width).toBeLessThanOrEqual(columns?.size.left ?? 0)
    }
    if (columns !== null) expect(columns.reference.left + columns.reference.width).toBeLessThan(width)
  }
})

test('summaries and columns are drawn only where there is room', () => {
  expect(toGeometry(lanes, 610)).toMatchObject({ summary: null, columns: null })
  expect(toGeometry(lanes, 1010)).toMatchObject({ summary: null, columns: null })
  expect(toGeometry(lanes, 1426).columns).not.toBeNull()
  expect(toGeometry(lanes, 1426).summary).not.toBeNull()
})

test('finds the first row that ends below a place', () => {
  const rows = [0, 10, 20].map((y) => ({ y, height: 10 }))
  expect([-5, 0, 9, 10, 25, 30].map((y) => firstBelow(rows, y))).toEqual([0, 0, 0, 1, 2, 3])
})
