/**
 * The page with a long recording, with a fast one, and when it is opened first; beside it mitmweb with the same traffic.
 * In the system's Chromium, against the built recorder. Compare ratios and counts, not times: the machine may be shared.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import { type Materials, makeMaterials } from './many-orders.ts'
import { withBrowser } from './page/browser.ts'
import { firstLoad } from './page/first-load.ts'
import { live } from './page/live.ts'
import { mitmweb } from './page/mitmweb.ts'
import { moving } from './page/moving.ts'
import { opening } from './page/opening.ts'
import { type Served, serveLong } from './page/served.ts'

/** Exchanges of the long recording. */
const COUNT = 10_000

export const page: Bench = {
  name: 'page',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'acmescope-bench-'))
    try {
      const materials = await makeMaterials()
      const ours = await withServed(materials, join(folder, 'recordings'), measureLong)
      const parts = [ours, await withBrowser((browser) => live(browser, folder))]
      parts.push(await mitmweb(materials, COUNT, folder))
      return [...parts, note()].join('\n\n')
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function withServed(materials: Materials, folder: string, measure: (served: Served) => Promise<string>) {
  const served = await serveLong(materials, COUNT, folder)
  return measure(served).finally(served.stop)
}

const measureLong = (served: Served): Promise<string> =>
  withBrowser(async (browser) =>
    [await firstLoad(browser, served), await opening(browser, served), await moving(browser, served)].join('\n\n'),
  )

const note = (): string =>
  `${COUNT.toLocaleString('en')} exchanges of renewals through Cloudflare, every request signed. Times in ms. Load of the machine at the end: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')}.`
