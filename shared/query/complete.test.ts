import { beforeAll, describe, expect, test } from 'vitest'
import { knownOf } from '../../test/asked.ts'
import { complete, offersIn, withTaken } from './complete.ts'
import type { TextRow } from './fields/row.ts'
import { parseQuery } from './parse.ts'
import type { Known } from './query.ts'

let traefik: Known
beforeAll(async () => {
  traefik = await knownOf('recordings/examples/traefik-letsencrypt-cloudflare.har')
})

const offersOf = (row: TextRow) => offersIn(row, traefik.analysis.steps, traefik)

/** What is offered at the bar. */
const at = (typed: string) => complete(typed.replace('|', ''), typed.indexOf('|'), offersOf)
const texts = (typed: string) => at(typed).suggestions.map(({ text }) => text)

describe('where the cursor stands', () => {
  test('in no word every field is offered, each with its line', () => {
    const { from, to, suggestions } = at('host:x |')
    expect([from, to]).toEqual([7, 7])
    expect(suggestions.length).toBeGreaterThan(30)
    expect(suggestions.find(({ text }) => text === 'op:')?.detail).toMatch(/did/)
  })

  test('in a word the fields it begins, and the values it stands in', () => {
    expect(texts('ho|')).toContain('host:')
    expect(texts('-cloudf|')).toContain('host:api.cloudflare.com')
    expect(texts('fail|')).toEqual(expect.arrayContaining(['failure:', 'is:failed']))
    expect(at('a -newO|').from).toBe(3)
  })

  test('after a field its values, the most frequent first', () => {
    expect(texts('op:|')[0]).toBe('op:authorization')
    expect(texts('op:new|')).toEqual(['op:newNonce', 'op:newAccount', 'op:newOrder'])
    expect(texts('has:|')).toContain('has:problem')
    expect(texts('a (is:sl|')).toEqual(['is:slow'])
    expect(texts('status:|')).toEqual(['status:>=400'])
    expect(texts('operation:=newO|')).toEqual(['op:=newOrder'])
    expect(texts('name:"*.n|"')).toEqual(['name:*.nas.mycustomservice.local'])
    expect(texts('nosuch:x|')).toEqual([])
  })

  test('whatever is taken can be read', () => {
    for (const word of ['', 'a', 'n', 'op:', 'host:', 'nonce:', 'from:', 'finding:', 'name:', 'has:', 'lane:', 'tls:'])
      for (const { kind, text } of at(`${word}|`).suggestions)
        expect(parseQuery(kind === 'field' ? `${text}x` : text).error?.message ?? '').not.toMatch(
          /no field|needs|quote/,
        )
  })

  test.each([
    ['op:d|', 'op:dns', 'op:dns |'],
    ['-cloud| a', 'host:x', '-host:x |a'],
    ['a |', 'is:', 'a is:|'],
    ['(op:new|)', 'op:newOrder', '(op:newOrder |)'],
    ['|', 'is:failed', 'is:failed |'],
  ])('%s, taken: %s', (typed, taken, expected) => {
    const { text, cursor } = withTaken(typed.replace('|', ''), at(typed), taken)
    expect(`${text.slice(0, cursor)}|${text.slice(cursor)}`).toBe(expected)
  })
})
