import { describe, expect, it } from 'vitest'
import { cutValues } from '../../../test/synthetic/cut.ts'
import { findingsOf, saidOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld, type World } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'

const found = async ({ facts }: Pick<World, 'facts'>, id: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter((finding) => finding.id === id)

describe('recording.cut-values', () => {
  const id = 'recording.cut-values'

  it('says what was cut, and what cannot be said for want of it', async () => {
    const { facts } = await issued()
    expect(await found({ facts: cutValues(facts) }, id)).toMatchObject([
      {
        severity: 'info',
        title: 'Signatures, nonces and account keys were cut from this recording',
        explanation: expect.stringMatching(
          /signatures \(in 9 steps\), nonces \(in 10 steps\) and account keys \(in 1 step\)\. So nobody can say whether the requests are signed/,
        ),
      },
    ])
  })

  it('a value that is only wrong was not cut', async () => {
    const world = await startWorld()
    world.directory()
    world.register({ jws: (signed) => ({ ...signed, signature: '+/+/' }), answer: problem('malformed', 'no') })
    expect(await found(world, id)).toEqual([])
  })
})

describe('recording.starts-midway', () => {
  const id = 'recording.starts-midway'

  it('without the directory: what the requests are for is known from their answers, the key is not', async () => {
    const { facts, world } = await issued({ alg: 'RS256' })
    expect(await saidOf(facts.slice(3))).toEqual(['info recording.starts-midway'])
    expect(await found({ facts: facts.slice(3) }, id)).toMatchObject([
      {
        title: 'The recording begins after the directory of ca.example.test was read',
        explanation: expect.stringMatching(
          new RegExp(
            `Step 4 .newOrder. is the first request to ca.example.test.*The key of ${world.account.url} was not seen`,
          ),
        ),
      },
    ])
  })

  it('without the account: a client that renews has its account from before', async () => {
    const { world } = await issued({ without: ['register'], alg: 'RS256' })
    expect(await found(world, id)).toMatchObject([
      { title: `The recording begins after account ${world.account.url} was made`, reference: { section: '7.3' } },
    ])
  })

  it('is not said where the key could be recovered, or the account does not exist', async () => {
    expect(await found(await issued({ without: ['register'] }), id)).toEqual([])
    const world = await startWorld({ alg: 'RS256' })
    world.directory()
    world.order({ answer: problem('accountDoesNotExist', 'not found') })
    expect(await found(world, id)).toEqual([])
  })

  it('is not said of a whole run', async () => {
    expect(await saidOf((await issued()).facts)).toEqual([])
  })
})
