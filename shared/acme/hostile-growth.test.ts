// Nothing takes more than linear time: three times as much of anything takes three times as much work, counted, not timed.
import { describe, expect, it } from 'vitest'
import { GIANTS } from '../../test/hostile/giants.ts'
import { createCounter } from '../../test/hostile/work.ts'

const counter = createCounter()
const { throughAll } = await import('../../test/hostile/pipeline.ts')

/** More than what is looked back at, at most (the last 200 steps or changes): before that, work grows with it. */
const SIZE = 220
/** Of what is added to the growth, for each item: a look at every item for every item is far beyond it. */
const TOLERATED = 100

/** What each stage of the pipeline did. */
async function workOn(name: string, size: number): Promise<ReadonlyMap<string, number>> {
  const work = new Map<string, number>()
  await throughAll(GIANTS[name]?.(size) ?? [], (stage, run) => {
    const stop = <T>(result: T): T => {
      work.set(stage, counter.stop())
      return result
    }
    counter.start()
    const result = run()
    return (result instanceof Promise ? result.then(stop) : stop(result)) as typeof result
  })
  return work
}

describe('the work grows no faster than', () => {
  it.each(Object.keys(GIANTS))('%s', async (name) => {
    const [once, twice, thrice] = [await workOn(name, SIZE), await workOn(name, 2 * SIZE), await workOn(name, 3 * SIZE)]
    const excess = [...thrice].map(([stage, third]) => {
      const [first, second] = [once.get(stage) ?? 0, twice.get(stage) ?? 0]
      return { stage, excess: Math.round((third - 2 * second + first) / SIZE) }
    })
    expect(excess.filter((one) => one.excess > TOLERATED)).toEqual([])
  })
})
