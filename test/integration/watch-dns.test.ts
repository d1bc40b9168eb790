/** When what a client wrote in the DNS became visible, and where: `--watch-dns`, with two authoritative servers. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { legoDns } from '../lab/clients/lego.ts'
import { type DnsServer, startDnsServer } from '../lab/dns-server.ts'
import type { Lab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { type Recorded, record } from './recorded.ts'
import { observationsIn } from './shown.ts'

const INTERVAL = 0.2

/** Its own DNS finds the zone and is ns1; ns2 is this one. */
const watching =
  (second: () => DnsServer) =>
  (lab: Lab): Lab => {
    const leads = [
      ['ns1', lab.dns],
      ['ns2', second()],
    ] as const
    return {
      ...lab,
      acmescopeFlags: [
        ...lab.acmescopeFlags,
        `--watch-dns=${lab.dns.address}`,
        ...['--watch-dns-interval', String(INTERVAL)],
        ...leads.flatMap(([name, { port }]) => ['--connect-to', `${name}.example.test:53:127.0.0.1:${port}`]),
      ],
    }
  }

interface Seen {
  readonly name: string
  readonly server: string | null
  readonly code: string
  readonly isServed: boolean
  readonly writtenBy: string
}

async function seenIn({ recordings, shown }: Recorded): Promise<readonly Seen[]> {
  const wanted = new Set(
    shown.orders.flatMap(({ authorizations }) =>
      authorizations.flatMap(({ challenge }) => challenge?.expectedTxt ?? []),
    ),
  )
  return (await observationsIn(recordings)).map(({ detail }) => ({
    name: String(detail.name),
    server: (Object(detail.server) as { name?: string }).name ?? null,
    code: String(detail.code),
    isServed: (detail.values as string[]).some((value) => wanted.has(value)),
    writtenBy: String(detail.writtenBy),
  }))
}

describe.skipIf(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare'))(
  'certbot and Cloudflare, where the second name server comes to know of one name late, and never of the other',
  () => {
    let second: DnsServer | undefined
    beforeAll(async () => {
      second = await startDnsServer(['example.test'])
      second.behave(late, 'NXDOMAIN')
      second.behave(never, 'SERVFAIL')
    })
    const over = new AbortController()
    afterAll(async () => {
      over.abort()
      await second?.stop()
    })
    const names = ['late.example.test', 'never.example.test']
    const [late = '', never = ''] = names.map((name) => `_acme-challenge.${name}`)
    /** Once it has been asked for, the second has what the first has. */
    const comeToKnow = async (from: DnsServer, to: DnsServer) => {
      while (to.asked(late) === 0 && !over.signal.aborted) await sleep(10)
      for (const value of from.txt(late)) to.addTxt(late, value)
      to.behave(late, null)
    }
    const { certbot } = record({ certbot: (lab) => certbotCloudflare(lab, names) }, {}, (lab) => {
      if (second) void comeToKnow(lab.dns, second)
      return watching(() => second as DnsServer)(lab)
    })
    test('each server is told of with what it said, once for as long as it said so', async () => {
      expect(certbot().outcome, certbot().outcome.stderr).toMatchObject({ code: 0 })
      const seen = await seenIn(certbot())
      const of = (server: string) =>
        seen
          .filter((each) => each.server === `${server}.example.test`)
          .map(({ name, code, isServed }) => ({ name, code, isServed }))
          .toSorted((a, b) => a.name.localeCompare(b.name))
      expect(of('ns1')).toEqual([
        { name: late, code: 'NOERROR', isServed: true },
        { name: never, code: 'NOERROR', isServed: true },
      ])
      expect(of('ns2')).toEqual([
        { name: late, code: 'NXDOMAIN', isServed: false },
        { name: late, code: 'NOERROR', isServed: true },
        { name: never, code: 'SERVFAIL', isServed: false },
      ])
      expect(second?.asked(never)).toBeGreaterThan(1)
    })
    test('each belongs to the exchange that wrote the record', async () => {
      const created = certbot().shown.steps.filter(({ operation }) => operation === 'dns.createRecord')
      const writers = new Set((await seenIn(certbot())).map(({ writtenBy }) => writtenBy))
      expect([...writers].toSorted()).toEqual(created.map(({ exchange }) => exchange).toSorted())
    })
  },
)

describe.skipIf(skipWithout('pebble', 'lego', 'curl'))('lego and a hook, where the DNS gets something else', () => {
  let second: DnsServer | undefined
  beforeAll(async () => {
    second = await startDnsServer(['example.test'])
  })
  afterAll(() => second?.stop())
  const { lego } = record(
    { lego: (lab) => legoDns(lab, ['www.example.test']) },
    { cloudflare: { serveTxt: 'other' } },
    watching(() => second as DnsServer),
  )
  test('the issuance fails, and what was visible is told', async () => {
    expect(lego().outcome.code).not.toBe(0)
    const seen = await seenIn(lego())
    expect(seen.map(({ isServed, code }) => ({ isServed, code }))).toContainEqual({ isServed: false, code: 'NOERROR' })
    expect(seen.some(({ isServed }) => isServed)).toBe(false)
  })
})
