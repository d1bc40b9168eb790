import { beforeAll, expect, test } from 'vitest'
import { type FlowRow, toFlow } from '../../shared/acme/flow/flow.ts'
import type { Analysis, Operation } from '../../shared/acme/model.ts'
import { analysisOf } from '../../test/synthetic/judge.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { beyond, curve, tiesOf } from './curves.ts'

let analysis: Analysis
let rows: readonly FlowRow[]
beforeAll(async () => {
  analysis = await analysisOf((await issued()).facts)
  rows = toFlow(analysis, { open: new Set() }).rows
})

const rowOfStep = (operation: Operation): FlowRow => {
  const row = rows.find((one) => one.kind === 'step' && one.step.operation === operation)
  if (!row) throw new Error(`no row of ${operation}`)
  return row
}
const everything = { top: 0, bottom: 1e6 }

test('all that ties two rows together is one tie, named by both', () => {
  const [from] = tiesOf(analysis, rows, rowOfStep('authorization'))
  expect(from).toMatchObject({ words: 'nonce + order', outward: false, other: rowOfStep('newOrder') })
})

test('no row is tied to itself, as a poll to a question it folds', () => {
  for (const row of rows) for (const { other } of tiesOf(analysis, rows, row)) expect(other).not.toBe(row)
})

test('what is not drawn ties nothing', () => {
  expect(tiesOf(analysis, [rowOfStep('newOrder')], rowOfStep('newOrder'))).toEqual([])
  expect(tiesOf(analysis, rows, null)).toEqual([])
})

test('a curve goes from row to row, ends at the edge beyond which one is, and is left out where both are', () => {
  const [above, below] = [rowOfStep('newOrder'), rowOfStep('finalize')]
  const ends = (path: string | null) =>
    path
      ?.match(/^M(\S+) (\S+) .* (\S+) (\S+)$/)
      ?.slice(1)
      .map(Number)
  expect(ends(curve(above, below, 200, everything))).toEqual([200, above.y + 25, 200, below.y + 25])
  const sight = { top: below.y, bottom: below.y + 100 }
  expect(beyond(above, sight)).toBe('top')
  expect(ends(curve(above, below, 200, sight))?.slice(1)).toEqual([sight.top, 200, below.y + 25])
  expect(ends(curve(below, above, 200, sight))?.slice(-1)).toEqual([sight.top])
  expect(curve(above, above, 200, { top: 1e5, bottom: 2e5 })).toBeNull()
})
