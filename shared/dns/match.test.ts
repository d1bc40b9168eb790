import { describe, expect, it } from 'vitest'
import { txtValue } from './match.ts'

describe('the value of a TXT record', () => {
  it.each([
    ['g4Kx_Prg', 'g4Kx_Prg'],
    ['"g4Kx_Prg"', 'g4Kx_Prg'],
    ['"g4K" "x_Prg"', 'g4Kx_Prg'],
    ['"g4K""x_Prg"', 'g4Kx_Prg'],
    ['  "padded"  ', 'padded'],
    ['"a \\"quoted\\" \\\\ word"', 'a "quoted" \\ word'],
    ['"\\065B"', 'AB'],
    ['""', ''],
    ['', ''],
    ['"not closed', '"not closed'],
    ['"closed" and more', '"closed" and more'],
  ])('of %j is %j', (content, value) => {
    expect(txtValue(content)).toBe(value)
  })

  it('is found in one pass, however many quotes are escaped', () => {
    const content = `"${'\\"'.repeat(500_000)}`
    expect(txtValue(content)).toBe(content)
  })
})
