import { expect, test } from 'vitest'
import { hexRow } from './hex.ts'

test('a row of octets, with dots for what cannot be printed', () => {
  const octets = Buffer.from('GET /\r\n\u0000é', 'utf8')
  expect(hexRow(octets, 0, 8)).toEqual({ offset: '00000000', hex: '47 45 54 20 2f 0d 0a 00', text: 'GET /...' })
  expect(hexRow(octets, 1, 8)).toEqual({ offset: '00000008', hex: 'c3 a9                  ', text: '..' })
})
