import { expect, test } from 'vitest'
import type { Lane } from '../../shared/acme/model.ts'
import { firstBelow, toGeometry } from './geometry.ts'

const lanes: readonly Lane[] = (['client', 'ca', 'dns'] as const).map((role) => ({
  id: role,
  role,
  label: role,
  hosts: [],
}))

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

test('summaries are drawn only where there is room', () => {
  expect(toGeometry(lanes, 700).summaryX).toBeNull()
  expect(toGeometry(lanes, 1440).summaryX).not.toBeNull()
})

test('finds the first row that ends below a place', () => {
  const rows = [0, 10, 20].map((y) => ({ y, height: 10 }))
  expect([-5, 0, 9, 10, 25, 30].map((y) => firstBelow(rows, y))).toEqual([0, 0, 0, 1, 2, 3])
})
