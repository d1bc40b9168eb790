// What came to a challenge port through a forwarder: whose it is, whether it was right, and what it must not disturb.
import { expect, test } from 'vitest'
import { challengeIn } from '../../../test/synthetic/cases/case.ts'
import { analysisOf, findingsOf } from '../../../test/synthetic/judge.ts'
import { thumbprintOf } from '../../../test/synthetic/materials.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem, type World } from '../../../test/synthetic/world.ts'
import { toFlow } from '../flow/flow.ts'
import { infer } from '../flow/infer.ts'

const HTTP = { challenge: 'http-01', until: 'answer' } as const

async function answered(result?: ReturnType<typeof problem>) {
  const { world, order } = await issued({ ...HTTP, ...(result && { bend: { answer: { result } } }) })
  const { token } = challengeIn(world, order.authorizations)
  const url = `http://example.test/.well-known/acme-challenge/${token}`
  return { world, order, token, url, right: `${token}.${thumbprintOf(world.account.signer.jwk)}` }
}

const looks = async ({ facts }: World) => {
  const analysis = await analysisOf(facts)
  return { analysis, steps: analysis.steps.filter(({ operation }) => operation === 'validation.http-01') }
}

test('goes from the CA of its token to the client, is findingsOf, and takes the place of what would be inferred', async () => {
  const { world, order, url, right } = await answered()
  const before = await looks(world)
  expect(infer(before.analysis).map(({ operation }) => operation)).toContain('validation.http-01')
  for (const address of ['198.51.100.7', '198.51.100.8']) world.inbound({ url, address, body: `${right}\n` })
  const { analysis, steps } = await looks(world)
  expect(steps).toMatchObject(
    ['198.51.100.7', '198.51.100.8'].map((address) => ({
      from: `ca:${world.ca.host}`,
      to: 'client',
      phase: 'validation',
      order: order.url,
      identifier: 'example.test',
      summary: `${address} fetches the proof for example.test: the right one`,
    })),
  )
  expect(infer(analysis)).toEqual([])
  expect(toFlow(analysis, { open: new Set() }).rows.filter(({ kind }) => kind === 'inferred')).toEqual([])
  expect(analysis.lanes).toEqual(before.analysis.lanes)
})

test.each([
  [{ status: 404 }, 'refused with 404'],
  [
    { status: 301, headers: [['Location', 'https://example.test/']] as const },
    'redirected with 301 to https://example.test/',
  ],
  [{ body: '<!DOCTYPE html><p>Welcome' }, 'a web page is served instead'],
  [{ body: 'TOKEN.another' }, 'its token with the key of another account'],
  [{ body: 'something' }, 'something else is served'],
  [
    { failure: { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'nothing listens' } as const },
    'the port of the client gives none: nothing listens',
  ],
])('what it got is said: %j', async (got, words) => {
  const { world, url, token } = await answered()
  world.inbound({ url, ...got, ...('body' in got && { body: got.body.replace('TOKEN', token ?? '') }) })
  const { steps, analysis } = await looks(world)
  expect(steps[0]?.summary).toContain(words)
  expect((await findingsOf(world.facts)).map(({ id }) => id)).not.toContain('upstream.unreachable')
  expect(analysis.proofsSeen.get(steps[0]?.challenge ?? '')?.map(({ matches }) => matches)).not.toContain(true)
})

test('a token that nobody knows comes from validators, and what looks like ACME teaches nothing', async () => {
  const { world } = await answered()
  const { analysis: before } = await looks(world)
  const nonces = [...before.nonces.keys()]
  const body = JSON.stringify({ newNonce: 'http://x/n', newAccount: 'http://x/a', newOrder: 'http://x/o' })
  const headers = [
    ['Content-Type', 'application/json'],
    ['Replay-Nonce', 'stolen'],
  ] as const
  world.inbound({ url: 'http://other.test/.well-known/acme-challenge/unknown', body, headers })
  world.inbound({ url: world.ca.urls.newOrder, body, headers })
  const { analysis } = await looks(world)
  expect(analysis.steps.slice(-2)).toMatchObject([
    { operation: 'validation.http-01', from: 'other:validators', to: 'client', order: null },
    { operation: 'validation.http-01', from: 'other:validators', to: 'client', order: null },
  ])
  expect([...analysis.nonces.keys()]).toEqual(nonces)
  expect([...analysis.directories.keys()]).toEqual([...before.directories.keys()])
  expect(analysis.lanes.filter(({ role }) => role !== 'other')).toEqual(before.lanes)
})

test('a CA that could not connect is held against what came to the port', async () => {
  const refusal = problem('connection', 'Timeout during connect')
  const explanationOf = async ({ facts }: World) =>
    (await findingsOf(facts)).find(({ id }) => id === 'validation.unreachable')?.explanation
  const { world, order, url, right } = await answered(refusal)
  world.pollAuthorizations(order)
  expect(await explanationOf(world)).not.toContain('forwarder')
  world.inbound({ url: 'http://other.test/.well-known/acme-challenge/unknown' })
  expect(await explanationOf(world)).toContain('No request for this proof came to the forwarder')
  world.inbound({ url, body: right })
  expect(await explanationOf(world)).toContain(
    'One request for this proof came to the client’s port, from 198.51.100.7',
  )
  expect(await explanationOf(world)).toContain('Each was answered rightly')
  world.inbound({ url, address: '198.51.100.8', status: 404 })
  expect(await explanationOf(world)).toContain('Only 1 got the proof: 198.51.100.8 fetches the proof')
})
