// Links that lead in circles, to the wrong kind of thing, or all to one place; and objects that are another kind of thing
// each time they are asked for.
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../test/hostile/inert.ts'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { ACCOUNT, at, directoryOf, HOST, ORDERS, type Recording, startRecording } from '../../test/hostile/recording.ts'
import type { Headers } from '../exchange.ts'
import { readHar } from '../har/read.ts'
import { toHar } from '../har/write.ts'
import type { Analysis } from './model.ts'

const SELF = `${HOST}/self`
const link = (rel: string, url: string): Headers => [['Link', `<${url}>;rel="${rel}"`]]
const dns = (value: string) => ({ type: 'dns', value })
const order = (more: object) => ({
  status: 'pending',
  identifiers: [dns('a.test')],
  finalize: `${HOST}/finalize`,
  ...more,
})
const challenge = (url: string, more: object = {}) => ({
  type: 'dns-01',
  url,
  token: 'token',
  status: 'pending',
  ...more,
})

/** Each URL is looked at, posted to, and looked at again, when the scene is set. */
async function around(set: (recording: Recording) => unknown, urls: readonly string[]): Promise<Analysis> {
  const recording = startRecording()
  set(recording)
  const [, last] = [recording.facts.length, recording.facts.at(-1)]
  const answer = last?.response?.body.kind === 'text' ? last.response.body.text : ''
  for (const url of urls) {
    for (const payload of ['', {}, '']) recording.add({ url, payload }, { body: answer, type: 'application/json' })
  }
  const outcome = await throughAll(recording.facts)
  expect(faultsOf(outcome)).toEqual([])
  expect(outcome.analysis.steps).toHaveLength(recording.facts.length)
  return outcome.analysis
}

const newOrder = ({ add }: Recording, more: object, location = SELF, headers: Headers = []) =>
  add({ url: ORDERS, payload: {} }, { status: 201, body: order(more), headers: [...at(location), ...headers] })

describe('an order', () => {
  it.each([
    ['lists itself as its authorization', { authorizations: [SELF] }],
    ['lists itself a thousand times', { authorizations: Array(1_000).fill(SELF) }],
    ['is finalized at itself', { finalize: SELF }],
    ['is its own certificate', { status: 'valid', certificate: SELF }],
    ['is all of it', { status: 'valid', authorizations: [SELF, ORDERS, ACCOUNT], finalize: SELF, certificate: SELF }],
  ])('that %s is one order still', async (_, more) => {
    const analysis = await around(
      (recording) => {
        recording.directory()
        newOrder(recording, more)
      },
      [SELF],
    )
    expect(analysis.steps[1]).toMatchObject({ operation: 'newOrder', order: SELF })
    expect([...analysis.orders.keys()]).toEqual([SELF])
    expect(analysis.orders.get(SELF)?.authorizations.length).toBeLessThanOrEqual(3)
  })

  it('whose parts name each other in a circle ends', async () => {
    const [a, b, c] = [`${HOST}/a`, `${HOST}/b`, `${HOST}/c`]
    const analysis = await around(
      (recording) => {
        recording.directory()
        newOrder(recording, { authorizations: [a] }, a)
        recording.add(
          { url: a, payload: '' },
          { body: { ...order({ authorizations: [b] }), challenges: [challenge(b)] } },
        )
        recording.add(
          { url: b, payload: '' },
          { body: { challenges: [challenge(c)], authorizations: [c] }, headers: link('up', c) },
        )
        recording.add(
          { url: c, payload: {} },
          { body: { ...challenge(a), challenges: [challenge(a)] }, headers: link('up', b) },
        )
      },
      [a, b, c],
    )
    expect(analysis.steps.every(({ operation }) => operation !== 'other')).toBe(true)
  })
})

describe('a challenge', () => {
  it.each([
    ['that is its own authorization', SELF, SELF],
    ['that is above its authorization', `${HOST}/chall`, `${HOST}/chall`],
    ['above which is its order', `${HOST}/chall`, `${HOST}/order/1`],
    ['above which is the directory', `${HOST}/chall`, `${HOST}/dir`],
  ])('%s is a challenge still', async (_, url, up) => {
    const analysis = await around(
      (recording) => {
        recording.directory()
        newOrder(recording, { authorizations: [`${HOST}/authz`] }, `${HOST}/order/1`)
        recording.add(
          { url: `${HOST}/authz`, payload: '' },
          { body: { identifier: dns('a.test'), challenges: [challenge(url)] } },
        )
        recording.add({ url, payload: {} }, { body: challenge(url, { status: 'processing' }), headers: link('up', up) })
      },
      [url, up],
    )
    expect(analysis.challenges.get(url)).toMatchObject({ type: 'dns-01', token: 'token' })
    expect(analysis.steps[3]).toMatchObject({ operation: 'challenge', challenge: url })
  })

  it('that many authorizations list counts as answered in each, and in its order', async () => {
    const urls = Array.from({ length: 60 }, (_, index) => `${HOST}/authz/${index}`)
    const recording = startRecording()
    recording.directory()
    newOrder(recording, { authorizations: urls }, `${HOST}/order/1`)
    const others = Array.from({ length: 80 }, (_, index) => challenge(`${HOST}/other/${index}`))
    const look = (url: string) =>
      recording.add(
        { url, payload: '' },
        { body: { identifier: dns('a.test'), challenges: [...others, challenge(SELF)] } },
      )
    for (const url of urls) look(url)
    recording.add({ url: `${HOST}/order/1`, payload: '' }, { body: order({}) })
    recording.add({ url: SELF, payload: {} }, { body: challenge(SELF) })
    recording.add({ url: `${HOST}/order/1`, payload: '' }, { body: order({}) })
    for (const url of urls) look(url)
    const { analysis } = await throughAll(recording.facts)
    const phases = analysis.steps.map(({ phase }) => phase)
    expect(phases.slice(2, 63)).toEqual([...Array(60).fill('authorization'), 'order'])
    expect(phases.slice(63)).toEqual(Array(62).fill('validation'))
  })
})

it('a list of orders that is its own next page ends', async () => {
  const pages = [`${HOST}/orders`, `${HOST}/orders?page=2`]
  const analysis = await around((recording) => {
    recording.directory()
    recording.add(
      { url: `${HOST}/acct`, payload: {}, header: { kid: undefined, jwk: {} } },
      { status: 201, body: { status: 'valid', orders: pages[0] }, headers: at(ACCOUNT) },
    )
    recording.add(
      { url: pages[0] ?? '', payload: '' },
      { body: { orders: [pages[0], SELF] }, headers: link('next', pages[0] ?? '') },
    )
    recording.add(
      { url: pages[0] ?? '', payload: '' },
      { body: { orders: [pages[1]] }, headers: link('next', pages[1] ?? '') },
    )
    recording.add({ url: pages[1] ?? '', payload: '' }, { body: { orders: [] }, headers: link('next', pages[0] ?? '') })
  }, pages)
  expect(analysis.steps.slice(2, 4)).toMatchObject([{ operation: 'ordersList' }, { operation: 'ordersList' }])
})

it('a chain that is its own alternate, its own issuer and its own order ends', async () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'
  const recording = startRecording()
  recording.directory()
  newOrder(recording, { status: 'valid', certificate: SELF }, `${HOST}/order/1`)
  const headers = [...link('alternate', SELF), ...link('up', SELF), ...link('alternate', `${HOST}/order/1`)]
  recording.add({ url: SELF, payload: '' }, { body: pem, headers })
  recording.add({ url: SELF, payload: '' }, { body: pem, headers })
  const outcome = await throughAll(recording.facts)
  expect(faultsOf(outcome)).toEqual([])
  expect(outcome.analysis.certificates.get(SELF)?.errors).toHaveLength(1)
})

describe('a directory', () => {
  it.each([
    ['one place', () => SELF],
    ['itself', () => `${HOST}/dir`],
    ['nowhere', () => ''],
    ['what is no URL', () => 'http://['],
    [
      'each other',
      (_: string, index: number, names: readonly string[]) => `${HOST}/${names[(index + 1) % names.length]}`,
    ],
  ])('whose URLs all point to %s is a directory still', async (_, target) => {
    const names = Object.keys(directoryOf(HOST))
    const body = Object.fromEntries(names.map((name, index) => [name, target(name, index, names)]))
    const analysis = await around(
      ({ add }) => add({ url: `${HOST}/dir` }, { body: { ...body, meta: { termsOfService: `${HOST}/dir` } } }),
      [SELF, `${HOST}/dir`, '', ...names.map((name) => `${HOST}/${name}`)],
    )
    expect(analysis.steps[0]).toMatchObject({ operation: 'directory', phase: 'directory' })
    expect(analysis.directories.get(`${HOST}/dir`)?.wire).toMatchObject(body)
  })
})

describe('an object that is another kind of thing each time', () => {
  const kinds: readonly unknown[] = [
    7,
    null,
    true,
    'x',
    [],
    {},
    [7, null],
    [[{}]],
    { url: SELF },
    [{ url: 7 }, { url: SELF, type: {}, token: [], error: 7 }],
  ]
  const FIELDS = [
    'status',
    'identifiers',
    'identifier',
    'authorizations',
    'challenges',
    'finalize',
    'certificate',
    'error',
    'wildcard',
    'url',
    'type',
    'token',
    'contact',
    'orders',
    'meta',
    'validationRecord',
    'suggestedWindow',
    'expires',
    'replaces',
  ]

  it.each(FIELDS)('in its %s is read as far as it goes', async (field) => {
    const recording = startRecording()
    recording.directory()
    newOrder(recording, { authorizations: [`${HOST}/authz`] }, `${HOST}/order/1`)
    recording.add(
      { url: `${HOST}/authz`, payload: '' },
      { body: { identifier: dns('a.test'), challenges: [challenge(`${HOST}/chall`)] } },
    )
    for (const value of kinds) {
      const body = { ...order({}), [field]: value }
      for (const url of [`${HOST}/order/1`, `${HOST}/authz`, `${HOST}/chall`, `${HOST}/finalize`, ACCOUNT])
        recording.add({ url, payload: { [field]: value } }, { body })
      recording.add({ url: `${HOST}/ari/a.b` }, { body })
      recording.add({ url: `${HOST}/dir` }, { body: { ...directoryOf(HOST), [field]: value } })
      recording.add(
        { url: ORDERS, payload: { [field]: value } },
        { status: 400, body: { type: value, ...body }, type: 'application/problem+json' },
      )
    }
    const outcome = await throughAll(recording.facts)
    expect(faultsOf(outcome)).toEqual([])
    expect(outcome.analysis.orders.get(`${HOST}/order/1`)?.authorizations).toContain(`${HOST}/authz`)
  })
})

it('an id, a number and a time that come twice are told apart by the file that is read', async () => {
  const recording = startRecording()
  recording.directory()
  for (let index = 0; index < 5; index++) newOrder(recording, {})
  const same = recording.facts.map((fact) => ({
    ...fact,
    id: 'same',
    sequence: 1,
    startedAt: '2026-01-02T00:00:00.000Z',
  }))
  const options = { redact: 'none', toolVersion: '0' } as const
  const log = toHar({ id: 'x', name: 'x', startedAt: '', source: 'import', toolVersion: '0' }, same, options)
  const { facts } = readHar(JSON.stringify(log))
  const { analysis } = await throughAll(facts)
  expect(analysis.steps.map(({ operation }) => operation)).toEqual(['directory', ...Array(5).fill('newOrder')])
})
