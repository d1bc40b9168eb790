import { describe, expect, test } from 'vitest'
import type { Headers } from '../../../shared/exchange.ts'
import { toHttp1Fields, toHttp2Fields } from './fields.ts'

/** As node:http2 reads such an object: key by key, each in lower case, a list as so many fields. */
const asWritten = (fields: Headers): Headers =>
  Object.entries(toHttp2Fields(fields)).flatMap(([name, value]) =>
    [value].flat().map((each) => [name.toLowerCase(), String(each)] as const),
  )

describe('for node:http2', () => {
  test('order and repeats stay, however many there are', () => {
    const turns = Array.from({ length: 40 }, (_, at): [string, string] => [at % 2 ? 'link' : 'replay-nonce', `${at}`])
    const fields: Headers = [[':status', '200'], ['x-e', ''], ['x-e', 'a'], ...turns.slice(0, 24), ['x-e', '']]
    expect(asWritten(fields)).toEqual(fields)
  })

  test('where a name has no more spellings, its repeats are put beside one another, and none is lost', () => {
    const fields: Headers = Array.from({ length: 9 }, (_, at) => [at % 2 ? 'x' : 'y', `${at}`])
    expect([...asWritten(fields)].sort()).toEqual([...fields].sort())
  })

  test('of what may be there once, the first stays', () => {
    expect(
      asWritten([
        ['Retry-After', '1'],
        ['link', 'a'],
        ['retry-after', '2'],
      ]),
    ).toEqual([
      ['retry-after', '1'],
      ['link', 'a'],
    ])
  })
})

test('for a server that speaks HTTP/1.1 only', () => {
  const fields: Headers = [
    [':method', 'POST'],
    [':authority', 'ca.test'],
    ['cookie', 'a'],
    ['x-a', '1'],
    ['cookie', 'b'],
  ]
  const plain: Headers = [
    ['Host', 'ca.test'],
    ['cookie', 'a; b'],
    ['x-a', '1'],
  ]
  expect(toHttp1Fields(fields, false)).toEqual(plain)
  expect(toHttp1Fields(fields, true)).toEqual([...plain, ['Transfer-Encoding', 'chunked']])
  expect(toHttp1Fields([...fields, ['content-length', '0']], true)).toEqual([...plain, ['content-length', '0']])
})
