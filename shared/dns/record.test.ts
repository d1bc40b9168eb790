import { describe, expect, it } from 'vitest'
import { absoluteName } from './record.ts'

describe('the whole name of a record', () => {
  it.each([
    ['_acme-challenge', 'example.test', 'relative', '_acme-challenge.example.test'],
    ['_acme-challenge.sub', 'example.test', 'relative', '_acme-challenge.sub.example.test'],
    ['_acme-challenge.example.test.', 'example.test', 'relative', '_acme-challenge.example.test'],
    ['@', 'example.test', 'relative', 'example.test'],
    ['', 'example.test', 'relative', 'example.test'],
    ['_acme-challenge', null, 'relative', '_acme-challenge'],
    ['@', null, 'relative', '@'],
    ['_acme-challenge.example.test', 'example.test', 'absolute', '_acme-challenge.example.test'],
    ['_acme-challenge.example.test.', null, 'absolute', '_acme-challenge.example.test'],
  ] as const)('%j in %j, %s, is %s', (name, zone, names, whole) => {
    expect(absoluteName(name, zone, names)).toBe(whole)
  })
})
