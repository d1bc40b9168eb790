import { describe, expect, it } from 'vitest'
import { cutValues } from '../../../test/synthetic/cut.ts'
import { analysisOf, findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { another, problem, startWorld, type World } from '../../../test/synthetic/world.ts'
import type { Exchange } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { check } from './index.ts'

const BAD = problem('badNonce', 'JWS has an invalid anti-replay nonce')

const found = async ({ facts }: Pick<World, 'facts'>, prefix: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter(({ id }) => id.startsWith(prefix))

async function registered(): Promise<World> {
  const world = await startWorld()
  world.directory()
  world.register()
  return world
}

/** Of a fact that was just made. */
const nonceGiven = ({ facts }: World): string => {
  const { response } = facts.at(-1) as Exchange
  return response?.headers.find(([name]) => name === 'Replay-Nonce')?.[1] ?? ''
}

describe('nonce.reused', () => {
  const id = 'nonce.reused'

  it('names the nonce, where it came from, and both requests', async () => {
    const world = await registered()
    const nonce = nonceGiven(world)
    world.order()
    world.order({ nonce, answer: BAD })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'error',
        title: `Step 5 (newOrder) spends the nonce ${nonce} again, after step 4 (newOrder)`,
        explanation: expect.stringMatching(
          /came with the answer to step 3 \(newAccount\).*answered 201.*answered 400 badNonce/,
        ),
        exchanges: ['synthetic-5', 'synthetic-4'],
      },
    ])
  })

  it('is the cause of the refusal that follows from it', async () => {
    const world = await registered()
    const nonce = nonceGiven(world)
    world.order()
    world.order({ nonce, answer: BAD })
    expect((await findingsOf(world.facts)).map((one) => [one.id, one.consequenceOf])).toContainEqual([
      'nonce.rejected-not-retried',
      id,
    ])
  })

  it.each([
    { failure: { stage: 'upstream-connect', code: 'ECONNRESET', message: 'reset' } },
    { answer: problem('serverInternal', 'down', { status: 503 }) },
    { answer: problem('malformed', 'not in this form', { status: 415 }) },
  ] as const)('is not said of a request that may never have been counted: %j', async (bend) => {
    const world = await registered()
    const nonce = nonceGiven(world)
    world.order({ nonce, ...bend })
    world.order({ nonce })
    expect(await found(world, id)).toEqual([])
  })

  it('is not said of placeholders', async () => {
    const facts = cutValues((await issued()).facts)
    const twice = JSON.stringify(facts).replaceAll('<nonce_3>', '<nonce_2>')
    expect(await found({ facts: JSON.parse(twice) }, id)).toEqual([])
  })
})

describe('nonce.unknown', () => {
  const id = 'nonce.unknown'

  it('is a remark about a nonce that no answer gave out', async () => {
    const world = await registered()
    world.order({ nonce: 'from-yesterday' })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'info',
        title: 'Step 4 (newOrder) spends a nonce that no answer here gave out',
        explanation: expect.stringContaining('“from-yesterday” (step 4, answered 201)'),
      },
    ])
  })

  it('is not said where the recording starts midway, nor of placeholders', async () => {
    const { facts } = await issued()
    expect(await found({ facts: facts.slice(4) }, id)).toEqual([])
    const world = await registered()
    world.order({ nonce: '<nonce_9>' })
    expect(await found(world, id)).toEqual([])
  })

  it('is not said where an answer seems to end after the request that spent its nonce', async () => {
    const world = await startWorld()
    world.directory()
    world.newNonce({ took: 900 })
    const facts = world.facts.map((fact) => fact)
    world.register()
    const coarse = world.facts.map((fact) => ({ ...fact, startedAt: facts[0]?.startedAt ?? '' }))
    expect(await found({ facts: coarse as World['facts'] }, id)).toEqual([])
  })
})

describe('nonce.rejected-then-accepted', () => {
  it('is one remark for all that went as it should', async () => {
    const world = await registered()
    world.order({ answer: BAD })
    const order = world.order()
    world.pollOrder(order, { answer: BAD })
    world.pollOrder(order, { answer: BAD })
    world.pollOrder(order)
    expect(await found(world, 'nonce')).toMatchObject([
      {
        id: 'nonce.rejected-then-accepted',
        severity: 'info',
        title: 'The CA refused the nonce of steps 4, 6 and 7, and accepted the next one',
      },
    ])
  })

  it('takes a CSR or an inner request that was made anew for the same request', async () => {
    const world = await registered()
    await world.changeKey({ answer: BAD })
    await world.changeKey()
    expect(await found(world, 'nonce')).toMatchObject([
      { id: 'nonce.rejected-then-accepted', exchanges: ['synthetic-4', 'synthetic-5'] },
    ])
  })

  it('does not take what another client asked for it', async () => {
    const world = await registered()
    world.order({ answer: BAD })
    const other = await another(world, { client: 'certbot' })
    other.register()
    other.order()
    expect((await found(world, 'nonce')).map(({ id }) => id)).toEqual(['nonce.rejected-not-retried'])
  })
})

describe('nonce.rejected-not-retried', () => {
  const id = 'nonce.rejected-not-retried'

  it('is an error where the run ended there', async () => {
    const { world } = await issued({ bend: { finalize: BAD } })
    expect(await found(world, 'nonce')).toMatchObject([
      {
        id,
        severity: 'error',
        title: 'The CA refused the nonce of step 12 (finalize), and lego 4.20.4 did not try again',
        explanation: expect.stringMatching(/brought a new nonce, .* to try again with\. The run ended there\./),
        exchanges: ['synthetic-12'],
      },
    ])
  })

  it('is a warning where the client went on with something else', async () => {
    const world = await registered()
    world.updateAccount({ contact: [] }, { answer: BAD })
    world.order()
    expect(await found(world, id)).toMatchObject([{ severity: 'warning' }])
  })

  it('is a remark where what it was for worked all the same', async () => {
    const { world, order } = await issued({ until: 'answer' })
    world.fetchAuthorizations(order, { answer: BAD })
    world.pollAuthorizations(order)
    await world.finalize(order)
    world.pollOrder(order)
    const said = await found(world, 'nonce')
    expect(said.filter(({ severity }) => severity !== 'info')).toEqual([])
    const run = await issued({ until: 'pollOrder' })
    run.world.updateAccount({ contact: [] }, { answer: BAD })
    run.world.pollOrder(run.order, { answer: BAD })
    run.world.fetchCertificate(run.order)
    expect((await found(run.world, id)).map(({ severity }) => severity)).toEqual(['warning', 'info'])
  })

  it('is an error where the order is valid, and nobody fetched the certificate', async () => {
    const { world } = await issued({ bend: { fetchCertificate: BAD } })
    expect(await found(world, id)).toMatchObject([{ severity: 'error' }])
  })

  it('is not said while more may come', async () => {
    const { world } = await issued({ bend: { finalize: BAD } })
    expect(check(await analysisOf(world.facts), false).map((one) => one.id)).not.toContain(id)
  })
})

describe('nonce.rejected-repeatedly', () => {
  const id = 'nonce.rejected-repeatedly'

  it('is the CA’s doing where each try took the nonce of the refusal', async () => {
    const world = await registered()
    for (let index = 0; index < 3; index++) world.order({ answer: BAD })
    expect(await found(world, 'nonce')).toMatchObject([
      {
        id,
        severity: 'error',
        title: 'The CA refused the nonces of steps 4, 5 and 6, one after the other',
        explanation: expect.stringContaining('the CA does not know its own nonces'),
        fix: expect.stringContaining('the same CA server'),
      },
    ])
  })

  it('is the CA’s doing, too, where each try fetched a nonce first', async () => {
    const world = await registered()
    for (let index = 0; index < 3; index++) {
      world.newNonce()
      world.order({ answer: BAD })
    }
    expect(await found(world, id)).toMatchObject([
      { severity: 'error', fix: expect.stringContaining('the same CA server') },
    ])
  })

  it('is the client’s doing where it takes others', async () => {
    const world = await registered()
    for (const nonce of ['old-1', 'old-2', 'old-3']) world.order({ nonce, answer: BAD })
    expect(await found(world, id)).toMatchObject([
      { severity: 'error', fix: expect.stringContaining('throw away the nonces it kept') },
    ])
  })

  it('is a remark where one was let through in the end', async () => {
    const world = await registered()
    for (let index = 0; index < 4; index++) world.order({ answer: BAD })
    world.order()
    expect(await found(world, 'nonce')).toMatchObject([{ id, severity: 'info' }])
  })
})
