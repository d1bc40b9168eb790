/** mitmweb with the same exchanges, in the same Chromium: what to compare our own figures with. */
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Body, Exchange } from '../../../shared/exchange.ts'
import { freePorts } from '../../lab/ports.ts'
import { run, start } from '../../lab/processes.ts'
import { type Materials, manyOrders } from '../many-orders.ts'
import { toMarkdown } from '../table.ts'
import { heapOf, withBrowser, withPage } from './browser.ts'
import { frameHead, frameRow, framesOfScrolling } from './moving.ts'
import { probe, seen } from './probes.ts'

const version = (): string | null => {
  const { status, stdout } = spawnSync('mitmweb', ['--version'], { encoding: 'utf8' })
  return status === 0 ? (/[\d.]+/.exec(stdout)?.[0] ?? '') : null
}

export async function mitmweb(materials: Materials, count: number, folder: string): Promise<string> {
  const found = version()
  if (found === null) return 'mitmweb is not here (Debian: `apt-get install mitmproxy`): nothing to compare with.'
  const flows = await writeFlows([...manyOrders(materials, count)], folder)
  const [web, proxy] = await freePorts(2)
  const options = ['web_open_browser=false', `web_port=${web}`, `listen_port=${proxy}`, 'listen_host=127.0.0.1']
  const env = { HOME: folder, PYTHONUNBUFFERED: '1' }
  const mitm = start({ argv: ['mitmweb', '-r', flows, ...options.flatMap((one) => ['--set', one])], env })
  try {
    await mitm.line(/Web server listening/, 120_000)
    const url = `http://127.0.0.1:${web}/`
    await readWhole(`${url}flows`, count)
    return await measure(`mitmweb ${found}`, url)
  } finally {
    await mitm.stop()
  }
}

const measure = (name: string, url: string): Promise<string> =>
  withBrowser((browser) =>
    withPage(browser, async (page) => {
      await probe(page, { row: '.flow-table tbody td' })
      await page.goto(url, { waitUntil: 'commit' })
      const first = await seen(page, 'row')
      await page.waitForTimeout(5_000)
      const frames = await framesOfScrolling(page, '.flow-table')
      const heap = await heapOf(page)
      return [
        toMarkdown(['opening', 'first row', 'heap MiB'], [[name, first.toFixed(0), heap.toFixed(0)]]),
        toMarkdown(frameHead, [frameRow(name, frames)]),
      ].join('\n\n')
    }),
  )

/** It listens before it has read its file. */
async function readWhole(flows: string, count: number): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    const known: unknown = await (await fetch(flows)).json()
    if (Array.isArray(known) && known.length === count) return
    await sleep(1_000)
  }
  throw new Error(`mitmweb has not read ${count} flows`)
}

const PYTHON = fileURLToPath(new URL('write-flows.py', import.meta.url))

/** A file of flows, in mitmproxy's own format. */
async function writeFlows(exchanges: readonly Exchange[], folder: string): Promise<string> {
  const [from, to] = [join(folder, 'exchanges.json'), join(folder, 'flows')]
  await writeFile(from, JSON.stringify(exchanges.map(toPlain)))
  const { code, stderr } = await run({ argv: ['/usr/bin/python3', PYTHON, from, to] }, 120_000)
  if (code !== 0) throw new Error(`no flows could be written:\n${stderr}`)
  return to
}

const textOf = (body: Body | undefined): string => (body?.kind === 'text' ? body.text : '')

const toPlain = ({ startedAt, request, response }: Exchange) => ({
  at: Date.parse(startedAt) / 1000,
  method: request.method,
  url: request.url,
  sent: { headers: request.headers, text: textOf(request.body) },
  status: response?.status ?? 200,
  answered: { headers: response?.headers ?? [], text: textOf(response?.body) },
})
