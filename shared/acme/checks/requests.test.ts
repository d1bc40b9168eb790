import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld, type World } from '../../../test/synthetic/world.ts'
import type { Finding } from '../../finding.ts'

const found = async ({ facts }: Pick<World, 'facts'>, id: string): Promise<readonly Finding[]> =>
  (await findingsOf(facts)).filter((finding) => finding.id === id)

describe('request.not-post-as-get', () => {
  const id = 'request.not-post-as-get'
  const get = (url: string) => ({ method: 'GET', url, body: null })

  it('an order or a certificate is not for everybody', async () => {
    const { world, order } = await issued()
    world.request(get(order.url), { status: 405, body: null })
    world.request(get(order.certificate ?? ''), { status: 200, body: order.chains[0] })
    expect(await found(world, id)).toMatchObject([
      {
        severity: 'warning',
        title: expect.stringMatching(/^Steps \d+ and \d+ ask with GET/),
        explanation: expect.stringContaining(`GET ${order.url} was answered 405`),
        object: order.url,
        reference: { section: '6.3' },
      },
    ])
  })

  it('the directory, a nonce and renewal information are, and so is what is no resource', async () => {
    const { world, order } = await issued()
    world.renewalInfo(order)
    world.request(get(world.ca.urls.newNonce), { status: 204, body: null, headers: [['Replay-Nonce', 'abc']] })
    world.request(get('https://ca.example.test/terms'), { status: 200, body: {} })
    expect(await found(world, id)).toEqual([])
  })

  it('so is the certificate of an order that is renewed by itself, where that was agreed on', async () => {
    const renewal = {
      'auto-renewal': { 'end-date': '2027-01-01T00:00:00Z', lifetime: 604800, 'allow-certificate-get': true },
    }
    const { world, order } = await issued({
      bend: { order: { payload: (usual: object) => ({ ...usual, ...renewal }) } },
    })
    world.request(get(order.certificate ?? ''), { status: 200, body: order.chains[0] })
    expect(await found(world, id)).toEqual([])
  })
})

describe('jws.content-type', () => {
  const id = 'jws.content-type'
  const sent = async (type: string) => {
    const world = await startWorld()
    world.directory()
    world.register({ request: { type } })
    return found(world, id)
  }

  it('says what was sent', async () => {
    expect(await sent('application/json')).toMatchObject([
      {
        severity: 'warning',
        title: 'Step 3 (newAccount) is sent with “application/json”, not application/jose+json',
        exchanges: ['synthetic-3'],
      },
    ])
    expect(await sent('')).toMatchObject([{ title: expect.stringContaining('is sent with no content type') }])
  })

  it.each(['application/jose+json; charset=utf-8', 'Application/JOSE+json'])('%s is right', async (type) => {
    expect(await sent(type)).toEqual([])
  })
})

describe('request.no-user-agent', () => {
  const id = 'request.no-user-agent'

  it('lists who did not say who it is', async () => {
    const world = await startWorld({ client: null })
    world.directory()
    world.register()
    expect(await found(world, id)).toMatchObject([
      { severity: 'warning', title: 'Steps 1, 2 and 3 carry no User-Agent', reference: { section: '6.1' } },
    ])
  })

  it('a DNS provider may be asked without', async () => {
    const world = await startWorld()
    world.directory()
    world.request(
      { method: 'GET', url: 'https://api.cloudflare.com/client/v4/zones', body: null },
      { status: 200, body: {} },
      { request: { agent: null } },
    )
    expect(await found(world, id)).toEqual([])
  })

  it('a recording without any headers does not say', async () => {
    const world = await startWorld({ client: null })
    world.directory()
    const bare = world.facts.map((fact) =>
      fact.kind === 'exchange' ? { ...fact, request: { ...fact.request, headers: [] } } : fact,
    )
    expect(await found({ facts: bare }, id)).toEqual([])
  })
})

it('a refused request is not refused a second time here', async () => {
  const { world } = await issued({ bend: { register: problem('unauthorized', 'no') } })
  expect((await findingsOf(world.facts)).filter(({ id }) => id.startsWith('jws') || id.startsWith('request'))).toEqual(
    [],
  )
})
