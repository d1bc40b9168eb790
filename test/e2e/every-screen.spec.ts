/** Every screen, in both themes and both sizes: for who cannot see it or use a mouse, and for a small window. */
import { expect } from '@playwright/test'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')

const complete = '?recording=example-lego-dns-01'
const failed = '?recording=example-lego-txt-not-served'

interface Screen {
  readonly name: string
  readonly query: string
  /** What is there once it is drawn; a test id. */
  readonly shows: string
  /** A kind of object that is chosen in the list first. */
  readonly object?: string
}

const objects = (object: string): Screen => ({
  name: `objects: ${object}`,
  query: `${complete}&view=objects`,
  shows: 'object',
  object,
})

const screens: readonly Screen[] = [
  { name: 'start', query: '', shows: 'start' },
  { name: 'flow', query: complete, shows: 'step' },
  { name: 'flow with what went wrong', query: failed, shows: 'step' },
  { name: 'exchanges', query: `${complete}&view=exchanges`, shows: 'exchange-row' },
  { name: 'exchanges: a query with an error', query: `${complete}&view=exchanges&q=hots:a`, shows: 'exchange-row' },
  ...['directory', 'account', 'order', 'authorization', 'challenge', 'certificate'].map(objects),
  { name: 'nonces', query: `${complete}&view=objects&object=nonces`, shows: 'objects' },
  { name: 'findings', query: `${failed}&view=findings`, shows: 'finding' },
  { name: 'findings: none', query: `${complete}&view=findings`, shows: 'verdict' },
  { name: 'RFC 8555', query: `${failed}&view=rfc`, shows: 'rfc-overview' },
  { name: 'a section', query: `${failed}&view=rfc&section=7.5`, shows: 'rfc-section' },
  { name: 'notes', query: `${complete}&view=notes`, shows: 'notes' },
  { name: 'recordings', query: '?view=recordings', shows: 'recordings' },
  { name: 'set-up', query: '?view=setup', shows: 'live-check' },
  { name: 'a recording that is not there', query: '?recording=nowhere', shows: 'notice' },
]

const windows = [
  { scheme: 'dark', width: 1440, height: 900 },
  { scheme: 'light', width: 1024, height: 768 },
] as const

for (const { scheme, width, height } of windows)
  for (const { name, query, shows, object } of screens)
    test(`${name}, ${scheme}, ${width} × ${height}`, async ({ page, examples }) => {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme: scheme })
      await page.goto(examples + query)
      if (object !== undefined)
        await page.locator(`[data-testid="object-row"][data-kind="${object}"]`).first().getByRole('link').click()
      await page.getByTestId(shows).first().waitFor()
      await expectAccessible(page)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, 'pixels that the page is wider than the window').toBeLessThanOrEqual(0)
    })
