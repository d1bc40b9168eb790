/** What runs inside the page: notes what is drawn when, how long frames take, and how long keys wait. */
import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Name → ms from the navigation to the frame that first drew what its selector matches. */
    benchSeen: Record<string, number>
    /** Keys that were pressed. */
    benchPressed: number
    /** Of each key: ms from the press to the next paint, as the browser tells it; those under 16 ms are not told. */
    benchKeys: number[]
    /** Ms between frames, while there is a list. */
    benchFrames: number[] | null
  }
}

/** To be called before the page is opened. @param selectors name → what has to be in the page */
export async function probe(page: Page, selectors: Readonly<Record<string, string>>): Promise<void> {
  // tsx wraps every named function in a helper that the page has not.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named' })
  await page.addInitScript((wanted) => {
    window.benchSeen = {}
    window.benchPressed = 0
    window.benchKeys = []
    window.benchFrames = null
    let before = 0
    const frame = (now: number) => {
      window.benchFrames?.push(now - before)
      before = now
      for (const [name, selector] of Object.entries(wanted))
        if (!(name in window.benchSeen) && document.querySelector(selector)) window.benchSeen[name] = performance.now()
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    window.addEventListener('keydown', () => window.benchPressed++, { capture: true })
    new PerformanceObserver((told) => {
      const keys = told.getEntries().filter(({ name }) => name === 'keydown')
      window.benchKeys.push(...keys.map(({ duration }) => duration))
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  }, selectors)
}

/** Resolves with the time at which it was drawn. */
export async function seen(page: Page, name: string): Promise<number> {
  await page.waitForFunction((wanted) => wanted in window.benchSeen, name, { timeout: 120_000 })
  return page.evaluate((wanted) => window.benchSeen[wanted] ?? Number.NaN, name)
}

/** Of each key that was pressed. */
export async function keyTimes(page: Page): Promise<readonly number[]> {
  await page.waitForTimeout(1_000)
  return page.evaluate(() => {
    const quick = Math.max(0, window.benchPressed - window.benchKeys.length)
    return [...window.benchKeys, ...Array<number>(quick).fill(16)]
  })
}

/** Frame times while something is done. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    window.benchFrames = []
  })
  await act()
  return page.evaluate(() => {
    const frames = window.benchFrames ?? []
    window.benchFrames = null
    return frames.slice(1)
  })
}
