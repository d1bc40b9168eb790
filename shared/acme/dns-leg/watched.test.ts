import { describe, expect, test } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { type IssuedOptions, issued } from '../../../test/synthetic/scenarios.ts'
import { isSettled, recordsWritten } from './watched.ts'

const names = ['example.test', 'www.example.test']

async function course(options: IssuedOptions) {
  const { facts } = await issued({ names, ...options })
  const analysis = await analysisOf(facts)
  const written = recordsWritten(analysis, 0)
  return { analysis, written, settled: written.map((record) => isSettled(analysis, record)) }
}

describe('what was written for challenges', () => {
  test('is watched from its write on, where the CA will look, with the value it wants', async () => {
    const { analysis, written, settled } = await course({ until: 'writeTxt' })
    expect(written.map(({ name }) => name)).toEqual(names.map((name) => `_acme-challenge.${name}`))
    const wanted = [...analysis.challenges.values()].flatMap(({ proof }) => (proof?.kind === 'txt' ? proof.value : []))
    expect(written.map(({ value }) => value).toSorted()).toEqual(wanted.toSorted())
    expect(new Set(written.map(({ change }) => change.exchange)).size).toBe(2)
    expect(settled).toEqual([false, false])
  })

  test('only what is new is given, and deletions are not', async () => {
    const { analysis, written } = await course({ until: 'deleteTxt' })
    expect(recordsWritten(analysis, 1)).toEqual(written.slice(1))
    expect(recordsWritten(analysis, 2)).toEqual([])
  })

  test.each<[string, IssuedOptions]>([
    ['deleted', { until: 'deleteTxt' }],
    ['its order is valid', { without: ['deleteTxt'] }],
  ])('is settled when it is %s', async (_, options) => {
    const { settled } = await course(options)
    expect(settled).toEqual([true, true])
  })

  test('is open while the order is, though its authorization is valid', async () => {
    const { settled } = await course({ until: 'pollAuthorizations' })
    expect(settled).toEqual([false, false])
  })

  test('is nothing where the provider refused it', async () => {
    const { written } = await course({ bend: { writeTxt: { status: 403, body: '{"success":false}' } as never } })
    expect(written).toEqual([])
  })
})
