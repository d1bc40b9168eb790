// The line of each step, from a scripted world: what was wanted, what came of it.
import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { startWorld, type World } from '../../../test/synthetic/world.ts'
import type { Operation } from '../model.ts'

/** The lines of the steps of one kind. */
async function lines({ facts }: Pick<World, 'facts'>, operation: Operation): Promise<readonly string[]> {
  const { steps } = await analysisOf(facts)
  return steps.flatMap((step) => (step.operation === operation ? step.summary : []))
}

const entered = async (options: Parameters<typeof startWorld>[0] = {}) => {
  const world = await startWorld(options)
  world.directory()
  return world
}

describe('the line of a step', () => {
  it('directory: what a client must know before it begins', async () => {
    const world = await entered({
      ca: { directory: (usual) => ({ ...usual, meta: { externalAccountRequired: true, profiles: { a: '', b: '' } } }) },
    })
    expect(await lines(world, 'directory')).toEqual(['Directory of 7 resources, accounts must be bound, profiles a, b'])
  })

  it('newAccount: made, bound, found, looked for', async () => {
    const world = await entered()
    world.register({ onlyReturnExisting: true })
    world.register({ existing: true })
    world.register({ eab: { kid: 'kid-1', secret: 'c2VjcmV0' } })
    world.register()
    world.register({ onlyReturnExisting: true, failure: { stage: 'upstream-connect', code: 'X', message: 'refused' } })
    expect(await lines(world, 'newAccount')).toEqual([
      'Account found',
      'Account found',
      'Account created, bound to kid-1',
      'Account created',
      'No answer: refused',
    ])
  })

  it('account: read, changed, given up', async () => {
    const world = await entered()
    world.register()
    world.postAsGet(world.account.url, {}, () => ({ status: 200, body: { status: 'valid' } }))
    world.updateAccount({ contact: ['mailto:a@example.test'] })
    world.updateAccount({ contact: [] })
    world.updateAccount({ termsOfServiceAgreed: true })
    world.updateAccount({ mood: 'good' })
    world.deactivateAccount()
    expect(await lines(world, 'account')).toEqual([
      'Look at the account: valid',
      'Change the contacts: valid',
      'Remove the contacts: valid',
      'Agree to the terms: valid',
      'Update the account: valid',
      'Deactivate the account: deactivated',
    ])
  })

  it('ordersList: how many, and whether it goes on', async () => {
    const world = await entered()
    world.register()
    const orders = [world.ca.makeOrder(['a.test']), world.ca.makeOrder(['b.test'])]
    const next = `${world.account.url}/orders?page=2`
    world.listOrders(orders, { answer: { headers: [['Link', `<${next}>;rel="next"`]] } })
    world.postAsGet(next, {}, () => ({ status: 200, body: { orders: ['https://ca.example.test/order/9'] } }))
    world.listOrders([])
    expect(await lines(world, 'ordersList')).toEqual([
      "The account's orders: 2 on this page, and it goes on",
      "The account's orders: 1",
      "The account's orders: none",
    ])
  })

  it('keyChange: done, or refused', async () => {
    const world = await entered()
    world.register()
    await world.changeKey()
    await world.changeKey({ answer: { status: 409, body: null } })
    expect(await lines(world, 'keyChange')).toEqual([
      'Account key replaced',
      'Replace the account key: refused with 409',
    ])
  })

  it('newAuthz: for which name, and what is below it', async () => {
    const world = await entered()
    world.register()
    const ask = (identifier: object, more: object = {}) =>
      world.post(world.ca.urls.newAuthz, { identifier, ...more }, {}, () => ({
        status: 201,
        body: { status: 'pending', identifier: { type: 'dns', value: 'example.test' }, challenges: [] },
        headers: [['Location', world.ca.urlOf('authz')]],
      }))
    ask({ type: 'dns', value: 'example.test' })
    ask({ type: 'dns', value: 'example.test', subdomainAuthAllowed: true })
    ask({ type: 'dns', value: 'example.test' }, { subdomainAuthAllowed: true })
    expect(await lines(world, 'newAuthz')).toEqual([
      'Authorize example.test ahead of any order: pending',
      'Authorize example.test and what is below it ahead of any order: pending',
      'Authorize example.test and what is below it ahead of any order: pending',
    ])
  })

  it('newOrder: its names and its wishes', async () => {
    const wish = async (more: object) => {
      const world = await entered({ names: ['a.test', 'b.test', 'c.test', 'd.test'] })
      world.register()
      world.order({ payload: (usual: object) => ({ ...usual, ...more }) })
      return (await lines(world, 'newOrder'))[0]
    }
    expect(await wish({})).toBe('Order a.test, b.test, c.test and 1 more: pending')
    expect(await wish({ profile: 'shortlived' })).toMatch(/, profile shortlived: pending$/)
    expect(await wish({ replaces: 'aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE' })).toMatch(
      /, in place of certificate 00:87:65:43:21: pending$/,
    )
    expect(await wish({ replaces: 'odd' })).toMatch(/, in place of certificate odd: pending$/)
    expect(await wish({ 'auto-renewal': { 'end-date': '2027-01-20T00:00:00Z' } })).toMatch(
      /, renewed by itself until 2027-01-20 00:00: pending$/,
    )
    expect(await wish({ delegation: 'https://ca.example.test/delegation/1' })).toMatch(/, by delegation: pending$/)
  })

  it('order: a renewal that is stopped', async () => {
    const { world, order } = await issued()
    world.post(order.url, { status: 'canceled' }, {}, () => ({ status: 200, body: { status: 'canceled' } }))
    expect((await lines(world, 'order')).at(-1)).toBe('Cancel the automatic renewal: canceled')
  })

  it('certificate: the chain, the others to choose from, and one of them', async () => {
    const { world, order } = await issued()
    world.fetchCertificate(order, { alternate: 1 })
    expect(await lines(world, 'certificate')).toEqual([
      'Certificate for example.test, with 1 above it, 1 more chain to choose from',
      expect.stringMatching(
        /^Another chain for example\.test, with 1 above it, under .*Synthetic Root B.*, 1 more chain to choose from$/,
      ),
    ])
  })

  it('certificate: one that its CA renews', async () => {
    const { world, order } = await issued({ until: 'pollOrder' })
    const headers = [['Cert-Not-Before', '"Mon, 1 Feb 2027 00:00:00 GMT"']] as const
    world.fetchCertificate(order, { answer: { headers } })
    expect(await lines(world, 'certificate')).toEqual([
      'Certificate for example.test, with 1 above it, 1 more chain to choose from, renewed by itself',
    ])
  })

  it('revokeCert: whose, why, by which key', async () => {
    const { world, order } = await issued()
    world.revoke(order)
    world.revoke(order, { reason: 1, ownKey: true })
    world.revoke(order, { reason: 7 })
    world.revoke(order, { payload: { certificate: 'AAAA', reason: 4 } })
    world.revoke(order, { reason: 5, answer: { status: 403, body: null } })
    expect(await lines(world, 'revokeCert')).toEqual([
      'Revoked the certificate for example.test',
      'Revoked the certificate for example.test, with its own key: its key was compromised (keyCompromise)',
      'Revoked the certificate for example.test: reason 7, which is not registered',
      'Revoked the certificate: another certificate replaced it (superseded)',
      'Revoke the certificate for example.test: it is not needed any more (cessationOfOperation): refused with 403',
    ])
  })

  it('renewalInfo: the window, and where we are in it', async () => {
    const { world, order } = await issued()
    const window = (start: string, end: string) => ({ answer: { body: { suggestedWindow: { start, end } } } })
    world.renewalInfo(order, window('2026-03-01T04:00:00Z', '2026-03-02T04:00:00Z'))
    world.renewalInfo(order, window('2026-01-01T00:00:00Z', '2026-03-02T00:00:00Z'))
    world.renewalInfo(order, window('2025-12-01T00:00:00Z', '2025-12-02T00:00:00Z'))
    world.renewalInfo(order, window('2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z'))
    world.renewalInfo(order, { answer: { status: 503, body: null } })
    expect(await lines(world, 'renewalInfo')).toEqual([
      'Renew between 2026-03-01 04:00 and 2026-03-02 04:00 UTC (not yet)',
      'Renew between 2026-01-01 00:00 and 2026-03-02 00:00 UTC (now)',
      'Renew between 2025-12-01 00:00 and 2025-12-02 00:00 UTC (overdue)',
      'Renewal information that does not count: its window ends before it begins',
      expect.stringMatching(/^Ask when to renew certificate ([0-9A-F]{2}:)+[0-9A-F]{2}: refused with 503$/),
    ])
  })

  it('is no longer than a line can be, whatever the wire holds', async () => {
    const world = await entered({ names: ['x'.repeat(50_000)] })
    world.register({
      answer: { status: 400, body: { type: 'urn:ietf:params:acme:error:malformed', detail: 'y'.repeat(50_000) } },
    })
    world.order()
    const { steps } = await analysisOf(world.facts)
    expect(Math.max(...steps.map(({ summary }) => summary.length))).toBeLessThanOrEqual(1001)
  })
})
