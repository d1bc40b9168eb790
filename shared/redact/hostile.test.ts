// Secrets that were made to keep whoever looks for them busy, or to be found in part.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startRecording } from '../../test/hostile/recording.ts'
import type { Headers } from '../exchange.ts'
import { toPrefixes } from './prefixes.ts'
import { redactFacts } from './redact.ts'

/** Tokens that one exchange carries, and the text that another answers with. */
function redacted(tokens: readonly string[], text: string): string {
  const recording = startRecording()
  for (const token of tokens) {
    const headers: Headers = [['Authorization', `Bearer ${token}`]]
    recording.add({ url: 'https://api.test/', headers })
  }
  recording.add({ url: 'https://api.test/' }, { body: text, type: 'text/plain' })
  const last = redactFacts(recording.facts, 'secrets').facts.at(-1)
  const body = last?.kind === 'exchange' ? last.response?.body : undefined
  return body?.kind === 'text' ? body.text : ''
}

describe('values that begin alike', () => {
  it('are told apart as a look at each of them would', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '\u00E9', '\u{1F600}'), minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.array(word, { maxLength: 12 }),
        fc.array(word),
        (values, refused, words) => {
          const text = words.join('')
          const prefixes = toPrefixes(values)
          const accepts = (value: string) => !refused.includes(value)
          for (let place = 0; place <= text.length; place++) {
            const standing = values.filter((value) => text.startsWith(value, place) && accepts(value))
            const longest = standing.toSorted((one, other) => other.length - one.length)[0] ?? null
            expect(prefixes(text, place, accepts)).toBe(longest)
          }
        },
      ),
    )
  })

  it('are masked each by its own name, the longest first', () => {
    const start = 'eyJhbGciOiJSUzI1NiJ9.'
    const tokens = [`${start}1`, `${start}12`, `${start}${'x'.repeat(400)}1`, `${start}${'x'.repeat(400)}2`]
    expect(redacted(tokens, tokens.join(' '))).toBe(
      '<bearer_token_1> <bearer_token_2> <bearer_token_3> <bearer_token_4>',
    )
    expect(redacted(tokens, `${start}3 ${tokens[3]}4`)).toBe(`${start}3 <bearer_token_4>4`)
  })

  it('are masked as far as they stand, when they are long', () => {
    const token = Array.from({ length: 500 }, (_, index) => index.toString(36)).join('')
    expect(redacted([token], `a ${token.slice(0, 300)}!`)).toBe(`a <bearer_token_1>${token.slice(256, 300)}!`)
    expect(redacted([token], `a ${token.slice(0, 200)}!`)).toBe(`a ${token.slice(0, 200)}!`)
  })
})

describe('a text that nearly holds a secret at every place', () => {
  it.each([
    ['a long one', [`${'a'.repeat(400_000)}b`], 'a'.repeat(400_000)],
    ['one of many', Array.from({ length: 400 }, (_, length) => `${'a'.repeat(length + 8)}b`), 'a'.repeat(400_000)],
    [
      'one of many that are as long',
      Array.from({ length: 1_000 }, (_, index) => `${'a'.repeat(300)}${index}`),
      'a'.repeat(400_000),
    ],
  ])('%s is gone through', (_, tokens, text) => {
    expect(redacted(tokens, `${text}.`)).toMatch(/^(?:a|<bearer_token_\d+>)+\.$/)
  })
})

it('names for schemes of authorization that every object has are names like any other', () => {
  const recording = startRecording()
  for (const scheme of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
    recording.add({ url: 'https://api.test/', headers: [['Authorization', `${scheme} secret-secret`]] })
  const { replaced } = redactFacts(recording.facts, 'secrets')
  expect(replaced).toEqual([{ label: 'authorization', count: 4 }])
})
