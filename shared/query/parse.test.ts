import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIELDS } from './fields.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { Query } from './query.ts'

/** The query without its positions. */
const bare = (query: Query | null): unknown =>
  JSON.parse(JSON.stringify(query, (key, value) => (key === 'from' || key === 'to' ? undefined : value)))

const printed = (text: string): string => {
  const { query, error } = parseQuery(text)
  return query ? printQuery(query) : `${error.from}–${error.to} ${error.message}`
}

describe('what is typed', () => {
  test.each([
    ['', ''],
    ['  host:cloudflare   status:>=400 ', 'host:cloudflare status:>=400'],
    ['HOST:x Operation:newOrder rfc:7.4', 'host:x op:newOrder section:7.4'],
    ['body:"nas." "two words"', 'body:nas. "two words"'],
    ['-op:newNonce NOT op:order --host:x', '-op:newNonce -op:order host:x'],
    ['a OR b c OR (d OR e)', 'a OR b c OR d OR e'],
    ['a AND (b (c OR d)) -(e f)', 'a b (c OR d) -(e f)'],
    ['https://ca.example/a?b=c:d 22:44', 'https://ca.example/a?b=c:d 22:44'],
    ['host:a"b c"d', 'host:"ab cd"'],
    ['"say \\"yes\\" \\\\" a\\b', '"say \\"yes\\" \\\\" "a\\\\b"'],
    ['"OR" "-x" "host:y" "status"', '"OR" "-x" "host:y" status'],
    ['or and not', '"or" "and" "not"'],
    ['host:=api.example alg:=ES256', 'host:=api.example alg:=ES256'],
    ['- a', '"-" a'],
  ])('%s is %s', (text, expected) => expect(printed(text)).toBe(expected))

  test.each([
    ['hots:x a', '0–4 there is no field hots'],
    ['a host:', '2–7 host: needs a value'],
    ['status:>=', '0–9 status:>= needs a value'],
    ['a "b c', '2–6 this quote is not closed'],
    ['(a', '0–1 this bracket is not closed'],
    ['a) b', '1–2 a bracket too many'],
    [')', '0–1 a bracket too many'],
    ['()', '1–2 nothing between the brackets'],
    ['a OR', '2–4 OR stands between two conditions'],
    ['OR a', '0–2 OR stands between two conditions'],
    ['a AND', '2–5 AND stands between two conditions'],
    ['a NOT', '2–5 nothing to leave out'],
    ['""', '0–2 nothing between the quotes'],
    ['host:>5', '5–7 host is no number, so nothing is above it'],
    ['has:problems', '4–12 has knows no problems'],
    ['status:pending', '7–14 status is an HTTP status such as 201 or 4xx (of an object: state:pending)'],
    ['duration:>fast', '9–14 duration is a duration such as 250ms, 1s or 2min'],
    ['time:25:00', '5–10 time is a time (UTC) such as 22:44, 22:44:23 or 2024-04-15T22:44'],
    [`${'('.repeat(21)}a`, '20–21 brackets more than 20 deep'],
    ['a'.repeat(2001), '2000–2001 a query has at most 2000 characters'],
  ])('%s: %s', (text, expected) => expect(printed(text)).toBe(expected))

  test('a mistyped field is told which one was meant, and another one how to search for it', () => {
    expect(parseQuery('hsot:x').error?.fix).toBe('did you mean host:?')
    expect(parseQuery('durration:1s').error?.fix).toBe('did you mean duration:?')
    expect(parseQuery('urn:ietf:params').error?.fix).toBe('quote it to search for the words: "urn:ietf:params"')
  })
})

describe('whatever is typed', () => {
  const pieces = fc.oneof(
    fc.constantFrom('(', ')', '"', '-', ' ', '\\', ':', '..', '>=', '<', '=', 'OR', 'AND', 'NOT', '\u202e', '\n'),
    fc.constantFrom(...FIELDS.flatMap(({ name, aliases, example }) => [`${name}:`, example, ...aliases])),
    fc.string({ maxLength: 6, unit: 'grapheme' }),
  )
  const typed = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''))
  const separated = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' '))

  test('it is a query or an error with its place, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(typed, separated, fc.string()), (text) => {
        const { query, error } = parseQuery(text)
        expect((query === null) !== (error === null)).toBe(true)
        if (!error) return
        expect(error.from).toBeGreaterThanOrEqual(0)
        expect(error.to).toBeLessThanOrEqual(text.length)
        expect(error.from).toBeLessThanOrEqual(error.to)
        expect(error.message && error.fix).toBeTruthy()
      }),
      { numRuns: 2000 },
    )
  })

  test('what is printed is read as the same', () => {
    let read = 0
    fc.assert(
      fc.property(fc.oneof(typed, separated), (text) => {
        const { query } = parseQuery(text)
        if (!query) return
        read++
        const again = parseQuery(printQuery(query))
        expect(bare(again.query)).toEqual(bare(query))
        expect(printQuery(again.query ?? query)).toBe(printQuery(query))
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(300)
  })

  test('what could make it slow does not', () => {
    const before = performance.now()
    for (const text of ['('.repeat(2000), '"'.repeat(2000), '\\'.repeat(2000), '-'.repeat(2000), 'a:'.repeat(1000)])
      for (let run = 0; run < 50; run++) parseQuery(text)
    parseQuery('('.repeat(10_000_000))
    expect(performance.now() - before).toBeLessThan(2000)
  })
})
