/** Two clients at once through one recorder: what each does is told from what the other does. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runThrough, serve } from '../lab/acmescope.ts'
import { certbotWebroot } from '../lab/clients/certbot.ts'
import { legoWebroot } from '../lab/clients/lego.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import type { Outcome } from '../lab/processes.ts'
import { itFindsNothing, itIsCitedAndVerified } from './expectations.ts'
import { type Recorded, readLatest } from './recorded.ts'
import { recordedSteps } from './shown.ts'

const limit = 150_000

describe.skipIf(skipWithout('pebble', 'lego', 'certbot'))('certbot and lego at once', () => {
  const names = ['certbot.example.test', 'lego.example.test']
  let lab: Lab | undefined
  let outcomes: readonly Outcome[] = []
  let both: Recorded | undefined
  beforeAll(async () => {
    lab = await startLab({ web: 'files' })
    const recordings = join(lab.folder, 'recordings')
    const recorder = await serve(lab, recordings)
    const clients = [await certbotWebroot(lab, names.slice(0, 1)), await legoWebroot(lab, names.slice(1))]
    const running = clients.map((client) => runThrough(recorder, client))
    const timer = setTimeout(() => running.map((one) => one.stop()), limit)
    outcomes = await Promise.all(running.map(({ ended }) => ended)).finally(() => clearTimeout(timer))
    both = await readLatest(await recorder.process.stop(20_000), recordings)
  }, 400_000)
  afterAll(() => lab?.stop())
  const run = (): Recorded => {
    if (both === undefined) throw new Error('the clients did not run')
    return both
  }

  test('both end well', () => {
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0])
  })
  itIsCitedAndVerified(run)
  itFindsNothing(run)
  test('each has a lane, an account, an order and a certificate', () => {
    const { lanes, accounts, flows, certificates } = run().shown
    expect(lanes.flatMap(({ role, label }) => (role === 'client' ? label.split(' ')[0] : [])).toSorted()).toEqual([
      'certbot',
      'lego',
    ])
    expect(accounts).toHaveLength(2)
    expect(certificates.flatMap(({ sans }) => sans).toSorted()).toEqual(names)
    expect(flows.flatMap((flow) => flow.names).toSorted()).toEqual(names)
  })
  test('each flow holds the steps of its client only, and is whole', () => {
    const { flows, lanes } = run().shown
    for (const {
      client,
      exchanges,
      names: [name],
    } of flows) {
      const own = recordedSteps(run().shown).filter(({ exchange }) => exchanges.includes(exchange))
      expect(new Set(own.map(({ from }) => from))).toEqual(new Set([client]))
      expect(lanes.find(({ id }) => id === client)?.label.split(' ')[0]).toBe(name?.split('.')[0])
      expect(own.map(({ operation }) => operation)).toEqual(
        expect.arrayContaining([
          'directory',
          'newAccount',
          'newOrder',
          'authorization',
          'challenge',
          'finalize',
          'certificate',
        ]),
      )
    }
  })
})
