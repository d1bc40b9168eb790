// A synthetic recording must be as good as a real one, or nothing that is tested with it means anything.
import { describe, expect, it } from 'vitest'
import { errors } from '../lab/cloudflare-json.ts'
import { AGENTS, type AgentName } from './agents.ts'
import { refusedByCloudflare } from './cloudflare.ts'
import { cutValues } from './cut.ts'
import { analysisOf, findingsOf, saidOf } from './judge.ts'
import { issued, issuedIn } from './scenarios.ts'
import { problem, startWorld } from './world.ts'

const NAMES = ['example.test', '*.example.test']

const worse = (said: readonly string[]): readonly string[] => said.filter((one) => !one.startsWith('info'))

describe('a good run', () => {
  it.each([
    ...(Object.keys(AGENTS) as AgentName[]).map((client) => ({ client, names: NAMES })),
    { challenge: 'http-01' },
    { challenge: 'tls-alpn-01', names: ['192.0.2.1', '2001:db8::1', 'example.test'] },
  ])('%j: all of it is known, verifies, and nothing is said of it', async (options) => {
    const { facts, order } = await issued(options)
    const analysis = await analysisOf(facts)
    expect(analysis.steps.map(({ operation }) => operation)).not.toContain('other')
    expect(new Set(analysis.steps.flatMap(({ decoded }) => decoded.jws?.signature.status ?? []))).toEqual(
      new Set(['valid']),
    )
    expect(analysis.orders.get(order.url)).toMatchObject({
      status: 'valid',
      csr: { names: options.names ?? ['example.test'] },
    })
    expect(analysis.certificates.get(order.certificate ?? '')).toMatchObject({ order: order.url, errors: [] })
    expect(worse(await saidOf(facts))).toEqual([])
  })

  it('writes the values that the challenges want, and takes them back', async () => {
    const { dnsChanges } = await analysisOf((await issued({ names: NAMES })).facts)
    expect(dnsChanges.map(({ action, matches }) => [action, matches.map((match) => match.matches)])).toEqual([
      ['create', [true]],
      ['create', [true]],
      ['delete', expect.anything()],
      ['delete', expect.anything()],
    ])
  })

  it('has a default chain and an alternate one, of one intermediate under two roots', async () => {
    const { world, order } = await issued()
    world.fetchCertificate(order, { alternate: 1 })
    const chains = [...(await analysisOf(world.facts)).certificates.values()]
    expect(chains.map(({ chain }) => chain.at(-1)?.issuer)).toEqual(['CN=Synthetic Root A', 'CN=Synthetic Root B'])
    expect(chains.map(({ alternates }) => alternates)).toEqual([[`${order.certificate}/1`], [order.certificate]])
  })

  it('keeps clients, accounts and orders apart in one world', async () => {
    const { world, order } = await issued({ client: 'traefik' })
    const other = await issuedIn(world, { client: 'certbot', names: ['other.example.test'], challenge: 'http-01' })
    const { orders } = await analysisOf(other.facts)
    expect([...orders.values()].map(({ url, account, status }) => [url, account, status])).toEqual([
      [order.url, world.account.url, 'valid'],
      [other.order.url, other.world.account.url, 'valid'],
    ])
    expect(other.world.account.url).not.toBe(world.account.url)
    expect(worse(await saidOf(other.facts))).toEqual([])
  })

  it('cut for publication: it is still the same run, and what was cut is not called wrong', async () => {
    const { facts } = await issued({ names: NAMES })
    const analysis = await analysisOf(cutValues(facts))
    expect(new Set(analysis.steps.flatMap(({ decoded }) => decoded.jws?.signature.status ?? []))).toEqual(
      new Set(['unverifiable']),
    )
    expect(worse(await saidOf(cutValues(facts)))).toEqual([])
  })
})

describe('the rest of a life', () => {
  it('every operation is known and every signature verifies, also after a key change', async () => {
    const world = await startWorld()
    world.directory()
    world.register({ eab: { kid: 'kid-1', secret: 'secret' } })
    world.updateAccount({ contact: ['mailto:admin@example.test'] })
    await world.changeKey()
    world.fetchAuthorization(world.newAuthz('example.test'))
    const run = await issued({ world, without: ['directory', 'register'] })
    world.listOrders([run.order])
    world.renewalInfo(run.order)
    world.revoke(run.order, { reason: 4 })
    world.revoke(run.order, { ownKey: true, answer: problem('alreadyRevoked', 'Certificate already revoked') })
    world.deactivateAccount()
    const { steps } = await analysisOf(world.facts)
    expect(steps.filter(({ operation }) => operation === 'other')).toEqual([])
    expect(new Set(steps.flatMap(({ decoded }) => decoded.jws?.signature.status ?? []))).toEqual(new Set(['valid']))
    expect(steps.find(({ operation }) => operation === 'keyChange')?.decoded.jws?.inner?.jws.signature.status).toBe(
      'valid',
    )
  })
})

describe('a bend', () => {
  it('is one other answer, after which the run ends as a client would end it', async () => {
    const { facts, order } = await issued({ bend: { finalize: problem('badCSR', 'CSR is not to our taste') } })
    const { steps } = await analysisOf(facts)
    expect(steps.at(-1)).toMatchObject({ operation: 'finalize', status: 400, problem: { acmeType: 'badCSR' } })
    expect(order).toMatchObject({ status: 'ready', certificate: null })
  })

  it('may be the proof that fails', async () => {
    const result = problem('unauthorized', 'Incorrect TXT record "wrong" found')
    const { facts } = await issued({ bend: { writeTxt: { value: 'wrong' }, answer: { result } } })
    const [first] = await findingsOf(facts)
    expect(first).toMatchObject({ id: 'dns.txt-mismatch', severity: 'error' })
  })

  it('may be at the DNS provider', async () => {
    const { facts } = await issued({ bend: { writeTxt: { answer: refusedByCloudflare(errors.invalidToken) } } })
    expect((await saidOf(facts))[0]).toBe('error dns-api.unauthorized')
  })

  it('may be no answer at all, or a connection that carried nothing', async () => {
    const failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'refused' } as const
    const world = await startWorld()
    world.directory({ failure })
    world.directory({ state: 'in progress' })
    world.connection()
    const { steps, connections } = await analysisOf(world.facts)
    expect(steps.map(({ status, decoded }) => [status, decoded.head.state])).toEqual([
      [null, 'complete'],
      [null, 'in progress'],
    ])
    expect(connections.map(({ outcome, host }) => [outcome, host])).toEqual([
      ['client-refused-certificate', 'ca.example.test'],
    ])
  })

  it('may damage what was signed', async () => {
    const world = await startWorld()
    world.directory()
    world.register()
    world.order({ jws: (signed) => ({ ...signed, payload: signed.payload.replace(/^..../, 'eyJ9') }) })
    world.order({ header: { url: 'https://elsewhere.test/' } })
    const { steps } = await analysisOf(world.facts)
    expect(steps.slice(-2).map(({ decoded }) => [decoded.jws?.signature.status, decoded.jws?.url])).toEqual([
      ['invalid', world.ca.urls.newOrder],
      ['valid', 'https://elsewhere.test/'],
    ])
  })
})
