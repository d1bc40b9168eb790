import { describe, expect, it } from 'vitest'
import {
  challengeRow,
  fieldRow,
  isReachable,
  operationRow,
  problemRow,
  reference,
  referencesOf,
  sectionText,
} from './registry.ts'

describe('the registry', () => {
  it('knows sections with title, words and address', () => {
    expect(reference('RFC 8555 §7.4')).toEqual({
      document: 'RFC 8555',
      section: '7.4',
      title: 'Applying for Certificate Issuance',
      url: 'https://www.rfc-editor.org/rfc/rfc8555#section-7.4',
    })
    expect(sectionText({ document: 'RFC 8555', section: '7.4' })).toMatch(/finalize/)
    expect(() => reference('RFC 8555 §99')).toThrow('§99')
  })

  it('puts the badge first and adds what else is true of a step', () => {
    const cited = referencesOf('challenge', new Set(['signed', 'challenge dns-01']))
    expect(cited.map(({ section }) => section)).toEqual(['7.5.1', '8.4', '8.1', '6.2', '6.4', '6.5.2'])
  })

  it('says nothing of what no document registers', () => {
    expect([
      operationRow('other'),
      problemRow('noSuch'),
      problemRow(null),
      challengeRow('x-01'),
      fieldRow('order', 'x'),
    ]).toEqual([null, null, null, null, null])
  })

  it.each([
    ['order', 'pending', 'valid', true],
    ['order', 'valid', 'pending', false],
    ['authorization', 'valid', 'deactivated', true],
    ['authorization', 'invalid', 'valid', false],
    ['challenge', 'pending', 'invalid', true],
  ])('%s: %s to %s is reachable: %j', (object, from, to, expected) => {
    expect(isReachable(object, from, to)).toBe(expected)
  })
})
