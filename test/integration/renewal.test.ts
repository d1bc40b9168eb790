/** A second certificate for the same names: in the same recording, and in a later one that shows the account's key no more. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runRecorded } from '../lab/acmescope.ts'
import { certbotRenewal, certbotWebroot } from '../lab/clients/certbot.ts'
import { uacmeAgain } from '../lab/clients/uacme.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itFindsNothing, itIsRead } from './expectations.ts'
import { type Recorded, readLatest, record } from './recorded.ts'
import { recordedSteps } from './shown.ts'

describe.skipIf(skipWithout('pebble', 'uacme') || skipWithoutNamespace(mountNamespace))(
  'uacme issues twice, and the CA takes the proof of the first order for the second',
  () => {
    const { uacme } = record(
      { uacme: (lab) => uacmeAgain(lab, 'again.example.test') },
      { web: 'files', pebble: { authorizationReuse: 100 } },
    )
    const asked = ['directory', 'newNonce', 'newAccount']
    const issued = ['finalize', 'order?', 'certificate']
    itIsRead(uacme, [
      ...[...asked, ...asked, 'newOrder', 'authorization', 'challenge', 'order', ...issued],
      ...[...asked, 'newOrder', ...issued],
    ])
    itFindsNothing(uacme)
    test('the second flow renews the first', () => {
      const [first, second] = uacme().shown.flows
      expect([first?.status, second?.status]).toEqual(['valid', 'valid'])
      expect(second?.renews).toEqual({ order: first?.order, because: 'same names' })
      expect(second?.certificate).not.toBe(first?.certificate)
    })
  },
)

describe.skipIf(skipWithout('pebble', 'certbot'))('certbot renews in a recording of its own', () => {
  let lab: Lab | undefined
  let renewal: Recorded | undefined
  beforeAll(async () => {
    lab = await startLab({ web: 'files' })
    const client = await certbotWebroot(lab, ['renewed.example.test'])
    const recordings = join(client.folder, 'recordings')
    await runRecorded(lab, client, recordings)
    renewal = await readLatest(await runRecorded(lab, certbotRenewal(lab, client), recordings), recordings)
  }, 400_000)
  afterAll(() => lab?.stop())
  const run = (): Recorded => {
    if (renewal === undefined) throw new Error('certbot did not run')
    return renewal
  }

  test('certbot ends well, and acmescope with it', () => {
    expect(run().outcome, run().outcome.stderr).toMatchObject({ code: 0 })
  })
  test('the account is named, and its key is nowhere in the recording', () => {
    const signed = recordedSteps(run().shown).flatMap(({ jws }) => jws ?? [])
    expect(signed.length).toBeGreaterThan(4)
    expect(signed.map(({ jwk }) => jwk)).toEqual(signed.map(() => undefined))
  })
  // With the key that the first recording showed.
  itIsRead(run, [
    ...['directory', 'newNonce', 'newOrder', 'authorization', 'challenge', 'authorization'],
    ...['finalize', 'order', 'certificate'],
  ])
  itFindsNothing(run)
})
