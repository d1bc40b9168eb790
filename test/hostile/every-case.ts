/** Every recording that triggers a finding, one after the other, as often as is wanted: all checks have to do with it. */
import type { Fact } from '../../shared/exchange.ts'
import { CASES } from '../synthetic/cases/all.ts'
import { PROTOCOL } from '../synthetic/cases/protocol.ts'

export async function everyCase(): Promise<readonly Fact[]> {
  const recordings = [
    ...CASES.map(
      ({ hit }) =>
        async () =>
          (await hit()).facts,
    ),
    ...Object.values(PROTOCOL),
  ]
  const facts: Fact[] = []
  for (const recording of recordings) facts.push(...(await recording()))
  return facts
}

/** Between the beginning of a recording and that of its repetition. */
const DAY = 86_400_000

/** The same again and again, a day later each time. */
export const repeated = (facts: readonly Fact[], times: number): readonly Fact[] =>
  Array.from({ length: times }, (_, time) => facts.map((fact) => later(fact, time)))
    .flat()
    .map((fact, index) => ({ ...fact, id: `repeated-${index}`, sequence: index + 1 }))

const later = (fact: Fact, time: number): Fact => ({
  ...fact,
  startedAt: new Date(Date.parse(fact.startedAt) + time * DAY).toISOString(),
})
