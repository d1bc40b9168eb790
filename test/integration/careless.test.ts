/** What no finished client does, done by one that certbot's own library makes, to a real CA. */
import { describe, expect, test } from 'vitest'
import { type Carelessness, careless } from '../lab/clients/careless.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFails, itFindsNothing, itIsRead } from './expectations.ts'
import { record } from './recorded.ts'
import { citedBy, recordedSteps } from './shown.ts'

const as = (what: Carelessness) => (lab: Parameters<typeof careless>[0]) => careless(lab, what)

describe.skipIf(skipWithout('pebble', 'certbot'))('a careless client', () => {
  const runs = record(
    {
      lists: as('lists_its_orders'),
      early: as('finalizes_early'),
      names: as('finalizes_for_other_names'),
      get: as('asks_by_get'),
      elsewhere: as('takes_its_account_elsewhere'),
    },
    { web: 'files' },
  )
  const ordered = ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization']

  describe('that lists its orders, and gives one up: nothing wrong with that', () => {
    itIsRead(runs.lists, [
      ...[...ordered, 'challenge', 'authorization', 'finalize', 'order', 'certificate', 'newOrder', 'authorization'],
      ...['account', 'ordersList', 'authorization'],
    ])
    itFindsNothing(runs.lists)
    test('the list and the giving up are cited where they are written', () => {
      expect(citedBy(runs.lists().shown, 'ordersList')[0]).toBe('RFC 8555 §7.1.2.1')
      expect(citedBy(runs.lists().shown, 'authorization', -1)).toContain('RFC 8555 §7.5.2')
    })
  })

  describe('that finalizes before anything is proven', () => {
    itFails(runs.early, { code: 1, operations: [...ordered, 'finalize'], causes: ['order.finalized-before-ready'] })
  })

  describe('that finalizes for more names than it ordered', () => {
    itFails(runs.names, {
      code: 1,
      operations: [...ordered, 'challenge', 'authorization', 'finalize'],
      causes: ['order.csr-differs'],
    })
  })

  describe('that asks for its order with GET', () => {
    itIsRead(runs.get, [...ordered, 'order'])
    test('is warned of it', () => {
      const asked = recordedSteps(runs.get().shown).at(-1)
      expect(asked).toMatchObject({ method: 'GET', status: 405 })
      expect(runs.get().shown.findings).toContainEqual(
        expect.objectContaining({ id: 'request.not-post-as-get', severity: 'warning', exchanges: [asked?.exchange] }),
      )
    })
  })

  describe('that takes the account it has at one CA to another', () => {
    itFails(runs.elsewhere, {
      code: 1,
      operations: ['directory', 'newNonce', 'newAccount', 'directory', 'newOrder'],
      causes: ['account.other-ca'],
    })
  })
})
