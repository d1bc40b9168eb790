import { describe, expect, it } from 'vitest'
import { elements, elementText } from './xml.ts'

describe('elements', () => {
  it.each([
    ['<a>1</a><b>2</b><a x="<3">no</a><a x="3">4</a>', ['1', '4']],
    ['<a>\n <b/> </a>', ['\n <b/> ']],
    ['<ab>1</ab><a>2</a>', ['2']],
    ['<a>1</a><a>cut', ['1']],
    ['', []],
  ])('of %s', (xml, found) => {
    expect(elements(xml, 'a')).toEqual(found)
  })

  it('are found in one pass, however many are open', () => {
    expect(elements('<a>'.repeat(300_000), 'a')).toEqual([])
    expect(elements(`<a${' '.repeat(300_000)}`, 'a')).toEqual([])
    expect(elements('<a '.repeat(300_000), 'a')).toEqual([])
  })
})

describe('the text of an element', () => {
  it.each([
    ['<a> &quot;x&quot; </a>', '"x"'],
    ['<a>&#34;&#x22;&lt;&gt;&amp;&apos;</a>', `""<>&'`],
    ['<a>&#x110000;&#9999999;&nope;&amp;amp;</a>', '&#x110000;&#9999999;&nope;&amp;'],
    ['<a></a>', ''],
    ['<b></b>', null],
  ])('of %s is %s', (xml, text) => {
    expect(elementText(xml, 'a')).toBe(text)
  })
})
