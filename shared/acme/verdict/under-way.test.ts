import { describe, expect, it } from 'vitest'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld } from '../../../test/synthetic/world.ts'
import { endedAt, type Fact } from '../../exchange.ts'
import { analyse, startAnalysis } from '../analyse.ts'
import { decodeAll } from '../decode.ts'
import { isUnderWay } from './under-way.ts'

/** Whether it is under way some seconds after the last of these. */
async function secondsAfter(seconds: number, facts: readonly Fact[]): Promise<boolean> {
  const last = facts.at(-1)
  const now = (last ? endedAt(last) : 0) + seconds * 1000
  return isUnderWay(analyse(startAnalysis(), await decodeAll(facts)), now)
}

describe('an order is under way', () => {
  it('at every step until its certificate was fetched, and not after', async () => {
    const { facts } = await issued()
    const begun = facts.findIndex((fact) => fact.kind === 'exchange' && fact.request.url.endsWith('/new-order'))
    const fetched = facts.findIndex((fact) => fact.kind === 'exchange' && fact.request.url.includes('/cert'))
    expect([begun > 0, fetched > begun]).toEqual([true, true])
    for (let count = begun + 1; count <= fetched; count++)
      expect(await secondsAfter(60, facts.slice(0, count))).toBe(true)
    expect(await secondsAfter(60, facts.slice(0, fetched + 1))).toBe(false)
  })

  it('not once it is invalid, and not when nobody came back to it', async () => {
    const { facts, world, order } = await issued({ until: 'answer' })
    expect(await secondsAfter(3_500, facts)).toBe(true)
    expect(await secondsAfter(3_700, facts)).toBe(false)
    world.answer(order, { result: problem('unauthorized', 'nothing there') })
    world.pollAuthorizations(order)
    expect(await secondsAfter(60, world.facts)).toBe(false)
  })
})

it('a client that has only just come may be about to order', async () => {
  const world = await startWorld()
  world.directory()
  expect(await secondsAfter(2, world.facts)).toBe(true)
  expect(await secondsAfter(6, world.facts)).toBe(false)
  expect(await secondsAfter(0, [])).toBe(false)
})
