import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem } from '../../../test/synthetic/world.ts'
import type { Analysis } from '../model.ts'
import { answersOf } from './answers.ts'
import { compareAnswers } from './compared.ts'
import { type Course, courseOf } from './course.ts'
import { newestObject, objectAtOrAbove } from './found.ts'

const only = <T>(map: ReadonlyMap<string, T>): string => [...map.keys()][0] ?? ''

const course = (analysis: Analysis, url: string): Course => {
  const found = courseOf(analysis, url)
  if (!found) throw new Error(`no course of ${url}`)
  return found
}

const statuses = ({ visits }: Course) => visits.map(({ status }) => status)
const moves = ({ taken }: Course) => taken.map(({ from, to, how }) => `${from} → ${to} ${how}`)

/** An order whose status is shown as these, one after the other. */
async function shown(...wanted: readonly string[]): Promise<Course> {
  const { world, order } = await issued({ until: 'order' })
  for (const status of wanted) {
    world.wait(1000)
    world.pollOrder(order, { answer: { body: (usual: object) => ({ ...usual, status }) } })
  }
  const analysis = await analysisOf(world.facts)
  return course(analysis, only(analysis.orders))
}

describe('the course of an order', () => {
  it('is what was seen, with what must have lain between', async () => {
    const seen = await shown('pending', 'processing', 'processing', 'valid')
    expect(statuses(seen)).toEqual(['pending', 'processing', 'valid'])
    expect(seen.visits.map(({ answers, arrival }) => [answers, arrival])).toEqual([
      [2, 'first'],
      [2, 'implied'],
      [1, 'move'],
    ])
    expect(moves(seen)).toEqual(['pending → ready implied', 'ready → processing implied', 'processing → valid seen'])
    expect([...seen.implied]).toEqual(['ready'])
    expect(seen.visits[1]?.stayed).toBeGreaterThan(1000)
    expect(seen.visits.at(-1)).toMatchObject({ stayed: null, when: 'the certificate is issued' })
  })

  it('may hold a move that no document allows, or a status that none describes', async () => {
    expect(moves(await shown('processing', 'pending')).at(-1)).toBe('processing → pending impossible')
    expect((await shown('processing', 'pending')).visits.at(-1)).toMatchObject({ arrival: 'impossible', when: null })
    expect(moves(await shown('asleep')).at(-1)).toBe('pending → asleep unknown')
  })

  it('does not call impossible what was asked at the same time', async () => {
    const { world, order } = await issued({ until: 'order' })
    world.pollOrder(order, { answer: { body: (usual: object) => ({ ...usual, status: 'ready' }) }, took: 20 })
    world.wait(-30)
    world.pollOrder(order, { took: 500, after: 0 })
    const analysis = await analysisOf(world.facts)
    expect(course(analysis, only(analysis.orders)).visits.at(-1)?.arrival).toBe('crossed')
  })

  it('tells what a client asked for from what a CA made up', async () => {
    const { world, order } = await issued({ until: 'fetchAuthorizations' })
    const [authorization] = order.authorizations
    if (!authorization) throw new Error('no authorization')
    authorization.status = 'invalid'
    world.fetchAuthorization(authorization)
    world.deactivateAuthorization(authorization)
    const analysis = await analysisOf(world.facts)
    expect(moves(course(analysis, only(analysis.authorizations)))).toEqual([
      'pending → invalid seen',
      'invalid → deactivated asked',
    ])
  })

  it('knows what it was before it was first seen', async () => {
    const { world } = await issued({
      until: 'order',
      bend: { order: { answer: { body: (usual: object) => ({ ...usual, status: 'ready' }) } } },
    })
    const analysis = await analysisOf(world.facts)
    const { visits, implied } = course(analysis, only(analysis.orders))
    expect(visits).toMatchObject([{ status: 'ready', arrival: 'first', through: ['pending'] }])
    expect([...implied]).toEqual(['pending'])
  })

  it('tells of what was refused', async () => {
    const { facts } = await issued({ bend: { finalize: problem('orderNotReady', 'not yet') } })
    const analysis = await analysisOf(facts)
    const { refusals } = course(analysis, only(analysis.orders))
    expect(refusals).toMatchObject([{ step: { operation: 'finalize' }, problem: { acmeType: 'orderNotReady' } }])
  })
})

describe('the course of other objects', () => {
  it('of a challenge, an authorization and an account', async () => {
    const analysis = await analysisOf((await issued()).facts)
    const tried = [...analysis.challenges.values()].find(({ answeredBy }) => answeredBy !== null)
    expect(statuses(course(analysis, tried?.url ?? ''))).toContain('valid')
    expect(statuses(course(analysis, only(analysis.authorizations)))).toEqual(['pending', 'valid'])
    expect(statuses(course(analysis, only(analysis.accounts)))).toEqual(['valid'])
    expect(courseOf(analysis, only(analysis.directories))).toBeNull()
    expect(courseOf(analysis, 'https://nowhere.test/')).toBeNull()
  })

  it('of a certificate, which is revoked', async () => {
    const { world, order } = await issued()
    world.wait(5000)
    world.revoke(order)
    const analysis = await analysisOf(world.facts)
    const { visits } = course(analysis, only(analysis.certificates))
    expect(visits).toMatchObject([
      { status: 'issued', step: { operation: 'certificate' } },
      { status: 'revoked', step: { operation: 'revokeCert' }, arrival: 'move' },
    ])
  })
})

describe('the answers that showed an object', () => {
  it('are all of them, those that repeat the one before told apart', async () => {
    const { world, order } = await issued({ until: 'order' })
    world.pollOrder(order)
    world.pollOrder(order, { answer: { body: (usual: object) => ({ ...usual, status: 'ready', extra: [1] }) } })
    const analysis = await analysisOf(world.facts)
    const answers = answersOf(analysis, only(analysis.orders))
    expect(answers.map(({ isRepeat }) => isRepeat)).toEqual([false, true, false])
    const [first, , last] = answers
    if (!first || !last) throw new Error('no answers')
    const compared = compareAnswers('order', first.wire, last.wire)
    expect(compared.changes).toBe(2)
    expect(compared.fields.filter(({ mark }) => mark !== 'same')).toMatchObject([
      {
        field: 'status',
        mark: 'changed',
        lines: [
          { text: 'pending', mark: 'removed' },
          { text: 'ready', mark: 'added' },
        ],
      },
      { field: 'extra', mark: 'added', explained: { registered: false } },
    ])
    expect(compareAnswers('order', null, last.wire).changes).toBe(0)
    expect(compareAnswers('order', last.wire, first.wire).fields.at(-1)).toMatchObject({
      field: 'extra',
      mark: 'removed',
    })
  })

  it('of a challenge are found in those of its authorization', async () => {
    const analysis = await analysisOf((await issued()).facts)
    const tried = [...analysis.challenges.values()].find(({ answeredBy }) => answeredBy !== null)
    const answers = answersOf(analysis, tried?.url ?? '')
    expect(new Set(answers.map(({ step }) => step.operation))).toEqual(new Set(['authorization', 'challenge']))
    expect(answers.every(({ wire }) => wire.url === tried?.url)).toBe(true)
  })

  it('compare authorizations challenge by challenge, whatever their order', () => {
    const challenge = (url: string, status: string) => ({ type: 'dns-01', url, status, token: 'x' })
    const { changes, fields } = compareAnswers(
      'authorization',
      { challenges: [challenge('a', 'pending'), challenge('b', 'pending')] },
      { challenges: [challenge('b', 'pending'), challenge('a', 'valid'), challenge('c', 'pending')] },
    )
    expect(changes).toBe(2)
    expect(fields[0]?.inside?.fields.map(({ mark, inside }) => [mark, inside?.changes])).toEqual([
      ['same', 0],
      ['same', 1],
      ['added', 1],
    ])
  })
})

it('a URL that belongs to an object leads to it, and the newest order is shown first', async () => {
  const { facts } = await issued()
  const analysis = await analysisOf(facts)
  const order = only(analysis.orders)
  expect(newestObject(analysis)).toBe(order)
  expect(objectAtOrAbove(analysis, analysis.orders.get(order)?.finalize ?? '')?.object.url).toBe(order)
})
