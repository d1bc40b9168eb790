/** What runs inside the page: notes what is drawn when, how long frames take, and how long keys wait. */
import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Name → ms from the navigation to the frame that first drew what its selector matches. */
    benchSeen: Record<string, number>
    /** Of each key: ms from the press to the end of the frame that drew what it did. */
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
    const { port1, port2 } = new MessageChannel()
    let pressed: number[] = []
    port1.onmessage = () => {
      for (const at of pressed) window.benchKeys.push(performance.now() - at)
      pressed = []
    }
    // A message that is sent in a frame arrives after it is drawn.
    const drawn = (at: number) => requestAnimationFrame(() => port2.postMessage(pressed.push(at)))
    window.addEventListener('keydown', ({ timeStamp }) => drawn(timeStamp), { capture: true })
  }, selectors)
}

/** Resolves with the time at which it was drawn. */
export async function seen(page: Page, name: string): Promise<number> {
  await page.waitForFunction((wanted) => wanted in window.benchSeen, name, { timeout: 120_000 })
  return page.evaluate((wanted) => window.benchSeen[wanted] ?? Number.NaN, name)
}

export const keyTimes = (page: Page): Promise<readonly number[]> => page.evaluate(() => window.benchKeys)

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
