/** A CA that refuses good nonces, as it may (RFC 8555 §6.5): some of them, or all. */
import { describe, expect, test } from 'vitest'
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { certbotRegister } from '../lab/clients/certbot.ts'
import { legoDns } from '../lab/clients/lego.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFails, itFindsNothing, itIsCitedAndVerified } from './expectations.ts'
import { type Recorded, record } from './recorded.ts'
import { recordedSteps } from './shown.ts'

const refusedIn = ({ shown }: Recorded) =>
  recordedSteps(shown).filter(({ problem }) => problem?.type === 'urn:ietf:params:acme:error:badNonce')

describe.skipIf(skipWithout('pebble', 'lego', 'acme-tiny', 'curl'))('15 % of nonces refused', () => {
  // Between them they sign so often that without one refusal in all of it something is wrong (1 in 300,000).
  const names = Array.from({ length: 15 }, (_, index) => `n${index}.example.test`)
  const runs = record(
    {
      acmeTiny: (lab) => acmeTiny(lab, names),
      lego: (lab) => legoDns(lab, ['*.lego.example.test', 'lego.example.test']),
    },
    { web: 'files', pebble: { nonceReject: 15 } },
  )

  test('some were refused', () => {
    expect(refusedIn(runs.acmeTiny()).length + refusedIn(runs.lego()).length).toBeGreaterThan(0)
  })
  for (const [name, run] of Object.entries(runs)) {
    describe(`${name}, which tries again`, () => {
      test('gets its certificate', () => {
        expect(run().outcome, run().outcome.stderr).toMatchObject({ code: 0 })
        expect(run().shown.orders.map(({ status }) => status)).toEqual(['valid'])
        expect(run().shown.certificates.length).toBeGreaterThan(0)
      })
      itIsCitedAndVerified(run)
      itFindsNothing(run)
      test('each refusal is told, once, as what it is: normal', () => {
        // Chance may refuse four tries in a row, which is told as what it is, and is as little an error.
        const ids = ['nonce.rejected-then-accepted', 'nonce.rejected-repeatedly']
        const told = run().shown.findings.filter(({ id }) => ids.includes(id))
        const refused = refusedIn(run()).map(({ exchange }) => exchange)
        expect(
          told
            .flatMap(({ exchanges }) => exchanges)
            .filter((exchange) => refused.includes(exchange))
            .toSorted(),
        ).toEqual(refused.toSorted())
        expect(told.map(({ severity }) => severity)).toEqual(told.map(() => 'info'))
      })
      test('the refused nonces say so', () => {
        const rejected = run().shown.nonces.filter(({ outcome }) => outcome === 'rejected')
        expect(rejected).toHaveLength(refusedIn(run()).length)
      })
    })
  }
})

describe.skipIf(skipWithout('pebble', 'certbot'))('all nonces refused', () => {
  const { certbot } = record({ certbot: (lab) => certbotRegister(lab) }, { pebble: { nonceReject: 100 } })
  describe('certbot, which tries twice', () => {
    itFails(certbot, {
      code: 1,
      operations: ['directory', 'newNonce', 'newAccount', 'newNonce', 'newAccount'],
      causes: ['nonce.rejected-repeatedly'],
    })
  })
})
