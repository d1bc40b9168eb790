import { expect, test } from 'vitest'
import { firstLine } from './first-line.ts'

test.each([
  ['It was the token.', 'It was the token.'],
  ['\n\n## The *token* had **expired**\n\nmore', 'The token had expired'],
  ['> - [x] asked `ops`', 'asked ops'],
  ['---\n```\n\n1. see [the log](https://a.test/b) of #12', 'see the log of #12'],
  ['![shot](https://a.test/b.png)', 'shot'],
  ['snake_case stays', 'snake_case stays'],
  ['   ', ''],
  ['#12 is where it starts', '#12 is where it starts'],
])('of %j there is %j', (text, line) => {
  expect(firstLine(text)).toBe(line)
})

test('a long line is cut, and a bomb costs nothing', () => {
  expect(firstLine('word '.repeat(100))).toHaveLength(160)
  const started = performance.now()
  for (const bomb of ['>', '[', '[a](', '> - ', '#', '\n', '`']) firstLine(bomb.repeat(65_536))
  expect(performance.now() - started).toBeLessThan(500)
})
