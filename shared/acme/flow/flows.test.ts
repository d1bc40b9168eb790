import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued, issuedIn } from '../../../test/synthetic/scenarios.ts'
import { problem } from '../../../test/synthetic/world.ts'
import { toCertificateId } from '../ari.ts'
import { toFlow } from './flow.ts'
import { onlyFlow, toFlows } from './flows.ts'

describe('a recording of several clients', () => {
  it('has a lane for each, and a flow for each order, whose steps are its own', async () => {
    const { world, order } = await issued({ client: 'traefik' })
    const other = await issuedIn(world, { client: 'certbot', names: ['other.example.test'], challenge: 'http-01' })
    const analysis = await analysisOf(other.facts)
    expect(analysis.lanes.map(({ id, label }) => [id, label])).toEqual([
      ['client', 'Traefik 3.1.0'],
      ['client:certbot 2.11.0', 'certbot 2.11.0'],
      [expect.stringMatching(/^ca:/), expect.any(String)],
      ['dns:Cloudflare', 'Cloudflare'],
    ])
    const flows = toFlows(analysis)
    expect(flows.map(({ order, client, names, status }) => ({ order, client, names, status }))).toEqual([
      { order: order.url, client: 'client', names: ['example.test'], status: 'valid' },
      {
        order: other.order.url,
        client: 'client:certbot 2.11.0',
        names: ['other.example.test'],
        status: 'valid',
      },
    ])
    expect(flows.flatMap(({ exchanges }) => exchanges).sort()).toEqual(
      analysis.steps.map(({ exchange }) => exchange).sort(),
    )
    for (const flow of flows) {
      const { steps, lanes } = onlyFlow(analysis, flow)
      expect(new Set(steps.map(({ from }) => from))).toEqual(new Set([flow.client]))
      expect(lanes.filter(({ role }) => role === 'client').map(({ id }) => id)).toEqual([flow.client])
      expect(toFlow(onlyFlow(analysis, flow), { open: new Set() }).rows.length).toBeGreaterThan(steps.length / 2)
    }
  })

  it('gives the DNS steps to whom they serve, also when the two run at once', async () => {
    const first = await issued({ client: 'lego', until: 'fetchAuthorizations' })
    const second = await issuedIn(first.world, {
      client: 'certbot',
      names: ['b.example.test'],
      until: 'fetchAuthorizations',
    })
    first.world.writeTxt(first.order)
    second.world.writeTxt(second.order)
    first.world.deleteTxt()
    second.world.deleteTxt()
    const { steps } = await analysisOf(first.facts)
    const written = steps.filter(
      ({ operation }) => operation === 'dns.createRecord' || operation === 'dns.deleteRecord',
    )
    expect(written.map(({ from, order }) => [from, order])).toEqual(
      [first, second, first, second].map(({ order }, index) => [
        index % 2 ? 'client:certbot 2.11.0' : 'client',
        order.url,
      ]),
    )
  })

  it('tells two clients of one kind apart by their address', async () => {
    const { world } = await issued({ client: 'caddy', challenge: 'http-01' })
    const other = await issuedIn(world, { client: 'caddy', challenge: 'http-01', names: ['b.example.test'] })
    const facts = other.facts.map((fact) =>
      fact.client.port === world.facts[0]?.client.port ? fact : { ...fact, client: { address: '10.0.0.3', port: 1 } },
    )
    const { lanes } = await analysisOf(facts)
    expect(lanes.filter(({ role }) => role === 'client').map(({ label }) => label)).toEqual([
      'Caddy 2.8.4',
      'Caddy 2.8.4 (10.0.0.3)',
    ])
  })
})

describe('a renewal', () => {
  it('is tied to the certificate it says it replaces (RFC 9773 §5)', async () => {
    const { world, order } = await issued({ names: ['a.example.test'] })
    const leaf = [...(await analysisOf(world.facts)).certificates.values()][0]?.chain[0]
    const id = leaf && toCertificateId(leaf)
    const again = world.order({ names: ['a.example.test', 'b.example.test'], payload: { replaces: id } })
    const flows = toFlows(await analysisOf(world.facts))
    expect(flows.map(({ order, renews }) => [order, renews])).toEqual([
      [order.url, null],
      [again.url, { order: order.url, because: 'replaces' }],
    ])
  })

  it('or else to the last one for just the same names', async () => {
    const { world, order } = await issued({ names: ['a.example.test', 'b.example.test'] })
    const again = world.order({ names: ['b.example.test', 'a.example.test'] })
    const another = world.order({ names: ['a.example.test'] })
    const flows = toFlows(await analysisOf(world.facts))
    expect(flows.find((flow) => flow.order === again.url)?.renews).toEqual({ order: order.url, because: 'same names' })
    expect(flows.find((flow) => flow.order === another.url)?.renews).toBeNull()
  })
})

describe('what reads as a second time', () => {
  it('a request sent again after badNonce names the one it repeats', async () => {
    const { world } = await issued({ until: 'register' })
    const payload = { identifiers: [{ type: 'dns', value: 'example.test' }] }
    world.post(world.ca.urls.newOrder, payload, {}, () => problem('badNonce', 'JWS has an invalid anti-replay nonce'))
    world.order()
    world.order()
    const [refused, retry, next] = (await analysisOf(world.facts)).steps.slice(-3)
    expect([refused, retry, next].map((step) => step?.retryOf ?? null)).toEqual([null, refused?.exchange, null])
    expect(retry?.summary).toBe('Order example.test: pending (second try, after badNonce)')
  })

  it('an order the CA had already, and an authorization that was proven before', async () => {
    const { world, order } = await issued()
    const again = world.order({ authorizations: order.authorizations })
    world.fetchAuthorizations(again)
    world.order({ again })
    const { steps } = await analysisOf(world.facts)
    expect(steps.slice(-2).map(({ summary }) => summary)).toEqual([
      'Authorization for example.test: valid',
      'Order example.test: the order from before, ready',
    ])
  })
})
