import { expect, test } from 'vitest'
import type { Entry, EntryGroup } from './entry.ts'
import { rank, score } from './rank.ts'

const entry = (label: string, detail = '', words = ''): Entry => ({
  id: label,
  label,
  detail,
  words,
  place: null,
  run: () => {},
})

const group = (label: string, entries: readonly Entry[], change: Partial<EntryGroup> = {}): EntryGroup => ({
  label,
  entries: () => entries,
  weight: 0,
  unasked: 0,
  ...change,
})

const told = (groups: readonly EntryGroup[], query: string) =>
  rank(groups, query).map(({ label, entries }) => [label, ...entries.map((one) => one.label)])

test('each word must fit; where it fits counts', () => {
  const order = entry('newOrder', 'Order nas.example', 'https://ca.example/order')
  expect(score(order, ['neworder'])).toBeGreaterThan(score(order, ['order']))
  expect(score(order, ['order'])).toBeGreaterThan(score(order, ['nas']))
  expect(score(order, ['ca.example'])).toBeGreaterThan(0)
  expect(score(order, ['order', 'nowhere'])).toBe(0)
  expect(score(entry('Export, raw'), ['raw'])).toBeGreaterThan(score(entry('strawberry'), ['raw']))
})

test('the group of the best comes first, and the best of it', () => {
  const steps = group('Steps', [entry('#1 POST newOrder'), entry('order')])
  const views = group('Views', [entry('Objects', 'orders and more')], { weight: 2 })
  expect(told([views, steps], 'order')).toEqual([
    ['Steps', 'order', '#1 POST newOrder'],
    ['Views', 'Objects'],
  ])
})

test('before anything is typed what is asked for most is there', () => {
  const many = Array.from({ length: 9 }, (_, at) => entry(`r${at}`))
  expect(told([group('Steps', many), group('Recordings', many, { unasked: 2 })], ' ')).toEqual([
    ['Recordings', 'r0', 'r1'],
  ])
})

test('of ten thousand that fit, few are shown, and soon', () => {
  const steps = group(
    'Steps',
    Array.from({ length: 10_000 }, (_, at) =>
      entry(`#${at} POST newOrder`, 'Order example.test', 'https://ca.example/'),
    ),
  )
  const views = group('Views', [entry('Order')])
  const shown = rank([steps, views], 'order')
  expect(shown.map(({ entries }) => entries.length)).toEqual([1, 12])
})
