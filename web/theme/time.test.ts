import { expect, test } from 'vitest'
import { byteSize, clockTime, dateTime, duration, since } from './time.ts'

test.each([
  [30, '30 ms'],
  [2100, '2.1 s'],
  [9960, '10 s'],
  [24_000, '24 s'],
  [59_700, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
])('%i ms reads %s', (ms, text) => expect(duration(ms)).toBe(text))

test('the time since the row before', () => {
  expect(since(30)).toBe('+0.03 s')
  expect(since(10_500)).toBe('+10.5 s')
  expect(since(64_000)).toBe('+1:04')
  expect(since(9_999)).toBe('+10.0 s')
  expect(since(59_999)).toBe('+1:00')
  expect(since(7_805_000)).toBe('+2:10:05')
  expect(since(-5)).toBe('+0.00 s')
})

test('times of day are UTC, and what is no time is a dash', () => {
  expect(clockTime('2024-04-15T22:44:23.040Z')).toBe('22:44:23')
  expect(dateTime('2024-04-15T22:44:23Z')).toBe('2024-04-15 22:44:23 UTC')
  expect(clockTime('soon')).toBe('–')
})

test('sizes', () => {
  expect([0, 861, 2077, 1_500_000, null].map(byteSize)).toEqual(['0 B', '861 B', '2.1 kB', '1.5 MB', '–'])
})
