/** Exchanges that arrive fast while someone has the page open: whether a row is dropped, and how long keys wait. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { toMarkdown } from '../table.ts'
import { percentile, withPage } from './browser.ts'
import { framesWhile, keyTimes, probe, seen } from './probes.ts'

const PER_SECOND = 300
const SECONDS = 20
const KEY_EVERY_MS = 100

/** What the child is started with, and what it sends: the address of its page, then that all was written. */
export type FromChild = { readonly ui: string } | { readonly written: number }

export async function live(browser: Browser, folder: string): Promise<string> {
  const rows = [
    await measure(browser, 'flow', '', join(folder, 'live-flow')),
    await measure(browser, 'exchanges', '?view=exchanges', join(folder, 'live-exchanges')),
  ]
  return toMarkdown(head, rows)
}

const head = [
  `live, ${PER_SECOND}/s for ${SECONDS} s`,
  'sent',
  'shown',
  'keys',
  'waited, median',
  'waited, 95th percentile (target 100)',
  'waited longest',
  '% of frames under 50 ms',
]

async function measure(browser: Browser, name: string, query: string, folder: string): Promise<readonly string[]> {
  const child = fork(fileURLToPath(new URL('live-child.ts', import.meta.url)), [folder, String(PER_SECOND)], {
    execArgv: [...process.execArgv],
  })
  try {
    const { ui } = await answer(child)
    return await withPage(browser, (page) => watch(page, name, ui + query, child))
  } finally {
    child.kill()
  }
}

async function answer(child: ChildProcess) {
  const [message] = await once(child, 'message')
  return message
}

async function watch(page: Page, name: string, url: string, child: ChildProcess): Promise<readonly string[]> {
  const count = PER_SECOND * SECONDS
  await probe(page, { ready: '[data-testid="live-state"][data-state="live"]' })
  await page.goto(url)
  await seen(page, 'ready')
  const written = answer(child)
  child.send({ count })
  const frames = await framesWhile(page, () => pressUntil(page, written))
  const shown = await shownOf(page, count)
  const waits = await keyTimes(page)
  const calm = frames.filter((ms) => ms < 50).length
  return [
    name,
    String(count),
    String(shown),
    String(waits.length),
    percentile(waits, 50).toFixed(0),
    percentile(waits, 95).toFixed(0),
    Math.max(...waits).toFixed(0),
    ((calm / frames.length) * 100).toFixed(1),
  ]
}

/** Keys that move the selection, one after the other. */
async function pressUntil(page: Page, done: Promise<unknown>): Promise<void> {
  let isDone = false
  const ended = done.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await page.keyboard.press('j')
    await page.waitForTimeout(KEY_EVERY_MS)
  }
  await ended
}

/** The number beside the tab of the exchanges, once it stands still. */
async function shownOf(page: Page, count: number): Promise<number> {
  const text = () => page.getByTestId('view-exchanges').textContent()
  const numberIn = (label: string | null) => Number(label?.replace(/\D/g, ''))
  for (let turn = 0; turn < 20 && numberIn(await text()) !== count; turn++) await page.waitForTimeout(250)
  return numberIn(await text())
}
