import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { isLayable } from './layable.ts'
import { Markdown } from './markdown.tsx'

const html = (text: string): string => renderToStaticMarkup(<Markdown text={text} />)

describe('whoever wrote a note, nothing in it', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['an image with a handler', 'a <img src=x onerror=alert(1)> b'],
    ['a frame', '<iframe src="https://evil.test"></iframe>'],
    ['SVG', '<svg onload=alert(1)><animate onbegin=alert(1)></svg>'],
    ['a style', '<style>*{display:none}</style>'],
    ['a comment that never ends', '<!-- '],
  ])('is taken for HTML: %s is text', (_, text) => {
    expect(html(text)).not.toMatch(/<(script|img|iframe|svg|style|!--)/)
    expect(html(text)).toContain('&lt;')
  })

  test.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](java\tscript:alert(1))',
    '[a](data:text/html,<script>alert(1)</script>)',
    '[a](vbscript:x)',
    '[a](file:///etc/passwd)',
    '[a](//evil.test/)',
    '[a](/api/recordings)',
    '<javascript:alert(1)>',
    '[a][b]\n\n[b]: javascript:alert(1)',
  ])('leads anywhere but to the web: %j', (text) => {
    expect(html(text)).not.toContain('href')
  })

  test('is loaded: a picture is its words and its address', () => {
    const shown = html('![a shot](https://evil.test/x.png "t") and ![b](javascript:alert(1))')
    expect(shown).not.toMatch(/<img|src=/)
    expect(shown).toContain('a shot <code>https://evil.test/x.png</code>')
  })
})

test('a link to the web opens elsewhere, and tells the other site nothing', () => {
  for (const text of ['[a](https://ca.example/x)', 'https://ca.example/x'])
    expect(html(text)).toContain('href="https://ca.example/x" target="_blank" rel="noopener noreferrer"')
})

test('#12 leads to step 12, in running text only', () => {
  const links = (text: string) => html(text).match(/<button[^>]*>(#\d+)<\/button>/g)?.length ?? 0
  expect(links('See #12, **#13** and (#14); | #15')).toBe(4)
  expect(links('| a |\n|---|\n| #3 |')).toBe(1)
  expect(links('[as said](#12)')).toBe(1)
  expect(links('`#12` a#12 &#12; ##12 #12a [#12](https://a.test/) https://a.test/#12')).toBe(0)
})

test('lists of things to do, tables and strikes are laid out, without controls', () => {
  const shown = html('- [x] a\n- [ ] b\n\n|a|b|\n|:-|-:|\n|1|~~2~~|')
  expect(shown).toMatch(/aria-label="done".*aria-label="to do"/s)
  expect(shown).toMatch(/<table>.*<del>2<\/del>/s)
  expect(shown).not.toContain('<input')
})

describe('what is made to be slow', () => {
  test.each([
    ['quotations in quotations', '>'],
    ['and spaced', '> '],
    ['lists in lists', '- '],
    ['numbered', '1. '],
    ['brackets', '['],
    ['closed brackets', 'a]'],
    ['links', '[a]('],
    ['stars', '***a'],
    ['tables', 'a|'],
    ['lines', 'a\n\n'],
  ])('%s of 64 kB is shown as it was written, and of 2 kB laid out or not, soon', (_, bomb) => {
    expect(isLayable(bomb.repeat(65_536 / bomb.length))).toBe(false)
    const small = bomb.repeat(2048 / bomb.length)
    const started = performance.now()
    if (isLayable(small)) html(small)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('what people write is laid out', () => {
    expect(isLayable('> > a\n- b\n  - c\n    - [x] d\n\n| a | b |\n|---|---|')).toBe(true)
    expect(isLayable('It is [this](https://a.test/).\n\n'.repeat(200))).toBe(true)
  })
})
