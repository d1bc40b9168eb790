/** The very first visit: when the page is of use, and how much JavaScript it took until something was painted. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import { median, toMarkdown } from '../table.ts'
import { withPage } from './browser.ts'
import { probe, seen } from './probes.ts'
import type { Served } from './served.ts'

const REPEATS = 5
const ASSETS = fileURLToPath(new URL('../../../dist/web/assets', import.meta.url))

export async function firstLoad(browser: Browser, { ui, long }: Served): Promise<string> {
  const rows = [
    await measure(browser, 'starting page', ui, '[data-testid="start"]'),
    await measure(browser, 'the long recording', ui + long, '[data-testid="step"]'),
  ]
  const head = ['first load', 'of use after (target 1,000)', 'first paint', 'kB of JS before it, gzipped (target 350)']
  return toMarkdown(head, rows)
}

interface Visit {
  readonly useful: number
  readonly painted: number
  readonly scripts: readonly string[]
}

async function measure(browser: Browser, name: string, url: string, selector: string): Promise<readonly string[]> {
  const visits: Visit[] = []
  for (let turn = 0; turn < REPEATS; turn++) visits.push(await withPage(browser, (page) => visit(page, url, selector)))
  const sizes = await Promise.all((visits[0]?.scripts ?? []).map(gzipped))
  return [
    name,
    median(visits.map(({ useful }) => useful)).toFixed(0),
    median(visits.map(({ painted }) => painted)).toFixed(0),
    (sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(0),
  ]
}

async function visit(page: Page, url: string, selector: string): Promise<Visit> {
  await probe(page, { useful: selector })
  await page.goto(url)
  const useful = await seen(page, 'useful')
  const { painted, scripts } = await page.evaluate(() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN
    const before = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < painted)
    return { painted, scripts: before.map(({ name }) => name).filter((name) => name.endsWith('.js')) }
  })
  return { useful, painted, scripts }
}

async function gzipped(url: string): Promise<number> {
  return gzipSync(await readFile(join(ASSETS, basename(new URL(url).pathname)))).length
}
