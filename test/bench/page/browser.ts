/** The system's Chromium, and what is asked of a page in it. */
import { type Browser, chromium, type Page } from '@playwright/test'
import config from '../../../playwright.config.ts'

export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(config.use?.launchOptions)
  return use(browser).finally(() => browser.close())
}

/** A window of its own, with nothing cached, for as long as it is used. */
export async function withPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  return use(await context.newPage()).finally(() => context.close())
}

/** MiB of JavaScript objects that something still holds. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 2 ** 20
}

/** The value below which so many of a hundred lie; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
