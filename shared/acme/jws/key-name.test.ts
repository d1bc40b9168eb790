import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyName } from './key-name.ts'

test('a key is called by its kind and its size or curve', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  expect(keyName({ ...publicKey.export({ format: 'jwk' }) })).toBe('RSA, 2048 bits')
  expect(keyName({ kty: 'RSA', n: 'AAAB', e: 'AQAB' })).toBe('RSA, 1 bits')
  expect(keyName({ kty: 'EC', crv: 'P-256' })).toBe('EC P-256')
  expect(keyName({ kty: 'OKP', crv: 'Ed25519' })).toBe('OKP Ed25519')
})

test('what is no whole key is called by what it says', () => {
  expect(keyName({ kty: 'RSA', n: 'BbR...E1I' })).toBe('RSA')
  expect(keyName({ kty: 'RSA', n: 'AAAA' })).toBe('RSA')
  expect(keyName({})).toBe('a key of no kind')
  expect(keyName({ kty: 'x'.repeat(500) })).toHaveLength(40)
})
