// What looks odd and is right: a run that worked has no error and no warning, whatever it went through.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGENTS, type AgentName } from './agents.ts'
import type { SyntheticOrder } from './ca.ts'
import { findingsOf, saidOf } from './judge.ts'
import { type Issued, issued, issuedIn } from './scenarios.ts'
import { problem, startWorld, type World } from './world.ts'

const BAD = problem('badNonce', 'JWS has an invalid anti-replay nonce')

const complaints = async ({ facts }: Pick<World, 'facts'>): Promise<readonly string[]> =>
  (await saidOf(facts)).filter((said) => !said.startsWith('info'))

/** What may be in a good run, at each place where it may be. */
const ODDITIES = {
  'a probe for an account that is not there': async () => {
    const world = await startWorld()
    world.directory()
    world.register({ onlyReturnExisting: true, answer: problem('accountDoesNotExist', 'no account for this key') })
    return issued({ world, without: ['directory'] })
  },
  'an account that was there already': async () => {
    const world = await startWorld()
    world.directory()
    world.register({ existing: true })
    return issued({ world, without: ['directory', 'register'] })
  },
  'zones that are looked up by walking up the name, and an empty look at the records': async () => {
    const { world, order } = await issued({ names: ['a.b.example.test'], until: 'fetchAuthorizations' })
    for (const zone of ['_acme-challenge.a.b.example.test', 'a.b.example.test', 'b.example.test'])
      world.cloudflare.findZone(zone)
    world.cloudflare.listRecords('_acme-challenge.a.b.example.test')
    world.writeTxt(order)
    return finish(world, order)
  },
  'an order that the CA gives out again': async () => {
    const { world, order } = await issued({ until: 'fetchAuthorizations' })
    world.order({ again: order, answer: { status: 200 } })
    world.writeTxt(order)
    return finish(world, order)
  },
  'authorizations that are valid already, and no challenge': async () => {
    const { world, order } = await issued()
    const again = world.order({ authorizations: order.authorizations })
    world.fetchAuthorizations(again)
    await world.finalize(again)
    world.pollOrder(again)
    world.fetchCertificate(again)
    return { world, order: again, facts: world.facts }
  },
  'nonces that are never spent, and are spent last in first out': async () => {
    const world = await startWorld()
    world.directory()
    for (let index = 0; index < 3; index++) world.newNonce()
    return issued({ world, without: ['directory'] })
  },
  'authorizations that are fetched at the same time': async () => {
    const names = ['a.example.test', 'b.example.test', 'c.example.test']
    const { world, order } = await issued({ names, until: 'order' })
    for (let index = 0; index < 3; index++) world.newNonce()
    for (const authorization of order.authorizations) {
      world.fetchAuthorization(authorization, { took: 300, after: 5 })
      world.wait(-300)
    }
    world.wait(400)
    world.writeTxt(order)
    return finish(world, order)
  },
  'the random key in a directory': async () => {
    const key = { 'vWmOTs3R-sU': 'https://community.letsencrypt.org/t/adding-random-entries-to-the-directory/33417' }
    return issued({ ca: { directory: (usual) => ({ ...key, ...usual }) } })
  },
  'renewal information, asked for and not obeyed yet': async () => {
    const run = await issued()
    run.world.renewalInfo(run.order)
    return run
  },
  'a Retry-After of an answer that nobody asks after': () =>
    issued({ bend: { pollOrder: { answer: { headers: [['Retry-After', '3600']] } } } }),
  'a challenge that the CA looks at a second time': async () => {
    const { world, order } = await issued({ until: 'answer' })
    const challenge = world.challengeOf(order.authorizations[0] as SyntheticOrder['authorizations'][number])
    const { status } = challenge
    Object.assign(challenge, { status: 'processing', error: problem('dns', 'timeout').body })
    world.fetchAuthorizations(order)
    Object.assign(challenge, { status, error: null })
    world.pollAuthorizations(order, { times: 1 })
    return finish(world, order, false)
  },
  'a nonce that is refused once, at any stage': async () => {
    const world = await startWorld()
    world.directory()
    world.register({ answer: BAD })
    world.register()
    world.order({ answer: BAD })
    const order = world.order()
    world.fetchAuthorizations(order, { answer: BAD })
    world.fetchAuthorizations(order)
    world.writeTxt(order)
    world.answer(order, { answer: BAD })
    world.answer(order)
    world.pollAuthorizations(order)
    world.deleteTxt()
    await world.finalize(order, { answer: BAD })
    return finish(world, order, false)
  },
  'a key change, and signatures by the new key': async () => {
    const run = await issued()
    await run.world.changeKey()
    return issued({ world: run.world, without: ['directory', 'register'] })
  },
  'a revocation by either key, and a deactivation': async () => {
    const run = await issued()
    run.world.revoke(run.order, { reason: 1 })
    const again = await issued({ world: run.world, without: ['directory', 'register'] })
    again.world.revoke(again.order, { ownKey: true })
    again.world.deactivateAccount()
    return again
  },
  'a binding to an account elsewhere': async () => {
    const world = await startWorld()
    world.directory()
    world.register({ eab: { kid: 'kid-1', secret: 'secret' } })
    return issued({ world, without: ['directory', 'register'] })
  },
  'a name that is proven before it is ordered': async () => {
    const { world } = await issued({ until: 'register' })
    const authorization = world.newAuthz('example.test')
    const order = world.order({ authorizations: [authorization] })
    world.writeTxt(order)
    return finish(world, order)
  },
  'an order that is renewed by itself until it is canceled': async () => {
    const renewal = { 'auto-renewal': { 'end-date': '2027-01-01T00:00:00Z', lifetime: 604_800 } }
    const payload = (usual: object) => ({ ...usual, ...renewal })
    const run = await issued({ bend: { order: { payload } } })
    run.world.post(run.order.url, { status: 'canceled' }, {}, () => {
      run.order.status = 'canceled'
      return { status: 200, body: { ...renewal, status: 'canceled', identifiers: run.order.identifiers } }
    })
    return run
  },
} satisfies Readonly<Record<string, () => Promise<Issued>>>

/** From the records on to the certificate. */
async function finish(world: World, order: SyntheticOrder, isWritten = true): Promise<Issued> {
  if (isWritten) world.answer(order)
  world.pollAuthorizations(order)
  world.deleteTxt()
  await world.finalize(order)
  world.pollOrder(order)
  world.fetchCertificate(order)
  return { world, order, facts: world.facts }
}

describe('right, however odd', () => {
  it.each(Object.entries(ODDITIES))('%s', async (_name, run) => {
    const { facts, order } = await run()
    expect(['valid', 'canceled']).toContain(order.status)
    expect(await complaints({ facts })).toEqual([])
  })

  it('a value that another challenge for the same name was answered with is not even remarked upon', async () => {
    const world = await startWorld()
    world.directory()
    world.register()
    world.fetchAuthorization(world.newAuthz('example.test'))
    await issued({ world, without: ['directory', 'register'] })
    expect(await saidOf(world.facts)).toEqual([])
  })

  it('any of it after any other, by any client, in any world', async () => {
    const run = fc.record({
      client: fc.constantFrom(...(Object.keys(AGENTS) as AgentName[])),
      names: fc.uniqueArray(fc.constantFrom('example.test', '*.example.test', 'a.example.test', 'b.a.example.test'), {
        minLength: 1,
      }),
      alg: fc.constantFrom(undefined, 'RS256' as const, 'ES384' as const, 'Ed25519' as const),
      polls: fc.integer({ min: 1, max: 4 }),
      every: fc.integer({ min: 1000, max: 30_000 }),
      alternate: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 3 }), async (runs) => {
        const world = await startWorld()
        for (const [index, { client, names, alg, polls, every, alternate }] of runs.entries()) {
          const pollAuthorizations = { times: polls, after: every }
          // A new account for names that were ordered before would be one that was not kept.
          const own = names.map((name) => name.replace('example.test', `run${index}.example.test`))
          const options = { client, names: own, bend: { pollAuthorizations }, ...(alg && { alg }) }
          const made = await issuedIn(world, options)
          if (alternate) made.world.fetchCertificate(made.order, { alternate: 1 })
        }
        const found = await findingsOf(world.facts)
        expect(found.filter(({ severity }) => severity !== 'info').map(({ title }) => title)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})
