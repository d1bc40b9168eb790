// The fold under damaged recordings: whole, in pieces, and with every exchange announced first it comes to the same.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyDamages, damaged } from '../../test/hostile/damage.ts'
import { makeWorlds } from '../../test/hostile/worlds.ts'
import type { Fact } from '../exchange.ts'
import { analyse, startAnalysis } from './analyse.ts'
import { decodeAll } from './decode.ts'
import type { Analysis, Decoded } from './model.ts'

const worlds = await makeWorlds()
const MOST = 60

/** Two recordings at the same time, numbered anew; `cut` is where the second begins. */
function mixed(one: readonly Fact[], other: readonly Fact[], cut: number): readonly Fact[] {
  const both = [...one.slice(0, cut)]
  for (let at = 0; at < Math.max(one.length - cut, other.length); at++)
    both.push(...one.slice(cut + at, cut + at + 1), ...other.slice(at, at + 1))
  return both.map((fact, index) => ({ ...fact, id: `mixed-${index}`, sequence: index + 1 }))
}

const fold = (batches: readonly (readonly Decoded[])[]): Analysis => batches.reduce(analyse, startAnalysis())

/** As a recorder tells of it: known when it begins, and again when it is over. */
const announced = (fact: Fact): Fact => {
  if (fact.kind !== 'exchange') return fact
  const { response: _, failure: __, ...begun } = fact
  return { ...begun, state: 'in progress' }
}

const idOf = (one: Decoded): string => (one.kind === 'exchange' ? one.head.id : one.id)
const isOver = (one: Decoded): boolean => one.kind !== 'exchange' || one.head.state !== 'in progress'

function inPieces(decoded: readonly Decoded[], sizes: readonly number[]): readonly (readonly Decoded[])[] {
  const pieces: (readonly Decoded[])[] = []
  for (let at = 0; at < decoded.length; ) {
    const size = sizes[pieces.length % sizes.length] ?? 1
    pieces.push(decoded.slice(at, at + size))
    at += size
  }
  return pieces
}

/** The difference is told only where there is one: two analyses are long to compare, and longer to print. */
const expectSame = (one: Analysis, other: Analysis): void => {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other)
}

it('comes to the same, however what is known is handed to it', async () => {
  const world = fc.nat(worlds.length - 1)
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(world, world, fc.nat(30), anyDamages(8), sizes, async (one, other, cut, damages, sizes) => {
      const [first, second] = [worlds[one]?.slice(0, MOST) ?? [], worlds[other]?.slice(0, MOST) ?? []]
      const facts = damaged(mixed(first, second, cut), damages)
      const decoded = await decodeAll(facts)
      const whole = fold([decoded])
      expectSame(fold(inPieces(decoded, sizes)), whole)
      const begun = new Map((await decodeAll(facts.map(announced))).map((one) => [idOf(one), one]))
      expectSame(fold(decoded.flatMap((one) => [[begun.get(idOf(one)) ?? one], [one]])), whole)
      expectSame(fold([decoded, decoded.filter(isOver)]), whole)
    }),
    { numRuns: 60 },
  )
})
