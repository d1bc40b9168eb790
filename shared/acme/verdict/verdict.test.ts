// What is said first of a recording: of real runs, of several orders, of none, and while one is under way.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, startWorld } from '../../../test/synthetic/world.ts'
import type { Fact } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { readHar } from '../../har/read.ts'
import { findingAddresses, findingAt } from '../../report/finding-address.ts'
import { analyse, startAnalysis } from '../analyse.ts'
import { check } from '../checks/index.ts'
import { decodeAll } from '../decode.ts'
import { verdictOf } from './verdict.ts'

async function said(facts: readonly Fact[], isOver = true) {
  const analysis = analyse(startAnalysis(), await decodeAll(facts))
  return verdictOf(analysis, check(analysis, isOver), isOver)
}

const corpus = (name: string) =>
  readHar(readFileSync(new URL(`../../../test/corpus/${name}.har`, import.meta.url), 'utf8')).facts

describe('a real run', () => {
  it.each([
    [
      'lego-dns3',
      'good',
      'Certificate issued in 7.5 s',
      'For test1.test2.example.test, *.nas.example.test and nas.example.test. Nothing to remark.',
    ],
    ['uacme-mended', 'good', 'Certificate issued in 0.71 s', 'For mended.example.test. 1 remark, nothing amiss.'],
    [
      'uacme-revoke-stranger',
      'good',
      'Certificate issued in 0.24 s',
      'For stranger.example.test. All the same there is 1 thing to look at.',
    ],
    ['caddy-alpn', 'good', '2 certificates issued', 'Nothing to remark.'],
    [
      'certbot-nxtxt',
      'bad',
      'No certificate for www.example.test',
      'The right TXT value for _acme-challenge.www.example.test was written, but the CA did not see it',
    ],
    ['lego-badtoken', 'bad', 'No certificate for www.example.test', 'Cloudflare refuses the API credentials'],
    [
      'certbot-no-zone',
      'bad',
      'No certificate for nas.example.test',
      'Cloudflare shows these credentials no zone for nas.example.test',
    ],
    ['lego-blocked', 'bad', 'No certificate for blocked.example.test', /does not issue for blocked\.example\.test$/],
    [
      'raw-bad-jws',
      'bad',
      'None of 6 certificates was issued',
      'The ES256 signature of step 4 (newOrder) does not verify',
    ],
    ['certbot-eab-missing', 'bad', 'No certificate was ordered', /wants accounts to be bound/],
    ['certbot-account', 'plain', 'The account was looked up or made', 'Nothing to remark.'],
  ] as const)('%s', async (name, outcome, title, reason) => {
    const verdict = await said(corpus(name))
    expect([verdict.outcome, verdict.title]).toEqual([outcome, title])
    if (typeof reason === 'string') expect(verdict.reason).toBe(reason)
    else expect(verdict.reason).toMatch(reason)
    if (outcome === 'bad') expect(verdict.cause?.title).toBe(verdict.reason)
  })
})

describe('several orders', () => {
  it('count by names: a client that tries again has given up what it had before', async () => {
    const { world, order } = await issued({ until: 'answer' })
    world.answer(order, { result: problem('unauthorized', 'nothing there') })
    world.pollAuthorizations(order)
    const facts = [...world.facts]
    expect((await said(facts)).orders).toHaveLength(1)
    world.order()
    const again = await said(world.facts, false)
    expect(again.orders.map(({ outcome }) => outcome)).toEqual(['open'])
    expect(again.outcome).toBe('waiting')
    expect(again.title).toMatch(/^The order for .* is under way$/)
  })

  it('are told apart: one that was refused has no URL', async () => {
    const { world } = await issued()
    world.order({ names: ['refused.example.test'], answer: problem('rejectedIdentifier', 'no', { status: 400 }) })
    const verdict = await said(world.facts)
    expect(verdict.orders.map(({ outcome, order }) => [outcome, order === null])).toEqual([
      ['issued', false],
      ['failed', true],
    ])
    expect(verdict.title).toBe('1 of 2 certificates was not issued')
    expect(verdict.orders[1]?.names).toEqual(['refused.example.test'])
  })
})

describe('nothing to judge', () => {
  it('says so', async () => {
    expect((await said([])).title).toBe('Nothing is recorded yet')
    const world = await startWorld()
    world.directory()
    expect(await said(world.facts)).toMatchObject({ outcome: 'plain', title: 'The directory was fetched' })
  })
})

describe('the address of a finding', () => {
  it('is its own, and a kind alone names the first of it', async () => {
    const analysis = analyse(startAnalysis(), await decodeAll(corpus('raw-bad-jws')))
    const found = check(analysis)
    const twice: readonly Finding[] = [...found, ...found.map((finding) => ({ ...finding }))]
    const addresses = findingAddresses(twice)
    expect(new Set(addresses.values()).size).toBe(twice.length)
    for (const [finding, address] of addresses) expect(findingAt(twice, address)).toBe(finding)
    expect(findingAt(twice, 'jws.signature-invalid')?.id).toBe('jws.signature-invalid')
    const [first] = found
    expect(findingAt(twice, `@${first?.exchanges[0]}`)).toBe(first)
    expect(findingAt(twice, '__proto__')).toBeNull()
  })
})
