/** Orders the CA does not take, and requests for certificates it does not sign. */
import { describe, expect, test } from 'vitest'
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { legoDns } from '../lab/clients/lego.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFails } from './expectations.ts'
import { record } from './recorded.ts'
import { recordedSteps } from './shown.ts'

const problemsOf = (run: ReturnType<typeof record>[string]) =>
  recordedSteps(run().shown).flatMap(({ operation, problem }) => (problem === null ? [] : { operation, ...problem }))

describe.skipIf(skipWithout('pebble', 'lego', 'acme-tiny', 'curl'))('a name that the CA issues nothing for', () => {
  const runs = record(
    {
      lego: (lab) => legoDns(lab, ['blocked.example.test']),
      acmeTiny: (lab) => acmeTiny(lab, ['www.example.test', 'blocked.example.test']),
    },
    { pebble: { blocked: ['blocked.example.test'] } },
  )
  describe('asked for by lego', () => {
    itFails(runs.lego, {
      code: 1,
      operations: ['directory', 'newNonce', 'newAccount', 'newOrder'],
      causes: ['order.identifier-rejected'],
    })
  })
  describe('asked for by acme-tiny, among others', () => {
    itFails(runs.acmeTiny, {
      code: 1,
      isNonceEach: true,
      operations: ['directory', 'newAccount', 'account', 'newOrder'],
      causes: ['order.identifier-rejected'],
    })
    test('it is told by the problem, which no object follows', () => {
      expect(problemsOf(runs.acmeTiny)).toEqual([
        { operation: 'newOrder', type: 'urn:ietf:params:acme:error:rejectedIdentifier' },
      ])
      expect(runs.acmeTiny().shown.orders).toEqual([])
    })
  })
})

describe.skipIf(skipWithout('pebble', 'acme-tiny'))('one key for account and certificate', () => {
  const { acmeTiny: run } = record(
    { acmeTiny: (lab) => acmeTiny(lab, ['tiny.example.test'], { isOneKeyForBoth: true }) },
    { web: 'files' },
  )
  itFails(run, {
    code: 1,
    isNonceEach: true,
    operations: [
      'directory',
      'newAccount',
      'account',
      'newOrder',
      'authorization',
      'challenge',
      'authorization',
      'finalize',
    ],
    causes: ['order.csr-rejected'],
  })
})
