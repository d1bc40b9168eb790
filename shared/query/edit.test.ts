import { expect, test } from 'vitest'
import { withCondition } from './edit.ts'
import { parseQuery } from './parse.ts'

const host = { field: 'host', sign: '=', value: 'api.example' } as const

test.each([
  ['', true, 'host:=api.example'],
  ['', false, '-host:=api.example'],
  ['op:order', true, 'op:order host:=api.example'],
  ['a OR b', true, '(a OR b) host:=api.example'],
  ['a HOST:="api.example" b', true, 'a b host:=api.example'],
  ['a -host:=api.example', true, 'a host:=api.example'],
  ['host:=api.example', false, '-host:=api.example'],
  ['-(a b)', false, '-(a b) -host:=api.example'],
])('%s, pointed at: %s', (text, isWanted, expected) => {
  const made = withCondition(parseQuery(text).query ?? { kind: 'all' }, host, isWanted)
  expect(made).toBe(expected)
  expect(parseQuery(made).error).toBeNull()
})
