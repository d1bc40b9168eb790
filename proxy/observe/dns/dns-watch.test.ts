import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeAll } from '../../../shared/acme/decode.ts'
import type { Decoded } from '../../../shared/acme/model.ts'
import type { DnsObservation } from '../../../shared/exchange.ts'
import { type DnsServer, startDnsServer } from '../../../test/lab/dns-server.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { type DnsWatch, startDnsWatch } from './dns-watch.ts'

const NAME = '_acme-challenge.example.test'
const OTHER = '_acme-challenge.other.example.test'

let server: DnsServer
let watch: DnsWatch
let told: DnsObservation[] = []
let wake: () => void = () => undefined
beforeEach(async () => {
  server = await startDnsServer(['example.test'])
  told = []
  watch = startDnsWatch({
    resolvers: [{ address: '127.0.0.1', port: server.port }],
    connectTo: ['ns1', 'ns2'].map((name) => ({
      host: `${name}.example.test`,
      port: 53,
      toHost: '127.0.0.1',
      toPort: server.port,
    })),
    interval: 10,
    onObservation(observation) {
      told.push(observation)
      wake()
    },
  })
})
afterEach(async () => {
  watch.stop()
  await server.stop()
})

const until = async (isThere: () => boolean) => {
  while (!isThere())
    await new Promise<void>((resolve) => {
      wake = resolve
      setTimeout(resolve, 5)
    })
}

/** A run, decoded, up to its write and after it. */
async function run(names: readonly string[]): Promise<readonly [readonly Decoded[], readonly Decoded[]]> {
  const [written, whole] = await Promise.all([issued({ names, until: 'writeTxt' }), issued({ names })])
  const all = await decodeAll(whole.facts)
  return [all.slice(0, written.facts.length), all.slice(written.facts.length)]
}

const hear = (recording: string, all: readonly Decoded[]) => {
  for (const one of all) watch.heard(recording, one)
}

/** What is asked for OTHER, which stays open, tells that time has passed. */
async function passes(): Promise<void> {
  const before = server.asked(OTHER)
  await until(() => server.asked(OTHER) >= before + 6)
}

describe('records are watched', () => {
  test('from their write to the end of their order, and no longer', async () => {
    const [[before, after], [other]] = await Promise.all([run(['example.test']), run(['other.example.test'])])
    hear('one', before)
    hear('two', other)
    await until(() => told.length === 2)
    const [first] = told
    expect(first?.detail).toMatchObject({ name: expect.stringMatching(/^_acme/), zone: 'example.test', values: [] })
    hear('one', after)
    const asked = server.asked(NAME)
    expect(asked).toBeGreaterThan(0)
    await passes()
    // One question may have been under way.
    expect(server.asked(NAME)).toBeLessThanOrEqual(asked + 1)
    watch.forget('two')
    await passes()
    watch.stop()
    server.addTxt(OTHER, 'anything')
    hear('three', before)
    expect(told).toHaveLength(2)
  })

  test('by the exchange that wrote them, and are told as served with the value alone', async () => {
    const [before] = await run(['example.test'])
    hear('one', before)
    await until(() => told.length === 1)
    const writer = before.at(-1)
    expect(told[0]?.detail.writtenBy).toBe(writer?.kind === 'exchange' && writer.head.id)
    server.addTxt(NAME, 'other')
    await until(() => told.length === 2)
    expect(told[1]?.detail).toMatchObject({ code: 'NOERROR', values: ['other'] })
  })

  test('however many are written, two hundred at a time', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${index}.example.test`)
    const [before] = await run(names)
    for (let recording = 0; recording < 6; recording++) hear(String(recording), before)
    await until(() => told.length >= 200)
    await until(() => server.asked('_acme-challenge.n39.example.test') > 5)
    expect(told).toHaveLength(200)
  })
})
