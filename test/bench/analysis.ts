/**
 * Decoding and folding: how fast, whether one more exchange costs the same in a long recording, and how much memory one
 * takes. Each measurement is a process of its own (`analysis-child.ts`), so that none inherits the heap of another.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Figures, Measurement } from './analysis-child.ts'
import type { Bench } from './bench.ts'
import { toMarkdown } from './table.ts'

const COUNT = 50_000

/** What one more exchange may cost at the end of a long recording, as a multiple of what it costs at the beginning. */
const TARGET = 1.3

export const analysis: Bench = {
  name: 'analysis',
  async run() {
    const speed = await measure('speed')
    const growth = await measure('growth')
    const memory = await measure('memory')
    return [speedTable(speed), growthTable(growth), memoryTable(memory), note].join('\n\n')
  },
}

const note = `${COUNT.toLocaleString('en')} exchanges of renewals through Cloudflare by two ES256 and two RS256 accounts, 15 to each order, every request signed. Without signature checks: no key is known, so only registrations are verified. One process for each table; the machine may be shared.`

async function measure<M extends Measurement>(measurement: M): Promise<Figures[M]> {
  const child = fork(fileURLToPath(new URL('analysis-child.ts', import.meta.url)), [measurement, String(COUNT)], {
    execArgv: [...process.execArgv, '--expose-gc', '--max-old-space-size=4096'],
  })
  const answered = once(child, 'message')
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`measuring ${measurement} ended with ${code}`)
  const [figures] = await answered
  return figures
}

const perSecond = (milliseconds: number): string => Math.round((COUNT / milliseconds) * 1000).toLocaleString('en')

function speedTable({ unchecked, checked, fold, judge }: Figures['speed']): string {
  const row = (name: string, decode: number) => [
    name,
    perSecond(decode),
    perSecond(fold),
    perSecond(decode + fold),
    ((decode + fold) / 1000).toFixed(1),
  ]
  const head = ['exchanges per second', 'decoded', 'folded', 'both', 'seconds in all']
  const rows = [row('without signature checks', unchecked), row('with signature checks', checked)]
  return `${toMarkdown(head, rows)}\n\nJudging the whole recording (all findings) then takes ${judge.toFixed(0)} ms.`
}

function growthTable({ windows, first, last }: Figures['growth']): string {
  const rows = windows.map(({ from, milliseconds }) => [
    `${(from + 1).toLocaleString('en')} to ${(from + 100).toLocaleString('en')}`,
    milliseconds.toFixed(2),
    (milliseconds / first).toFixed(2),
  ])
  const ratio = last / first
  const verdict = `The last 100 take ${ratio.toFixed(2)} times as long as the first 100 after the warm-up (target: at most ${TARGET})${ratio > TARGET ? ': **missed**' : ''}.`
  return `${toMarkdown(['folded one at a time', 'ms per 100', 'of the first'], rows)}\n\n${verdict}`
}

function memoryTable({ perExchange, total }: Figures['memory']): string {
  const row = (name: string, bytes: number) => [name, (bytes / 2 ** 20).toFixed(1)]
  return toMarkdown(
    ['memory, bodies let go of', 'MiB'],
    [row('for each 10,000 exchanges', perExchange * 10_000), row(`for ${COUNT.toLocaleString('en')}`, total)],
  )
}
