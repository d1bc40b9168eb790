import { beforeAll, expect, test } from 'vitest'
import type { Analysis } from '../../shared/acme/model.ts'
import { analysisOf } from '../../test/synthetic/judge.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { neighboursOf, shownAt, stepAt } from './fact-index.ts'

let analysis: Analysis

beforeAll(async () => {
  const { world, facts } = await issued({ until: 'order' })
  world.connection({ host: 'elsewhere.test' })
  analysis = await analysisOf(facts)
})

test('steps and connections are found by their id, in one order', () => {
  const [connection] = analysis.connections
  const last = analysis.steps.at(-1)
  if (!connection || !last) throw new Error('nothing recorded')
  expect(shownAt(analysis, connection.id)).toEqual({ kind: 'connection', connection })
  expect(stepAt(analysis, connection.id)).toBeNull()
  expect(stepAt(analysis, last.exchange)).toBe(last)
  expect(neighboursOf(analysis, connection.id)).toEqual({ before: last.exchange, after: null })
  expect(neighboursOf(analysis, analysis.steps[0]?.exchange ?? '').before).toBeNull()
})

test('what is not there is nowhere', () => {
  for (const id of ['', '__proto__', null, undefined]) expect(shownAt(analysis, id)).toBeNull()
  expect(neighboursOf(analysis, 'nobody')).toEqual({ before: null, after: null })
})
