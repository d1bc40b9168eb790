/** One spacing scale, one type scale, no colour of one's own: holds every style sheet of the page to base.css. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const web = fileURLToPath(new URL('..', import.meta.url))
const sheets = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))

const DECLARATION = /(?<![\w-])([\w-]+):\s*([^;{}]+);/g

/** Hairlines may be given in pixels, and what is relative to something else. */
const RAW_LENGTH = /(?<![\w.-])-?(?:[3-9]|\d{2,}|[12]?\.\d+|1\.\d+|2\.\d+)(?:px|rem|pt)/

const isSpacing = (name: string): boolean => /^(padding|margin)(-|$)|^(row-|column-)?gap$/.test(name)

/** Of a property's value: what of it is on no scale. */
function offScale(name: string, value: string): boolean {
  if (name === 'font-size') return !/^var\(--text-|^inherit$|%$|em$/.test(value)
  if (isSpacing(name)) return RAW_LENGTH.test(value)
  return false
}

test('every sheet was found', () => expect(sheets.length).toBeGreaterThan(6))

for (const sheet of sheets)
  test(`${sheet} keeps to the scales`, () => {
    const text = readFileSync(`${web}/${sheet}`, 'utf8')
    const off = [...text.matchAll(DECLARATION)]
      .filter(([, name = '', value = '']) => !name.startsWith('--') && offScale(name, value.trim()))
      .map(([whole]) => whole)
    expect(off).toEqual([])
  })

for (const sheet of sheets.filter((name) => name !== 'theme/base.css'))
  test(`${sheet} has no colours of its own`, () => {
    const text = readFileSync(`${web}/${sheet}`, 'utf8').replace(/\/\*.*?\*\//gs, '')
    const own = [...text.matchAll(DECLARATION)]
      .filter(
        ([, name = '', value = '']) => name !== 'box-shadow' && /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i.test(value),
      )
      .map(([whole]) => whole)
    expect(own).toEqual([])
  })
