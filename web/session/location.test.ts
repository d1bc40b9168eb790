import { expect, test } from 'vitest'
import { readPlace, writePlace } from './location.ts'

test('a place survives the address', () => {
  const place = { recording: '2024 & more', view: 'exchanges', step: 'a/b?c', order: 'https://ca.example/order/1?x&y' }
  expect(readPlace(writePlace(place))).toEqual(place)
})

test('defaults stay out of the address', () => {
  expect(writePlace({ recording: null, view: 'flow', step: null, order: null })).toBe('.')
  expect(readPlace('')).toEqual({ recording: null, view: 'flow', step: null, order: null })
})
