import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import type { World } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'

const found = async ({ facts }: Pick<World, 'facts'>): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter(({ id }) => id === 'state.illegal-transition')

/** An order whose status is shown as these, one after the other. */
async function shown(...statuses: readonly string[]): Promise<readonly Finding[]> {
  const { world, order } = await issued({ until: 'order' })
  for (const status of statuses) {
    world.pollOrder(order, { answer: { body: (usual: object) => ({ ...usual, status }) } })
  }
  return found(world)
}

describe('state.illegal-transition', () => {
  it('an order does not come back', async () => {
    expect(await shown('ready', 'processing', 'pending')).toMatchObject([
      {
        severity: 'warning',
        title: 'The order for example.test went from processing to pending',
        explanation: expect.stringMatching(
          /Step 6 \(order\) showed .* as processing at 12:00:\d\d, step 7 \(order\) as pending .* can only become valid, invalid or canceled\./,
        ),
        exchanges: ['synthetic-7', 'synthetic-6'],
        reference: { section: '7.1.6' },
      },
    ])
  })

  it('nor does an authorization, its challenge, or an account', async () => {
    const { world, order } = await issued()
    const [authorization] = order.authorizations
    if (!authorization) throw new Error('no authorization')
    authorization.status = 'pending'
    for (const challenge of authorization.challenges) challenge.status = 'pending'
    world.fetchAuthorization(authorization)
    world.deactivateAccount()
    world.account.status = 'valid'
    world.register({ existing: true })
    expect((await found(world)).map(({ title }) => title)).toEqual([
      'The authorization for example.test went from valid to pending',
      'The challenge for example.test went from valid to pending',
      'The account went from deactivated to valid',
    ])
  })

  it.each([
    [['ready', 'valid']],
    [['processing', 'valid', 'invalid']],
    [['invalid', 'invalid']],
    [['ready', 'on-hold', 'pending']],
  ])('%j: what is passed through unseen, or is not ours to know', async (statuses) =>
    expect(await shown(...statuses)).toEqual([]),
  )

  it('is not said of questions that were asked at the same time', async () => {
    const { world, order } = await issued({ until: 'order' })
    world.pollOrder(order, { answer: { body: (usual: object) => ({ ...usual, status: 'ready' }) }, took: 20 })
    world.wait(-30)
    world.pollOrder(order, { took: 500, after: 0 })
    expect(await found(world)).toEqual([])
  })

  it('is not said of a client that gives up what has ended', async () => {
    const { world, order } = await issued({ until: 'fetchAuthorizations' })
    const [authorization] = order.authorizations
    if (!authorization) throw new Error('no authorization')
    authorization.status = 'invalid'
    world.fetchAuthorization(authorization)
    world.deactivateAuthorization(authorization)
    expect(await found(world)).toEqual([])
  })
})
