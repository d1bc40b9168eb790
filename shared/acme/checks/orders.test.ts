import { describe, expect, it } from 'vitest'
import { errors } from '../../../test/lab/cloudflare-json.ts'
import { refusedByCloudflare } from '../../../test/synthetic/cloudflare.ts'
import { analysisOf, findingsOf } from '../../../test/synthetic/judge.ts'
import { issued, issuedIn } from '../../../test/synthetic/scenarios.ts'
import { problem, type World } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'
import { check } from './index.ts'

const found = async ({ facts }: Pick<World, 'facts'>, id: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter((finding) => finding.id === id)

const NOT_READY = problem('orderNotReady', 'Order\'s status ("pending") is not acceptable for finalization')

describe('order.finalized-before-ready', () => {
  const id = 'order.finalized-before-ready'

  it('names what was not proven, as it was last seen', async () => {
    const { world, order } = await issued({ names: ['example.test', '*.example.test'], until: 'fetchAuthorizations' })
    await world.finalize(order, { answer: NOT_READY })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'error',
        title: 'Step 7 (finalize) finalizes an order before example.test and *.example.test are proven',
        explanation: expect.stringMatching(
          /example\.test \(pending\) and \*\.example\.test \(pending\).*403 orderNotReady/,
        ),
        object: order.url,
      },
    ])
  })

  it('is a remark where the order was finalized before, or became valid after all', async () => {
    const { world, order } = await issued({ until: 'finalize' })
    await world.finalize(order, { answer: NOT_READY })
    expect(await found(world, id)).toMatchObject([
      { severity: 'info', title: expect.stringContaining('had finalized already') },
    ])
    const early = await issued({ until: 'answer' })
    await early.world.finalize(early.order, { answer: NOT_READY })
    early.world.pollAuthorizations(early.order)
    await early.world.finalize(early.order)
    early.world.pollOrder(early.order)
    expect(await found(early.world, id)).toMatchObject([{ severity: 'info' }])
  })

  it('is not said of a client that finalizes without asking for the order again', async () => {
    expect(await found(await issued(), id)).toEqual([])
  })
})

describe('order.never-finished', () => {
  const id = 'order.never-finished'

  it('says how far it came', async () => {
    const { world, order } = await issued({ until: 'answer' })
    world.pollAuthorizations(order, { undecided: true })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'warning',
        title: 'The order for example.test was still pending when the recording ended',
        explanation: expect.stringMatching(
          /^Step 10 \(authorization\) at 12:00:0\d was the last to speak of it.*pending\. example\.test was not seen proven\.$/,
        ),
        object: order.url,
        consequenceOf: null,
      },
    ])
  })

  it.each([
    ['order', 'No challenge of it was answered'],
    ['pollAuthorizations', 'All of its names were proven, and no CSR was sent.'],
    ['finalize', 'had not issued yet'],
  ] as const)('after %s', async (until, words) => {
    expect(await found(await issued({ until }), id)).toMatchObject([{ explanation: expect.stringContaining(words) }])
  })

  it('follows from a client that does not trust us with its DNS provider', async () => {
    const { world } = await issued({ until: 'fetchAuthorizations' })
    world.connection({ host: 'api.cloudflare.com' })
    expect(await found(world, id)).toMatchObject([{ consequenceOf: 'trust.client-rejected-authority' }])
  })

  it('is not said of an order that ended, well or badly', async () => {
    const result = problem('unauthorized', 'Incorrect TXT record')
    for (const run of [await issued(), await issued({ bend: { answer: { result } } })])
      expect(await found(run, id)).toEqual([])
  })

  it('is not said where a refusal, a failure or a pre-check ended it: that has findings of its own', async () => {
    const failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'refused' } as const
    const checked = await issued({ until: 'writeTxt' })
    checked.world.deleteTxt()
    const runs = [
      await issued({ bend: { finalize: problem('badCSR', 'no') } }),
      await issued({ bend: { finalize: { failure } } }),
      await issued({ bend: { writeTxt: { answer: refusedByCloudflare(errors.invalidToken) } } }),
      await issued({ bend: { writeTxt: { failure } }, without: ['deleteTxt'] }),
      checked,
    ]
    for (const run of runs) expect(await found(run, id)).toEqual([])
  })

  it('is said where the client went away, or still waits, for of that nothing else tells', async () => {
    const failure = { stage: 'aborted', code: 'ABORTED', message: 'the client closed the connection' } as const
    for (const answer of [{ failure }, { state: 'in progress' }, { state: 'cut off' }] as const) {
      for (const without of [['deleteTxt'], []] as const)
        expect(await found(await issued({ bend: { answer }, without }), id)).toMatchObject([
          { title: expect.stringContaining('still pending') },
        ])
    }
  })

  it('is not said of one whose certificate was fetched, whatever its status is called', async () => {
    const body = (usual: object) => ({ ...usual, status: 'of-a-later-day' })
    expect(await found(await issued({ bend: { pollOrder: { answer: { body } } } }), id)).toEqual([])
  })

  it('is not said of one that a later order for the same names replaced', async () => {
    const { world } = await issued({ until: 'fetchAuthorizations' })
    await issued({ world, without: ['directory', 'register'] })
    expect(await found(world, id)).toEqual([])
    const other = await issuedIn(world, { client: 'certbot', names: ['other.example.test'], until: 'finalize' })
    expect(await found(other, id)).toMatchObject([{ title: expect.stringContaining('other.example.test') }])
  })

  it('is not said while more may come', async () => {
    const { facts } = await issued({ until: 'answer' })
    expect(check(await analysisOf(facts), false)).toEqual([])
  })
})
