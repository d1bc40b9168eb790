import { beforeAll, expect, test } from 'vitest'
import example from '../../recordings/examples/traefik-letsencrypt-cloudflare.har?raw'
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import { decodeAll } from '../../shared/acme/decode.ts'
import { type FlowRow, toFlow } from '../../shared/acme/flow/flow.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { byCompletion } from '../../shared/exchange.ts'
import { readHar } from '../../shared/har/read.ts'
import { startTimes } from './gutter-times.ts'
import { rowOf, subjectOf } from './row-of.ts'

let analysis: Analysis
let rows: readonly FlowRow[]

beforeAll(async () => {
  const { facts } = readHar(example)
  analysis = analyse(startAnalysis(), await decodeAll([...facts].sort(byCompletion)))
  rows = toFlow(analysis, { open: new Set() }).rows
})

test('the gutter shows the time of day once, then what passed since', () => {
  const times = startTimes()(rows)
  const shown = rows.flatMap((row) => times.get(row.id) ?? [])
  expect(shown.slice(0, 3)).toEqual(['22:44:23', '+0.04 s', '+1.00 s'])
  expect(shown.filter((time) => !time.startsWith('+'))).toHaveLength(1)
})

test('the gutter of a diagram that grows, or is cut short, says the same as that of a whole one', () => {
  const timesOf = startTimes()
  const lengths = [...rows.keys(), rows.length, 20, rows.length]
  for (const length of lengths) {
    const some = rows.slice(0, length)
    const whole = startTimes()(some)
    const grown = timesOf(some)
    for (const { id } of some) expect(grown.get(id)).toBe(whole.get(id))
  }
})

test('a step inside a folded poll is found in the poll, and in its own row once that is open', () => {
  const poll = rows.find((row) => row.kind === 'poll')
  if (poll?.kind !== 'poll') throw new Error('the example polls')
  const inside = poll.steps[1].exchange
  expect(rowOf(rows, inside)?.id).toBe(poll.id)
  const opened = toFlow(analysis, { open: new Set([poll.id]) }).rows
  expect(rowOf(opened, inside)?.kind).toBe('step')
  expect(rowOf(rows, 'nothing by this name')).toBeNull()
})

test('every row that can be selected leads back to itself', () => {
  for (const row of rows) {
    const subject = subjectOf(row)
    if (subject !== null) expect(rowOf(rows, subject)?.id).toBe(row.id)
  }
})
