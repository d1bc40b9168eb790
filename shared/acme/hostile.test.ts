// Damaged recordings through everything that is made of them: nothing throws, and what comes out is inert.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDamages, damaged } from '../../test/hostile/damage.ts'
import { faultsOf } from '../../test/hostile/inert.ts'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { makeWorlds } from '../../test/hostile/worlds.ts'

const worlds = await makeWorlds()
const prototypes = [Object.prototype, Array.prototype, Function.prototype, Map.prototype, String.prototype]
const shapes = () => prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String))

describe('a damaged recording', () => {
  it('makes nothing throw, changes no prototype, and steers nothing that shows it', async () => {
    const before = shapes()
    const world = fc.nat(worlds.length - 1)
    await fc.assert(
      fc.asyncProperty(world, anyDamages(10), async (world, damages) => {
        const outcome = await throughAll(damaged(worlds[world]?.slice(0, 100) ?? [], damages))
        expect(faultsOf(outcome)).toEqual([])
        expect(shapes()).toEqual(before)
      }),
      { numRuns: 150 },
    )
  })
})
