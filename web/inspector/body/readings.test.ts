import { describe, expect, it } from 'vitest'
import type { Body, Headers } from '../../../shared/exchange.ts'
import { layOut } from './lay-out.ts'
import { fitText, formFields, pictureType, readable, SHOWN_FIRST } from './readings.ts'

const text = (value: string) => ({ kind: 'text', text: value }) as const
const base64 = (octets: readonly number[]): Extract<Body, { kind: 'base64' }> => ({
  kind: 'base64',
  base64: Buffer.from(octets).toString('base64'),
})
const typed = (type: string): Headers => [['Content-Type', type]]

describe('the ways a body can be read', () => {
  it.each([
    ['JSON', text('{"a":1}'), [], false, ['read', 'sent', 'hex']],
    ['an object of ACME', text('{"a":1}'), [], true, ['read', 'explained', 'sent', 'hex']],
    ['broken JSON', text('{"a":'), [], false, ['sent', 'hex']],
    [
      'a form',
      text('a=1'),
      typed('application/x-www-form-urlencoded; charset=utf-8'),
      false,
      ['fields', 'sent', 'hex'],
    ],
    ['octets', base64([0, 1]), [], false, ['hex']],
    ['a picture', base64([0xff, 0xd8, 0xff, 0]), [], false, ['image', 'hex']],
    ['what only calls itself a picture', base64([0, 1]), typed('image/png'), false, ['hex']],
    ['an SVG, which is a document', text('<svg onload="x()"/>'), typed('image/svg+xml'), false, ['sent', 'hex']],
  ] as const)('%s', (_, body, headers, explained, readings) => {
    expect(readable(body, headers, explained).readings).toEqual(readings)
  })

  it('lays out no more than a page can bear', () => {
    expect(layOut(`["${'x'.repeat(2_000_000)}"]`)).toBeNull()
    expect(layOut('[1]')).toEqual({ text: '[\n  1\n]', isJson: true })
  })

  it('lays out XML, and leaves what is broken or a page as it is', () => {
    const xml = '<?xml version="1.0"?>\n<R xmlns="x"><Id>/change/1</Id><Empty/><In><A>1</A></In></R>'
    expect(layOut(xml)?.text).toBe(
      '<?xml version="1.0"?>\n<R xmlns="x">\n  <Id>/change/1</Id>\n  <Empty/>\n  <In>\n    <A>1</A>\n  </In>\n</R>',
    )
    for (const other of ['<R><A></R></B></R>', '<html><body></body></html>', '<svg xmlns="x"></svg>', '</a>', 'a < b'])
      expect(layOut(other)).toBeNull()
    expect(layOut('<a>'.repeat(50_000) + '</a>'.repeat(50_000))?.text.length).toBeLessThan(9_000_000)
  })

  it('knows pictures by their octets', () => {
    expect(pictureType(Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'))).toBe('image/png')
    expect(pictureType(Buffer.from('RIFF....WEBPVP8 ', 'latin1'))).toBe('image/webp')
    expect(pictureType(Buffer.from('RIFF....WAVE', 'latin1'))).toBeNull()
    expect(pictureType(Buffer.from('<svg>'))).toBeNull()
  })
})

describe('a form', () => {
  it('is read field by field, with what cannot be decoded as it stands', () => {
    expect(formFields('a=1&b=x+y%26&a=2&%ff=%zz&c')).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x y&' },
      { name: 'a', value: '2' },
      { name: '%ff', value: '%zz' },
      { name: 'c', value: '' },
    ])
  })
})

describe('a long text', () => {
  it('is shown by its beginning, and whole for who asks', () => {
    const long = 'x'.repeat(SHOWN_FIRST + 5)
    expect(fitText(long, false).hidden).toBe(5)
    const all = fitText(long, true)
    expect(all.hidden).toBe(0)
    expect(all.text.replaceAll('\n', '')).toBe(long)
  })

  it('has no line longer than an editor can bear, and no character broken', () => {
    const fitted = fitText(`short\n${'😀'.repeat(5_000)}`, true)
    expect(fitted.broken).toBe(true)
    for (const line of fitted.text.split('\n')) expect(line).not.toMatch(/\p{Cs}/u)
    expect(Math.max(...fitted.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(4_000)
    expect(fitText('a\nb', true)).toEqual({ text: 'a\nb', hidden: 0, broken: false })
  })
})
