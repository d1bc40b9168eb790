import { describe, expect, it } from 'vitest'
import { analysisOf, findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, type World } from '../../../test/synthetic/world.ts'
import { txtValue } from '../../dns/match.ts'
import type { DnsObservation, Fact } from '../../exchange.ts'
import { toShowJson } from '../show.ts'
import { toFlow } from './flow.ts'
import { infer } from './infer.ts'

/** The record that was written, its value, and a name server's word on it. */
async function written(world: World) {
  const [change] = (await analysisOf(world.facts)).dnsChanges
  if (!change) throw new Error('nothing was written')
  const value = txtValue(change.value ?? '')
  const says = (name: string | null, code: string, values: readonly string[] = []) => {
    const server = name === null ? null : { name, address: '192.0.2.53' }
    const detail: DnsObservation['detail'] = {
      name: change.name ?? '',
      writtenBy: change.exchange,
      zone: 'example.test',
      server,
      code,
      values,
      took: 3,
    }
    world.observe({ subject: 'dns', detail })
  }
  return { value, says, change }
}

const shownOf = async (facts: readonly Fact[]) =>
  infer(await analysisOf(facts)).map(({ operation, seen, summary }) => [operation, seen !== null, summary])

describe('a record that is watched', () => {
  it('is told of once for each server: when it served the value first, or that it did not', async () => {
    const { world } = await issued({ until: 'writeTxt' })
    const { value, says } = await written(world)
    says('ns1.example.test', 'NOERROR')
    says('ns2.example.test', 'NXDOMAIN')
    world.wait(4_000)
    says('ns1.example.test', 'NOERROR', ['older', value])
    says('ns1.example.test', 'NOERROR', [value])
    says('ns2.example.test', 'NOERROR', ['older'])
    says(null, 'NO_ADDRESS')
    const seen = (await shownOf(world.facts)).filter(([, isSeen]) => isSeen)
    expect(seen).toEqual([
      [
        'dns.propagation',
        true,
        expect.stringMatching(
          /^ns1\.example\.test serves the value of _acme-challenge\.example\.test 4\.\d s after it was written$/,
        ),
      ],
      [
        'dns.propagation',
        true,
        'ns2.example.test does not serve the value of _acme-challenge.example.test: other values, and no other answer came while it was asked',
      ],
      [
        'dns.propagation',
        true,
        'No server of example.test could be asked for _acme-challenge.example.test: NO_ADDRESS',
      ],
    ])
  })

  it('stands after what was done last before it, in place of what would be inferred, with a lane for the servers', async () => {
    const { world, order } = await issued({ until: 'writeTxt' })
    const { value, says, change } = await written(world)
    says('ns1.example.test', 'NOERROR', [value])
    world.wait(12_000)
    world.answer(order)
    const analysis = await analysisOf(world.facts)
    const propagation = infer(analysis).filter(({ operation }) => operation === 'dns.propagation')
    expect(propagation).toMatchObject([
      { after: change.exchange, from: 'dns:Cloudflare', to: 'dns:', challenge: change.matches[0]?.challenge },
    ])
    expect(toFlow(analysis, { open: new Set() }).lanes.map(({ id }) => id)).toContain('dns:')
    const shown = toShowJson({ id: 'r', name: 'r', startedAt: '', exchanges: 0 }, analysis, [])
    expect(shown.observed).toMatchObject([{ operation: 'dns.propagation', observation: propagation[0]?.seen }])
    expect(shown.steps.some(({ operation }) => operation === 'dns.propagation')).toBe(false)
  })

  it('gives the finding its proof', async () => {
    const { world, order } = await issued({ until: 'writeTxt' })
    const { says } = await written(world)
    says('ns1.example.test', 'NXDOMAIN')
    world.answer(order, { result: problem('unauthorized', 'No TXT record found at _acme-challenge.example.test') })
    world.pollAuthorizations(order)
    const found = (await findingsOf(world.facts)).find(({ id }) => id === 'dns.not-propagated')
    expect(found?.explanation).toContain(
      'acmescope asked the zone’s name servers itself: ns1.example.test does not serve the value',
    )
  })

  it('that nobody knows of is not drawn', async () => {
    const { world } = await issued({ until: 'writeTxt' })
    const { says } = await written(world)
    says('ns1.example.test', 'NXDOMAIN')
    const facts = world.facts.map((fact) =>
      fact.kind === 'observation' && fact.subject === 'dns'
        ? { ...fact, detail: { ...fact.detail, writtenBy: 'nobody' } }
        : fact,
    )
    expect((await shownOf(facts)).filter(([, isSeen]) => isSeen)).toEqual([])
  })
})

describe('TLS at the challenge port', () => {
  const hello = (sni: string | null) =>
    ({
      subject: 'validation',
      detail: { challenge: 'tls-alpn-01', sni, alpn: ['acme-tls/1'], bytes: { sent: 300, received: 900 } },
    }) as const

  it('is drawn from the CA to the client for each time it came, and then not inferred', async () => {
    const { world, order } = await issued({ challenge: 'tls-alpn-01', until: 'answer' })
    world.answer(order)
    for (let place = 0; place < 3; place++) world.observe(hello('EXAMPLE.test'))
    world.observe(hello('other.test'))
    world.observe(hello(null))
    world.pollAuthorizations(order)
    const looks = infer(await analysisOf(world.facts)).filter(({ operation }) => operation === 'validation.tls-alpn-01')
    expect(looks).toHaveLength(3)
    expect(looks[0]).toMatchObject({
      seen: expect.any(String),
      from: expect.stringMatching(/^ca:/),
      to: 'client',
      identifier: 'example.test',
      summary: expect.stringMatching(/connects to EXAMPLE\.test and offers acme-tls\/1$/),
    })
  })
})
