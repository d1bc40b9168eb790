// Which operation an exchange is, and where that is written: classify, traits and the registry together, on a scripted
// world whose URLs say nothing.
import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { type IssuedOptions, issued } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld, type World } from '../../../test/synthetic/world.ts'
import { citationOf } from '../../reference.ts'
import type { Operation } from '../model.ts'

/** What every signed request exercises. */
const SIGNED = ['§6.2', '§6.4', '§6.5.2']
const PROBLEM = ['§6.7', 'RFC 7807 §3']

/** Operations of the last steps, and where each is written; RFC 8555 goes without its name. */
async function written({ facts }: Pick<World, 'facts'>, last = 1) {
  const { steps } = await analysisOf(facts)
  return steps.slice(-last).map(({ operation, references }) => ({
    operation,
    cites: references.map(citationOf).map((cite) => cite.replace(/^RFC 8555 /, '')),
  }))
}

const is = (operation: Operation, cites: readonly string[]) => ({ operation, cites })

const entered = async (options: Parameters<typeof startWorld>[0] = {}) => {
  const world = await startWorld(options)
  world.directory()
  world.newNonce()
  world.register()
  return world
}

const at = async (until: IssuedOptions['until'] & string, options: IssuedOptions = {}) => issued({ ...options, until })

describe('the directory', () => {
  const bare = (usual: Record<string, unknown>) => ({ ...usual, renewalInfo: undefined })

  it('is known by what it lists, and cites what the CA offers', async () => {
    const world = await startWorld({ ca: { directory: bare } })
    world.directory()
    expect(await written(world)).toEqual([is('directory', ['§7.1.1', '§9.7.6'])])
    const offering = await startWorld({
      ca: { directory: (usual) => ({ ...usual, meta: { profiles: {}, subdomainAuthAllowed: true } }) },
    })
    offering.directory()
    const [{ cites } = { cites: [] }] = await written(offering)
    expect(cites.slice(0, 2)).toEqual(['§7.1.1', '§9.7.6'])
    expect(cites.slice(2).toSorted()).toEqual(['ACME profiles (draft) §3', 'RFC 9444 §4.4', 'RFC 9773 §3'])
  })

  it('may be asked for by POST-as-GET', async () => {
    const world = await entered({ ca: { directory: bare } })
    world.postAsGet(world.ca.urls.directory, {}, () => ({ status: 200, body: world.ca.directory }))
    expect(await written(world)).toEqual([is('directory', ['§7.1.1', '§9.7.6', '§6.2', '§6.3', '§6.4', '§6.5.2'])])
  })

  it('is not what a signed request is answered with', async () => {
    const world = await entered()
    world.post('https://elsewhere.example.test/x', { a: 1 }, {}, () => ({ status: 200, body: world.ca.directory }))
    expect((await written(world))[0]?.operation).toBe('other')
  })
})

describe('what hangs from the directory', () => {
  it.each(['HEAD', 'GET'])('newNonce by %s', async (method) => {
    const world = await entered()
    world.request({ method, url: world.ca.urls.newNonce, body: null }, { status: 204, body: null })
    expect(await written(world)).toEqual([is('newNonce', ['§7.2', '§6.5.1'])])
  })

  it('newAccount: new, found, looked for, bound', async () => {
    const world = await entered()
    world.register()
    expect(await written(world)).toEqual([is('newAccount', ['§7.3', ...SIGNED])])
    world.register({ existing: true })
    expect(await written(world)).toEqual([is('newAccount', ['§7.3', '§7.3.1', ...SIGNED])])
    world.register({ onlyReturnExisting: true, answer: problem('accountDoesNotExist', 'none', { status: 400 }) })
    expect(await written(world)).toEqual([is('newAccount', ['§7.3', '§6.7', '§7.3.1', 'RFC 7807 §3', ...SIGNED])])
    world.register({ eab: { kid: 'k', secret: 'c2VjcmV0' } })
    expect(await written(world)).toEqual([is('newAccount', ['§7.3', '§7.3.4', ...SIGNED])])
  })

  it('the account, its orders page by page, and a new key', async () => {
    const world = await entered()
    world.updateAccount({ contact: [] })
    world.updateAccount({ termsOfServiceAgreed: true })
    world.deactivateAccount()
    expect(await written(world, 3)).toEqual([
      is('account', ['§7.3.2', '§7.1.2', ...SIGNED]),
      is('account', ['§7.3.2', '§7.1.2', '§7.3.3', ...SIGNED]),
      is('account', ['§7.3.2', '§7.1.2', '§7.3.6', ...SIGNED]),
    ])
    const next = 'https://ca.example.test/2f9c'
    world.listOrders([world.ca.makeOrder(['a.test'])], { answer: { headers: [['Link', `<${next}>;rel="next"`]] } })
    world.postAsGet(next, {}, () => ({ status: 200, body: { orders: ['https://ca.example.test/77'] } }))
    world.postAsGet('https://ca.example.test/77', {}, () => ({ status: 200, body: { status: 'invalid' } }))
    expect((await written(world, 3)).map(({ operation }) => operation)).toEqual(['ordersList', 'ordersList', 'order'])
    expect((await written(world, 2))[0]?.cites.slice(0, 2)).toEqual(['§7.1.2.1', '§6.3'])
    await world.changeKey()
    expect(await written(world)).toEqual([is('keyChange', ['§7.3.5', ...SIGNED])])
  })

  it('newAuthz', async () => {
    const world = await entered()
    world.newAuthz('example.test')
    expect(await written(world)).toEqual([is('newAuthz', ['§7.4.1', ...SIGNED])])
    world.newAuthz('example.test', {
      payload: { identifier: { type: 'dns', value: 'a.test' }, subdomainAuthAllowed: true },
    })
    expect((await written(world))[0]?.cites).toContain('RFC 9444 §4.2')
  })

  it.each([
    [{}, []],
    [{ replaces: 'a.b' }, ['RFC 9773 §5']],
    [{ profile: 'classic' }, ['ACME profiles (draft) §4']],
    [{ 'auto-renewal': {} }, ['RFC 8739 §3.1.1']],
    [{ delegation: 'https://x.test' }, ['RFC 9115 §2.3.1.3']],
    [{ identifiers: [{ type: 'ip', value: '192.0.2.1' }] }, ['RFC 8738 §3']],
    [{ identifiers: [{ type: 'email', value: 'a@example.test' }] }, ['RFC 8823 §3']],
    [{ identifiers: [{ type: 'passport', value: 'x' }] }, []],
  ])('newOrder with %j', async (more, further) => {
    const world = await entered()
    world.order({ payload: (usual: object) => ({ ...usual, ...more }) })
    expect(await written(world)).toEqual([is('newOrder', ['§7.4', '§7.1.3', ...further, ...SIGNED])])
  })
})

describe('an order', () => {
  it('is asked for, finalized, fetched, and its renewal stopped', async () => {
    const { world, order } = await issued()
    const steps = await written(world, 3)
    expect(steps).toEqual([
      is('finalize', ['§7.4', 'RFC 2986 §4', ...SIGNED]),
      is('order', ['§7.1.3', '§7.1.6', '§7.4', '§6.2', '§6.3', '§6.4', '§6.5.2']),
      is('certificate', ['§7.4.2', '§9.1', '§6.2', '§6.3', '§6.4', '§6.5.2']),
    ])
    world.fetchCertificate(order, { alternate: 1 })
    expect((await written(world))[0]).toMatchObject({ operation: 'certificate' })
    world.post(order.url, { status: 'canceled' }, {}, () => ({ status: 200, body: { status: 'canceled' } }))
    expect((await written(world))[0]?.cites.slice(0, 4)).toEqual(['§7.1.3', '§7.1.6', '§7.4', 'RFC 8739 §3.1.2'])
  })

  it('leads to a certificate that its CA renews, which anybody may fetch', async () => {
    const { world, order } = await at('pollOrder')
    order.certificate = null
    order.more = { 'star-certificate': 'https://ca.example.test/5' }
    world.pollOrder(order)
    const headers = [['Cert-Not-Before', '"x"']] as const
    world.request(
      { method: 'GET', url: 'https://ca.example.test/5', body: null },
      { status: 200, body: order.chains[0], headers },
    )
    expect(await written(world)).toEqual([is('certificate', ['§7.4.2', '§9.1', '§6.3', 'RFC 8739 §3.3'])])
  })

  it('is asked for by a plain GET, which is where that is written', async () => {
    const { world, order } = await at('fetchAuthorizations')
    const [authorization] = order.authorizations
    for (const url of [order.url, authorization?.url ?? '', authorization?.challenges[0]?.url ?? ''])
      world.request({ method: 'GET', url, body: null }, { status: 405, body: null })
    expect((await written(world, 3)).map(({ operation, cites }) => [operation, cites.at(-1)])).toEqual([
      ['order', '§6.3'],
      ['authorization', '§6.3'],
      ['challenge', '§6.3'],
    ])
  })
})

describe('an authorization', () => {
  it('is fetched, polled and given up', async () => {
    const { world, order } = await at('pollAuthorizations')
    const [authorization] = order.authorizations
    if (!authorization) throw new Error('no authorization')
    expect(await written(world)).toEqual([
      is('authorization', ['§7.5', '§7.1.4', '§7.5.1', '§7.1.6', '§6.2', '§6.3', '§6.4', '§6.5.2']),
    ])
    world.deactivateAuthorization(authorization)
    expect((await written(world))[0]?.cites).toContain('§7.5.2')
    const first = await at('fetchAuthorizations')
    expect(await written(first.world)).toEqual([
      is('authorization', ['§7.5', '§7.1.4', '§6.2', '§6.3', '§6.4', '§6.5.2']),
    ])
  })

  it.each([
    ['http-01', '§8.3'],
    ['dns-01', '§8.4'],
    ['tls-alpn-01', 'RFC 8737 §3'],
    ['dns-account-01', 'dns-account-01 (draft) §3.2'],
    ['dns-persist-01', 'dns-persist-01 (draft) §4'],
    ['onion-csr-01', 'RFC 9799 §3.2'],
    ['email-reply-00', 'RFC 8823 §3'],
    ['tkauth-01', 'RFC 9447 §3'],
    ['device-attest-01', 'device-attest-01 (draft) §5'],
    ['bp-nodeid-00', 'RFC 9891 §3.1'],
  ])('offers %s, whose answer is written in %s', async (challenge, cite) => {
    const { world } = await at('answer', { challenge, ca: { challenges: [challenge] } })
    const token = challenge === 'dns-persist-01' ? [] : ['§8.1']
    expect(await written(world)).toEqual([is('challenge', ['§7.5.1', cite, ...token, ...SIGNED])])
  })

  it('may offer what nobody has written down', async () => {
    const challenge = 'carrier-pigeon-01'
    const { world } = await at('answer', { challenge, ca: { challenges: [challenge] } })
    expect(await written(world)).toEqual([is('challenge', ['§7.5.1', '§8.1', ...SIGNED])])
  })
})

describe('afterwards', () => {
  it('a certificate is revoked, with or without a reason', async () => {
    const { world, order } = await issued()
    world.revoke(order)
    world.revoke(order, { reason: 1, ownKey: true })
    expect(await written(world, 2)).toEqual([
      is('revokeCert', ['§7.6', ...SIGNED]),
      is('revokeCert', ['§7.6', 'RFC 5280 §5.3.1', ...SIGNED]),
    ])
  })

  it('renewal information is asked for under the URL of the directory', async () => {
    const { world, order } = await issued()
    world.renewalInfo(order)
    const cites = ['RFC 9773 §4', 'RFC 9773 §4.1', 'RFC 9773 §4.2', 'RFC 9773 §4.3']
    expect(await written(world)).toEqual([is('renewalInfo', cites)])
  })
})

describe('a problem', () => {
  it.each([
    ['badNonce', ['§6.5']],
    ['rateLimited', ['§6.6']],
    ['userActionRequired', ['§7.3.3']],
    ['alreadyReplaced', ['RFC 9773 §7.4']],
    ['invalidProfile', ['ACME profiles (draft) §6.3']],
    ['malformed', []],
    ['tired', []],
  ])('%s is written where its type is', async (type, further) => {
    const world = await entered()
    world.order({ answer: problem(type, 'no', { status: 403 }) })
    expect(await written(world)).toEqual([is('newOrder', ['§7.4', '§7.1.3', ...further, ...PROBLEM, ...SIGNED])])
  })

  it('with others inside cites where that is written', async () => {
    const world = await entered()
    const body = { type: 'urn:ietf:params:acme:error:compound', detail: 'x', subproblems: [{ type: 'about:blank' }] }
    world.order({ answer: { status: 403, body, type: 'application/problem+json' } })
    expect((await written(world))[0]?.cites).toContain('§6.7.1')
  })
})

describe('a delegation', () => {
  it('is learnt from the account and from the list', async () => {
    const world = await entered()
    const list = 'https://ca.example.test/d'
    world.updateAccount({ delegations: list })
    world.postAsGet(list, {}, () => ({ status: 200, body: { delegations: ['https://ca.example.test/d1'] } }))
    world.postAsGet('https://ca.example.test/d1', {}, () => ({ status: 200, body: { 'csr-template': {} } }))
    expect((await written(world, 2)).map(({ operation, cites }) => `${operation} ${cites[0]}`)).toEqual([
      'delegationsList RFC 9115 §2.3.1.2',
      'delegation RFC 9115 §2.3.1.3',
    ])
  })
})
