/** Opening a long recording: when the first rows are there and answer to a key, when all of it is, what it weighs. */
import type { Browser, Page } from '@playwright/test'
import { median, toMarkdown } from '../table.ts'
import { heapOf, withPage } from './browser.ts'
import { keyTimes, probe, seen } from './probes.ts'
import type { Served } from './served.ts'

const REPEATS = 3
const KEY_EVERY_MS = 50

interface Opened {
  readonly rows: number
  readonly interactive: number
  readonly complete: number
  /** The longest that a key waited while the rest arrived. */
  readonly worstKey: number
  readonly heap: number
}

export async function opening(browser: Browser, { ui, long, middle }: Served): Promise<string> {
  const places = [
    ['flow', `${ui}${long}`, '[data-testid="step"]'],
    ['exchanges', `${ui}${long}&view=exchanges`, '[data-testid="exchange-row"]'],
    ['link to a step in the middle', `${ui}${long}&step=${middle}`, `[data-exchange="${middle}"]`],
  ] as const
  const rows: (readonly string[])[] = []
  for (const [name, url, row] of places) rows.push(toRow(name, await repeated(browser, url, row)))
  return toMarkdown(head, rows)
}

const head = [
  'opening',
  'first rows',
  'a key has selected one (target 1,500)',
  'all is here',
  'longest wait of a key meanwhile',
  'heap MiB (target 120)',
]

async function repeated(browser: Browser, url: string, row: string): Promise<readonly Opened[]> {
  const all: Opened[] = []
  for (let turn = 0; turn < REPEATS; turn++) all.push(await withPage(browser, (page) => open(page, url, row)))
  return all
}

const toRow = (name: string, all: readonly Opened[]): readonly string[] => {
  const middle = (of: keyof Opened) => median(all.map((one) => one[of])).toFixed(0)
  return [name, middle('rows'), middle('interactive'), middle('complete'), middle('worstKey'), middle('heap')]
}

/** A step that the address names is selected before any key is. */
const SELECTED = '[data-testid="inspector"]'

async function open(page: Page, url: string, row: string): Promise<Opened> {
  await probe(page, { row, selected: SELECTED, complete: '[data-testid="live-state"][data-state="ready"]' })
  await page.goto(url, { waitUntil: 'commit' })
  const rows = await seen(page, 'row')
  const complete = seen(page, 'complete')
  let isComplete = false
  const ended = complete.finally(() => {
    isComplete = true
  })
  do {
    await page.keyboard.press('j')
    await page.waitForTimeout(KEY_EVERY_MS)
  } while (!isComplete)
  await ended
  const interactive = await seen(page, 'selected')
  return {
    rows,
    interactive: Math.max(rows, interactive),
    complete: await complete,
    worstKey: Math.max(...(await keyTimes(page))),
    heap: await heapOf(page),
  }
}
