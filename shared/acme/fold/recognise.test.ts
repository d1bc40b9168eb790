import { describe, expect, it } from 'vitest'
import { analysisOf, saidOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'

/** A whole run, as a recorder sees it that is started after the directory was read. */
async function midway(challenge: string, without = 1) {
  const { facts } = await issued({ challenge, names: ['example.test', '*.example.test'] })
  return facts.slice(without)
}

describe('a recording that begins after the directory was read', () => {
  it.each(['dns-01', 'http-01'])('%s: each step is still what it is', async (challenge) => {
    const facts = await midway(challenge)
    const [known, whole] = [await analysisOf(facts), await analysisOf((await issued({ challenge })).facts)]
    expect(new Set(known.steps.map(({ operation }) => operation))).toEqual(
      new Set(whole.steps.map(({ operation }) => operation).filter((operation) => operation !== 'directory')),
    )
    expect([...known.orders.values()].map(({ status }) => status)).toEqual(['valid'])
    expect(known.lanes.map(({ role }) => role)).toEqual(whole.lanes.map(({ role }) => role))
    const said = await saidOf(facts)
    expect(said.filter((one) => !one.startsWith('info'))).toEqual([])
    expect(said).toContain('info recording.starts-midway')
  })

  it('also where the account was made before', async () => {
    const { steps } = await analysisOf(await midway('dns-01', 4))
    expect(steps.filter(({ operation }) => operation === 'other')).toEqual([])
  })
})

describe('what is no ACME', () => {
  it.each([
    { authorizations: [], finalize: 'https://example.test/x' },
    { challenges: [], identifier: {} },
    { type: 'http-01', url: 'https://other.example.test/' },
    { orders: [] },
  ])('is not taken for it without a signature: %j', async (body) => {
    const { world } = await issued({ until: 'directory' })
    world.request({ method: 'POST', url: 'https://other.example.test/', body: {} }, { status: 201, body })
    expect((await analysisOf(world.facts)).steps.at(-1)).toMatchObject({ operation: 'other', to: 'other' })
  })
})
