import { describe, expect, it } from 'vitest'
import { compareNames, isSame, nameRows } from './compare-names.ts'

const dns = (...names: readonly string[]) => names.map((value) => ({ type: 'dns', value }))

describe('names compared', () => {
  it('are the same in another order, case or spelling of an address', () => {
    const wanted = [...dns('Example.test', '*.example.test'), { type: 'ip', value: '2001:DB8::0:7' }]
    const compared = compareNames(wanted, ['2001:db8:0:0:0:0:0:7', '*.EXAMPLE.test', 'example.TEST'])
    expect(compared && isSame(compared)).toBe(true)
  })

  it('differ by what is missing and what is too much, as it was written', () => {
    expect(compareNames(dns('a.test', 'B.test'), ['a.test', 'C.test'])).toEqual({
      missing: ['B.test'],
      extra: ['C.test'],
    })
  })

  it.each([
    ['nothing is known of the order', dns(), ['a.test']],
    ['identifiers are of another kind', [{ type: 'TNAuthList', value: 'MAigBhYEMTIzNA' }], []],
    ['the names were cut from the recording', dns('<name_1>'), ['a.test']],
    ['those of the certificate were', dns('a.test'), ['a...est']],
  ])('cannot be compared where %s', (_why, wanted, given) => {
    expect(compareNames(wanted, given)).toBeNull()
  })
})

it('a name stands in one row, whatever its spelling, with what is not known left open', () => {
  expect(nameRows(['A.test', 'b.test'], null, ['b.test', 'a.test', 'c.test'])).toEqual([
    { name: 'a.test', ordered: true, requested: null, issued: true },
    { name: 'b.test', ordered: true, requested: null, issued: true },
    { name: 'c.test', ordered: false, requested: null, issued: true },
  ])
})
