// One thing goes wrong, and others follow from it: what is shown first is the cause, and the rest stands beneath it.
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../shared/exchange.ts'
import type { Finding } from '../../shared/finding.ts'
import { type Cause, toCauses } from '../../shared/report/checked.ts'
import { errors } from '../lab/cloudflare-json.ts'
import { refusedByCloudflare } from './cloudflare.ts'
import { findingsOf } from './judge.ts'
import { type Issued, issued, issuedIn } from './scenarios.ts'
import { problem } from './world.ts'

const NOT_READY = problem('orderNotReady', 'Order’s status ("invalid") is not acceptable for finalization')
const NONE = problem('unauthorized', 'No TXT record found at _acme-challenge.example.test')
const REFUSED = refusedByCloudflare(errors.invalidToken)

/** `id > id`: each finding under its cause, as the reports and the page show them. */
function outline(causes: readonly Cause[], above = ''): readonly string[] {
  return causes.flatMap(({ finding, consequences }) => [
    `${above}${finding.severity} ${finding.id}`,
    ...outline(consequences, `${above}  `),
  ])
}

const shown = async (facts: readonly Fact[]): Promise<readonly string[]> =>
  outline(toCauses((await findingsOf(facts)).filter(({ severity }) => severity !== 'info')))

const first = async (facts: readonly Fact[]): Promise<Finding | undefined> => (await findingsOf(facts))[0]

/** A client that goes on to finalize whatever became of its proofs. */
async function stubborn({ world, order, facts }: Issued) {
  await world.finalize(order, { answer: NOT_READY })
  return facts
}

async function wrongValue() {
  const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
  world.writeTxt(order, { value: 'wrong' })
  world.answer(order, { result: problem('unauthorized', 'Incorrect TXT record "wrong" found') })
  world.pollAuthorizations(order)
  world.deleteTxt()
  world.pollOrder(order)
  return { world, order, facts }
}

describe('a cascade', () => {
  it('wrong TXT → authorization invalid → order invalid → finalize refused', async () => {
    const facts = await stubborn(await wrongValue())
    expect(await shown(facts)).toEqual(['error dns.txt-mismatch', '  error order.finalized-before-ready'])
    expect(
      (await findingsOf(facts)).map(({ id, consequenceOf, causeShows }) => [id, consequenceOf, causeShows]),
    ).toEqual([
      ['dns.txt-mismatch', null, undefined],
      ['order.finalized-before-ready', 'dns.txt-mismatch', 'synthetic-10'],
    ])
  })

  it('asked for with GET → refused → never finished', async () => {
    const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
    const refusal = problem('malformed', 'Method not allowed', { status: 405 })
    world.request({ method: 'GET', url: order.url, body: null }, refusal)
    expect(await shown(facts)).toContain('  warning order.never-finished')
    expect((await first(facts))?.id).toBe('request.not-post-as-get')
  })

  it('a binding for another URL → the binding refused', async () => {
    const eab = { kid: 'kid-1', secret: 'secret', header: { url: 'https://other.test/new-acct' } }
    const { facts } = await issued({ bend: { register: { eab, answer: problem('malformed', 'EAB url') } } })
    expect(await shown(facts)).toEqual(['error jws.url-mismatch', '  error account.eab-rejected'])
  })

  it('refused API token → no record → told to look all the same → finalize refused', async () => {
    const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
    world.writeTxt(order, { answer: REFUSED })
    world.answer(order, { result: NONE })
    world.pollAuthorizations(order)
    await stubborn({ world, order, facts })
    expect(await shown(facts)).toEqual([
      'error dns-api.unauthorized',
      '  error dns.txt-never-written',
      '    error order.finalized-before-ready',
    ])
  })

  it('refused API token → one name without a record → the client gives up on the other', async () => {
    const { world, order, facts } = await issued({
      names: ['a.example.test', 'b.example.test'],
      until: 'fetchAuthorizations',
    })
    world.writeTxt(order, { name: 'a.example.test' })
    world.writeTxt(order, { name: 'b.example.test', answer: REFUSED })
    world.deleteTxt()
    for (const authorization of order.authorizations) world.deactivateAuthorization(authorization)
    expect(await shown(facts)).toEqual(['error dns-api.unauthorized', '  error dns.gave-up-waiting'])
  })

  it('authority not trusted on the API’s leg → nothing more of the order', async () => {
    const { world, facts } = await issued({ until: 'fetchAuthorizations' })
    for (let index = 0; index < 3; index++) world.connection({ host: 'api.cloudflare.com' })
    expect(await shown(facts)).toEqual(['error trust.client-rejected-authority', '  warning order.never-finished'])
  })

  it('CA unreachable in the middle → nothing more of the order', async () => {
    const { world, order, facts } = await issued({ until: 'answer' })
    world.pollAuthorizations(order, {
      failure: { stage: 'upstream-connect', code: 'ETIMEDOUT', message: 'it did not answer in time' },
    })
    expect((await first(facts))?.id).toBe('upstream.unreachable')
  })

  it('an account that is not kept → a limit', async () => {
    const { world, facts } = await issued()
    const detail = 'too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s'
    await issuedIn(world, { bend: { order: problem('rateLimited', detail) } })
    expect(await shown(facts)).toEqual(['warning account.not-persisted', '  error limit.duplicate-certificate'])
  })

  it('failed proofs → the limit on failed proofs', async () => {
    const { world, facts } = await wrongValue()
    world.order({ answer: problem('rateLimited', 'too many failed authorizations (5) for "example.test"') })
    expect(await shown(facts)).toEqual(['error dns.txt-mismatch', '  error limit.failed-validations'])
  })

  it('a record left behind → the next run finds it there', async () => {
    const { world, facts } = await issued({ without: ['deleteTxt'], names: ['example.test'] })
    const again = world.order()
    world.fetchAuthorizations(again)
    world.writeTxt(again, { answer: refusedByCloudflare(errors.identicalRecord) })
    expect((await shown(facts)).slice(0, 2)).toEqual([
      'warning dns.record-left-behind',
      '  error dns-api.record-exists',
    ])
  })
})

describe('what belongs together', () => {
  it('is of the same order: two orders, each with a cause of its own', async () => {
    const one = await wrongValue()
    await stubborn(one)
    const two = await issuedIn(one.world, { names: ['www.example.test'], until: 'fetchAuthorizations' })
    two.world.cloudflare.findZone()
    two.world.answer(two.order, { result: NONE })
    two.world.pollAuthorizations(two.order)
    await stubborn(two)
    const causes = toCauses(await findingsOf(one.facts))
    expect(outline(causes)).toEqual([
      'error dns.txt-mismatch',
      '  error order.finalized-before-ready',
      'error dns.txt-never-written',
      '  error order.finalized-before-ready',
    ])
    expect(causes.map(({ consequences }) => consequences[0]?.finding.object)).toEqual([one.order.url, two.order.url])
  })

  it('is of the same client: what another one met explains nothing', async () => {
    const one = await issued({ client: 'certbot', until: 'fetchAuthorizations' })
    one.world.writeTxt(one.order, { answer: REFUSED })
    const two = await issuedIn(one.world, { client: 'lego', names: ['www.example.test'], until: 'writeTxt' })
    two.world.deleteTxt()
    two.world.deactivateAuthorization(two.order.authorizations[0] as never)
    const findings = await findingsOf(one.facts)
    expect(findings.find(({ id }) => id === 'dns.gave-up-waiting')?.consequenceOf).toBe(null)
  })

  it('is not what was put right: an error explained by a remark would be hidden', async () => {
    const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
    const failure = { stage: 'upstream-http', code: 'ECONNRESET', message: 'reset' } as const
    world.cloudflare.findZone('example.test', { failure })
    world.writeTxt(order)
    world.deleteTxt()
    world.deactivateAuthorization(order.authorizations[0] as never)
    expect(await shown(facts)).toEqual(['error dns.gave-up-waiting'])
  })

  it('proofs of one order fail each for itself', async () => {
    const { world, order, facts } = await issued({
      names: ['a.example.test', 'b.example.test'],
      challenge: 'http-01',
      until: 'fetchAuthorizations',
    })
    world.answer(order, { name: 'a.example.test', result: problem('connection', 'Connection refused') })
    world.answer(order, { name: 'b.example.test', result: problem('moon', 'full') })
    world.pollAuthorizations(order)
    expect(await shown(facts)).toEqual(['error validation.unreachable', 'error problem.other'])
  })
})

describe('what succeeded later is a remark', () => {
  it('the same name, proven by a new order', async () => {
    const { world, facts } = await wrongValue()
    await issued({ world, without: ['directory', 'register'] })
    expect((await findingsOf(facts)).map(({ severity, id }) => `${severity} ${id}`)).toEqual(['info dns.txt-mismatch'])
  })

  it('the same request, answered by a DNS provider the second time', async () => {
    const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
    world.writeTxt(order, { answer: { status: 500, body: 'oops', type: 'text/plain' } })
    world.writeTxt(order)
    expect((await findingsOf(facts)).find(({ id }) => id === 'dns-api.failed')?.severity).toBe('info')
  })

  it('not another name, nor the same name at another CA', async () => {
    const { world, facts } = await wrongValue()
    await issuedIn(world, { names: ['www.example.test'] })
    await issuedIn(world, { ca: { host: 'other-ca.example.test' } })
    expect((await first(facts))?.severity).toBe('error')
    expect((await first(facts))?.id).toBe('dns.txt-mismatch')
  })

  it('not what succeeded before', async () => {
    const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
    world.writeTxt(order)
    world.deleteTxt({ answer: REFUSED })
    expect((await first(facts))?.severity).toBe('error')
  })
})
