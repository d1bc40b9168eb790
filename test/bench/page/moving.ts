/** Scrolling the table and panning the diagram of a long recording: how evenly its frames come. */
import type { Browser, Page } from '@playwright/test'
import { toMarkdown } from '../table.ts'
import { percentile, withPage } from './browser.ts'
import { framesWhile, probe, seen } from './probes.ts'
import type { Served } from './served.ts'

const SECONDS = 4
const WHEEL_EVERY_MS = 16
/** Pixels of one turn of the wheel. */
const TURN = 120

export async function moving(browser: Browser, { ui, long }: Served): Promise<string> {
  const rows = [
    frameRow('flow, panned', await measure(browser, `${ui}${long}`, '.react-flow__pane')),
    frameRow('exchanges, scrolled', await measure(browser, `${ui}${long}&view=exchanges`, 'table')),
  ]
  return toMarkdown(frameHead, rows)
}

export const frameHead = ['moving', 'frames', '% under 20 ms (target 95)', '95th percentile', 'longest']

export function frameRow(name: string, frames: readonly number[]): readonly string[] {
  const quick = frames.filter((ms) => ms < 20).length
  return [
    name,
    String(frames.length),
    ((quick / frames.length) * 100).toFixed(1),
    percentile(frames, 95).toFixed(1),
    Math.max(...frames).toFixed(0),
  ]
}

const measure = (browser: Browser, url: string, target: string): Promise<readonly number[]> =>
  withPage(browser, async (page) => {
    await probe(page, { complete: '[data-testid="live-state"][data-state="ready"]' })
    await page.goto(url)
    await seen(page, 'complete')
    await page.waitForTimeout(2_000)
    return framesOfScrolling(page, target)
  })

/** Down, and some of the way up again. */
export async function framesOfScrolling(page: Page, target: string): Promise<readonly number[]> {
  await page
    .locator(target)
    .first()
    .hover({ position: { x: 300, y: 300 }, force: true })
  return framesWhile(page, async () => {
    const turns = Math.round((SECONDS * 1000) / WHEEL_EVERY_MS)
    for (let turn = 0; turn < turns; turn++) {
      const next = page.waitForTimeout(WHEEL_EVERY_MS)
      await page.mouse.wheel(0, turn % 4 === 3 ? -TURN : TURN)
      await next
    }
  })
}
