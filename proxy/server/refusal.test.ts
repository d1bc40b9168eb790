import { expect, test } from 'vitest'
import { StoreFailure, type StoreFailureCode } from '../store/failure.ts'
import { toRefused } from './refusal.ts'

test.each<[StoreFailureCode, number, string]>([
  ['locked', 503, 'store-locked'],
  ['full', 507, 'disk-full'],
  ['corrupted', 503, 'store-damaged'],
  ['recording-live', 409, 'recording-live'],
  ['unreadable', 503, 'store-unusable'],
])('a store that is %s is told as what it is, with what to do and nothing of its insides', (code, status, told) => {
  const { body, ...refused } = toRefused(new StoreFailure(code, 'SQLITE: /home/somebody'))
  expect([refused.status, body.error.code]).toEqual([status, told])
  expect(body.error.fix).not.toBe('')
  expect(JSON.stringify(body)).not.toContain('/home')
})
