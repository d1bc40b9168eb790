/** When what a client wrote in the DNS became visible, and where: `--watch-dns`, with two authoritative servers. */
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
  'certbot and Cloudflare, where the second name server never comes to know',
  () => {
    let second: DnsServer | undefined
    beforeAll(async () => {
      second = await startDnsServer(['example.test'])
      second.behave('_acme-challenge.www.example.test', 'NXDOMAIN')
      second.behave('_acme-challenge.mail.example.test', 'SERVFAIL')
    })
    afterAll(() => second?.stop())
    const names = ['www.example.test', 'mail.example.test']
    const { certbot } = record(
      { certbot: (lab) => certbotCloudflare(lab, names) },
      {},
      watching(() => second as DnsServer),
    )
    test('each server is told of once, with what it said, though it was asked until the order was over', async () => {
      expect(certbot().outcome, certbot().outcome.stderr).toMatchObject({ code: 0 })
      const seen = await seenIn(certbot())
      const first = (server: string) =>
        seen
          .filter((each) => each.server === `${server}.example.test`)
          .map(({ name, code, isServed }) => ({ name, code, isServed }))
          .toSorted((a, b) => a.name.localeCompare(b.name))
      expect(first('ns1')).toEqual([
        { name: '_acme-challenge.mail.example.test', code: 'NOERROR', isServed: true },
        { name: '_acme-challenge.www.example.test', code: 'NOERROR', isServed: true },
      ])
      expect(first('ns2')).toEqual([
        { name: '_acme-challenge.mail.example.test', code: 'SERVFAIL', isServed: false },
        { name: '_acme-challenge.www.example.test', code: 'NXDOMAIN', isServed: false },
      ])
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
