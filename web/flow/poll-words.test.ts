import { expect, test } from 'vitest'
import type { Step } from '../../shared/acme/model.ts'
import { analysisOf } from '../../test/synthetic/judge.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { type PollRowOf, pollRange, pollTicks, pollWords } from './poll-words.ts'

/** The same question at each of the times, in ms. */
async function pollOf(times: readonly number[]): Promise<PollRowOf> {
  const { steps } = await analysisOf((await issued()).facts)
  const asked = steps.find(({ operation }) => operation === 'authorization')
  if (!asked) throw new Error('the run asks for no authorization')
  const at = (ms: number): Step => ({ ...asked, time: new Date(ms).toISOString() })
  const [first = 0, second = 0, ...more] = times
  return {
    kind: 'poll',
    id: 'poll',
    y: 0,
    height: 46,
    steps: [at(first), at(second), ...more.map(at)],
    fromStatus: 'pending',
    toStatus: 'valid',
    durationMs: (times.at(-1) ?? 0) - first,
    open: false,
  }
}

test('says how often, for how long, and what came of it', async () => {
  expect(pollWords(await pollOf([0, 3000, 24_000]))).toBe('asked 3 times in 24 s: pending → valid')
  expect([pollRange(15, 18), pollRange(1501, 1504)]).toEqual(['15–18', '1501…'])
})

test('questions are dots on the arrow, as far apart as they were', async () => {
  const [first, second, third] = pollTicks(await pollOf([0, 2500, 10_000])).map(({ at }) => at)
  expect(first).toBeGreaterThan(0)
  expect(third).toBeLessThan(1)
  expect(((second ?? 0) - (first ?? 0)) * 4).toBeCloseTo((third ?? 0) - (first ?? 0))
})

test('so many of them that they would be a line are thinned out, the last one kept; at one moment they stand apart', async () => {
  const many = pollTicks(await pollOf(Array.from({ length: 500 }, (_, index) => index * 1000)))
  expect(many.length).toBeLessThan(30)
  expect(many.at(-1)?.at).toBeCloseTo(0.94)
  const atOnce = pollTicks(await pollOf([5, 5, 5])).map(({ at }) => at)
  expect(new Set(atOnce).size).toBe(3)
})
