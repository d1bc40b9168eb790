import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem } from '../../../test/synthetic/world.ts'
import { toShowJson } from '../show.ts'
import { toFlow } from './flow.ts'
import { infer } from './infer.ts'

const WRONG = 'Incorrect TXT record "wrong" found at _acme-challenge.example.test'

describe('the look of the CA at the proof', () => {
  it.each([
    ['dns-01', 'dns:Cloudflare', 'Asks for the TXT record _acme-challenge.example.test: as expected'],
    [
      'http-01',
      'client',
      expect.stringMatching(/^Fetches http:\/\/example\.test\/\.well-known\/acme-challenge\/\S+: as/),
    ],
    ['tls-alpn-01', 'client', 'Connects to example.test and offers acme-tls/1: as expected'],
  ])('%s: drawn after the client said that it is ready, and goes to %s', async (challenge, to, summary) => {
    const analysis = await analysisOf((await issued({ challenge })).facts)
    const answered = analysis.steps.find(({ operation }) => operation === 'challenge')
    const looks = infer(analysis).filter(({ operation }) => operation === `validation.${challenge}`)
    expect(looks).toMatchObject([{ after: answered?.exchange, from: answered?.to, to, summary, outcome: 'valid' }])
    expect(Date.parse(looks[0]?.time ?? '')).toBeGreaterThanOrEqual(Date.parse(answered?.time ?? ''))
  })

  it('says in the words of the CA what it did not find', async () => {
    const { facts } = await issued({ bend: { answer: { result: problem('unauthorized', WRONG) } } })
    const [look] = infer(await analysisOf(facts))
    expect(look).toMatchObject({ outcome: 'invalid', identifier: 'example.test' })
    expect(look?.summary).toContain(WRONG)
  })

  it('follows the redirects that the CA lists', async () => {
    const { world, order, facts } = await issued({ challenge: 'http-01', until: 'answer' })
    const [authorization] = order.authorizations
    const challenge = authorization?.challenges.find(({ type }) => type === 'http-01')
    const looked = (url: string, addressUsed: string) => ({ url, hostname: 'example.test', port: '80', addressUsed })
    Object.assign(challenge ?? {}, {
      more: {
        validationRecord: [
          looked('http://example.test/x', '192.0.2.1'),
          looked('https://example.test/x', '2001:db8::1'),
        ],
      },
    })
    world.pollAuthorizations(order)
    expect(infer(await analysisOf(facts)).map(({ summary, outcome }) => [summary, outcome])).toEqual([
      ['Fetches http://example.test/x from 192.0.2.1', null],
      ['Fetches https://example.test/x from 2001:db8::1: as expected', 'valid'],
    ])
  })

  it('goes to name servers of no name where nobody saw the record being written', async () => {
    const analysis = await analysisOf((await issued({ without: ['writeTxt', 'deleteTxt'] })).facts)
    const { lanes, rows } = toFlow(analysis, { open: new Set() })
    expect(lanes.at(-1)).toEqual({ id: 'dns:', role: 'dns', label: 'Name servers', hosts: [] })
    expect(rows.filter(({ kind }) => kind === 'inferred')).toHaveLength(1)
  })

  it('is not told of a challenge that nobody answered', async () => {
    expect(infer(await analysisOf((await issued({ until: 'writeTxt' })).facts))).toEqual([])
  })
})

describe('the wait of the client for its record', () => {
  it('is told from a silence between writing and going on', async () => {
    const { world, order, facts } = await issued({ until: 'writeTxt' })
    world.wait(12_000)
    world.answer(order)
    const [wait] = infer(await analysisOf(facts))
    expect(wait).toMatchObject({ operation: 'dns.propagation', phase: 'provisioning', from: 'client', outcome: null })
    expect(wait?.summary).toMatch(/^Waits 1[12]\.\d s for _acme-challenge\.example\.test to be served$/)
  })

  it('ends in giving up when the record is taken back instead', async () => {
    const { world, facts } = await issued({ until: 'writeTxt' })
    world.wait(60_000)
    world.deleteTxt()
    expect(infer(await analysisOf(facts))).toMatchObject([{ operation: 'dns.propagation', outcome: 'invalid' }])
  })
})

it('show --json tells what is inferred from what was recorded', async () => {
  const analysis = await analysisOf((await issued()).facts)
  const { steps } = toShowJson({ id: '', name: '', startedAt: '', exchanges: 0 }, analysis, [])
  const inferred = steps.filter((step) => step.inferred)
  expect(inferred.map(({ exchange, operation }) => [exchange, operation])).toEqual([[null, 'validation.dns-01']])
  expect(steps.filter((step) => !step.inferred).map(({ exchange }) => exchange)).toEqual(
    analysis.steps.map(({ exchange }) => exchange),
  )
})
