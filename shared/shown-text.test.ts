import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownText } from './shown-text.ts'

test('what would turn the reading direction round is named', () => {
  expect(shownText('exe\u202Egpj.moc')).toBe('exe⟨U+202E⟩gpj.moc')
  expect(shownText('\u2066a\u2069')).toBe('⟨U+2066⟩a⟨U+2069⟩')
})

test('what is invisible is named', () => {
  expect(shownText('goo\u200Bgle \0 \u001B[31m')).toBe('goo⟨U+200B⟩gle ⟨U+0000⟩ ⟨U+001B⟩[31m')
  expect(shownText('\uD800')).toBe('⟨U+D800⟩')
})

test('what can be read stays as it is, in any script', () => {
  for (const text of ['example.test', 'münchen 例え.テスト', 'مثال', 'a\tb\nc', '👩🏽 ok'])
    expect(shownText(text)).toBe(text)
})

test('showing twice is showing once', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => shownText(shownText(text)) === shownText(text)))
})
