import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, type World } from '../../../test/synthetic/world.ts'
import type { Headers } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'

const retryAfter = (value: string): { headers: Headers } => ({ headers: [['Retry-After', value]] })

const found = async ({ facts }: Pick<World, 'facts'>, id: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter((finding) => finding.id === id)

describe('poll.ignores-retry-after', () => {
  const id = 'poll.ignores-retry-after'

  it('an authorization is asked for too early', async () => {
    const { world, order } = await issued({ until: 'answer' })
    world.fetchAuthorizations(order, { answer: retryAfter('5') })
    world.fetchAuthorizations(order, { after: 1000, answer: retryAfter('5') })
    world.fetchAuthorizations(order, { after: 2000, answer: retryAfter('5') })
    world.fetchAuthorizations(order, { after: 5000 })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'info',
        title: 'Step 10 (authorization) asks again after 1 s, where the CA had asked for 5 s',
        explanation: expect.stringMatching(
          /Step 9 \(authorization\) was answered 200 at 12:00:\d\d with “Retry-After: 5”.*too early 1 more time/,
        ),
        exchanges: ['synthetic-10', 'synthetic-9', 'synthetic-11'],
        reference: { section: '7.5.1' },
      },
    ])
  })

  it('the answer to finalize says when to ask for the order', async () => {
    const { world, order } = await issued({ until: 'deleteTxt' })
    await world.finalize(order, { answer: retryAfter('3') })
    world.pollOrder(order, { after: 500 })
    expect(await found(world, id)).toMatchObject([{ object: order.url, reference: { section: '7.4' } }])
  })

  it('renewal information and a limit have theirs', async () => {
    const { world, order } = await issued()
    world.renewalInfo(order)
    world.renewalInfo(order, { after: 3_600_000 })
    const limited = problem('rateLimited', 'too many', retryAfter('60'))
    world.order({ answer: limited })
    world.order({ answer: limited, after: 1000 })
    expect(
      (await found(world, id)).map(({ title, reference }) => [title, `${reference.document} §${reference.section}`]),
    ).toEqual([
      [expect.stringContaining('asks again after 60 min, where the CA had asked for 6 h'), 'RFC 9773 §4.3'],
      [expect.stringContaining('asks again after 1 s, where the CA had asked for 60 s'), 'RFC 8555 §6.6'],
    ])
  })

  it('is not said of a client that waits, never asks again, or asks for what is finished', async () => {
    const { world, order } = await issued({ until: 'answer' })
    world.fetchAuthorizations(order, { answer: retryAfter('2') })
    world.pollAuthorizations(order, { after: 2000, answer: retryAfter('1') })
    await world.finalize(order)
    world.pollOrder(order, { answer: retryAfter('60') })
    world.pollOrder(order)
    world.renewalInfo(order)
    expect(await found(world, id)).toEqual([])
  })
})

describe('poll.too-fast', () => {
  const id = 'poll.too-fast'
  const polled = async (after: number) => {
    const { world, order } = await issued({ until: 'answer' })
    world.pollAuthorizations(order, { times: 6, after })
    return found(world, id)
  }

  it('is five questions within a second', async () => {
    expect(await polled(100)).toMatchObject([
      {
        severity: 'info',
        title: 'lego 4.20.4 asks for the same authorization 5 times in 0.84 s',
        explanation: expect.stringContaining('7 times in all'),
      },
    ])
  })

  it('is not five in more, nor as many for five objects', async () => {
    expect(await polled(300)).toEqual([])
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((label) => `${label}.example.test`)
    const { world, order } = await issued({ names, until: 'answer' })
    world.fetchAuthorizations(order, { after: 10, took: 10 })
    expect(await found(world, id)).toEqual([])
  })
})
