import { describe, expect, it } from 'vitest'
import { findingsOf, saidOf } from '../../../test/synthetic/judge.ts'
import { issued, issuedIn } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld, type World } from '../../../test/synthetic/world.ts'

const NO_RECORD = problem('unauthorized', 'No TXT record found at _acme-challenge.example.test')

const RETRYING = {
  'dns.not-propagated': async (world: World) => {
    await issued({ world, without: ['directory', 'register'], bend: { answer: { result: NO_RECORD } } })
  },
  'dns.gave-up-waiting': async (world: World) => {
    await issued({ world, without: ['directory', 'register'], until: 'writeTxt' })
    world.deleteTxt()
  },
  'order.finalized-before-ready': async (world: World) => {
    const order = world.order()
    world.fetchAuthorizations(order)
    await world.finalize(order, { answer: problem('orderNotReady', 'Order is not ready') })
  },
  'problem.other': async (world: World) => {
    world.order({ answer: problem('unauthorized', 'not today') })
  },
} as const

describe('a client that tries again and again', () => {
  it.each(Object.entries(RETRYING))('%s is told once, with how often and all its exchanges', async (id, once) => {
    const world = await startWorld()
    world.directory()
    world.register()
    for (let times = 0; times < 5; times++) {
      await once(world)
      world.wait(600_000)
    }
    const findings = await findingsOf(world.facts)
    expect(findings).toMatchObject([
      {
        id,
        severity: 'error',
        explanation: expect.stringMatching(/This happened 5 times between 12:00:\d\d and 12:4\d:\d\d UTC\.$/),
      },
    ])
    expect(findings[0]?.exchanges.length).toBeGreaterThanOrEqual(5)
  })

  it('is not taken for another client, for another name, or for what was put right', async () => {
    const result = NO_RECORD
    const { world } = await issued({ bend: { answer: { result } } })
    await issued({ world, without: ['directory', 'register'] })
    await issuedIn(world, { client: 'certbot', names: ['www.example.test'], bend: { answer: { result } } })
    await issuedIn(world, { client: 'caddy', names: ['www.example.test'], bend: { answer: { result } } })
    const id = 'dns.not-propagated'
    expect(await saidOf(world.facts)).toEqual([`error ${id}`, `error ${id}`, `info ${id}`])
  })

  it('is told of each answer that says something else', async () => {
    const world = await startWorld()
    world.directory()
    world.register()
    for (const words of ['one thing', 'another thing']) world.order({ answer: problem('unauthorized', words) })
    expect((await findingsOf(world.facts)).map(({ id }) => id)).toEqual(['problem.other', 'problem.other'])
  })
})

describe('a refusal whose request has another fault, too', () => {
  const WEIRD = problem('urn:example:weird', 'something else')

  it.each([
    ['a nonce that was refused before', 'info nonce.rejected-then-accepted', 1],
    ['nonces that were refused again and again before', 'info nonce.rejected-repeatedly', 5],
  ])('%s does not explain it', async (_, said, times) => {
    const world = await startWorld()
    world.directory()
    world.register()
    for (let at = 0; at < times; at++) world.order({ answer: problem('badNonce', 'bad') })
    world.order({ answer: WEIRD })
    expect(await saidOf(world.facts)).toEqual(['error problem.other', said])
  })

  it('its content type explains a malformed request, and nothing else', async () => {
    const typed = async (answer: typeof WEIRD) => {
      const { facts } = await issued({ bend: { order: { request: { type: 'application/json' }, answer } } })
      return saidOf(facts)
    }
    expect(await typed(problem('malformed', 'wrong type', { status: 415 }))).toEqual(['warning jws.content-type'])
    expect(await typed(WEIRD)).toEqual(['error problem.other', 'warning jws.content-type'])
  })
})
