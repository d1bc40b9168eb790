// Nothing takes more than linear time: three times as much of anything takes three times as much work, counted, not timed.
import { describe, expect, it } from 'vitest'
import { everyCase, repeated } from '../../test/hostile/every-case.ts'
import { GIANTS } from '../../test/hostile/giants.ts'
import { createCounter } from '../../test/hostile/work.ts'
import type { Fact } from '../exchange.ts'

const counter = createCounter()
const { throughAll } = await import('../../test/hostile/pipeline.ts')
// The tables that are made of the rows when they are loaded are no work on the first recording.
counter.start()
counter.stop()

/** More than what is looked back at, at most (the last 200 steps or changes): before that, work grows with it. */
const SIZE = 220
/** Of what is added to the growth, for each item: a look at every item for every item is far beyond it. */
const TOLERATED = 100

type Work = ReadonlyMap<string, number>

/** What each stage of the pipeline did. */
async function workOn(facts: readonly Fact[]): Promise<Work> {
  const work = new Map<string, number>()
  await throughAll(facts, (stage, run) => {
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

/** Stages that do more for each item the more there are: by how much more, on the way from once and twice to thrice. */
async function growing(make: (times: number) => readonly Fact[], items: number): Promise<object> {
  const [once, twice, thrice] = [await workOn(make(1)), await workOn(make(2)), await workOn(make(3))]
  const excess = [...thrice].map(([stage, third]): readonly [string, number] => {
    const [first, second] = [once.get(stage) ?? 0, twice.get(stage) ?? 0]
    return [stage, Math.round((third - 2 * second + first) / items)]
  })
  return Object.fromEntries(excess.filter(([, one]) => one > TOLERATED))
}

describe('the work grows no faster than', () => {
  it.each(Object.entries(GIANTS))('%s', async (_, make) => {
    expect(await growing((times) => make(times * SIZE), SIZE)).toEqual({})
  })

  it('every finding, again and again', async () => {
    const facts = await everyCase()
    // Certificates that were read once are remembered.
    await workOn(facts)
    expect(await growing((times) => repeated(facts, times), facts.length)).toEqual({})
  }, 180_000)
})
