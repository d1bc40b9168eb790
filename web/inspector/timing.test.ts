import { beforeAll, expect, test } from 'vitest'
import type { Analysis } from '../../shared/acme/model.ts'
import { analysisOf } from '../../test/synthetic/judge.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { headerBytes, neighbourOf, positionOf, stagesOf, wholeOf } from './timing.ts'

let analysis: Analysis

beforeAll(async () => {
  analysis = await analysisOf((await issued()).facts)
})

test('stages follow one another, and what belongs to none is said', () => {
  expect(stagesOf({ send: 1, wait: 20, receive: 4, total: 30 }).map(({ id, from, ms }) => [id, from, ms])).toEqual([
    ['send', 0, 1],
    ['wait', 1, 20],
    ['receive', 21, 4],
    ['rest', 25, 5],
  ])
})

test('a stage that nobody measured has no length', () => {
  const stages = stagesOf({ wait: 20, total: 20.5 })
  expect(stages.map(({ ms }) => ms)).toEqual([null, 20, null])
  expect(wholeOf({})).toBeNull()
  expect(wholeOf({ wait: 20 })).toBe(20)
  expect(stagesOf({ wait: Number.NaN, send: -5 }).map(({ ms }) => ms)).toEqual([0, null, null])
})

test('a step has its place in the recording, and its neighbours of the same client', () => {
  const [first, second] = analysis.steps
  const last = analysis.steps.at(-1)
  if (!first || !second || !last) throw new Error('no steps')
  expect(positionOf(analysis, first)).toMatchObject({ start: 0 })
  const place = positionOf(analysis, last)
  expect(place?.end).toBe(place?.span)
  expect(neighbourOf(analysis, first, 'before')).toBeNull()
  expect(neighbourOf(analysis, first, 'after')?.step).toBe(second)
  expect(neighbourOf(analysis, second, 'before')?.step).toBe(first)
})

test('headers are as long as HTTP/1.1 would write them', () => {
  expect(headerBytes([['A', 'b']])).toBe('A: b\r\n'.length)
})
