import { beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../shared/exchange.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import type { Known, Query, Subject } from '../../shared/query/query.ts'
import { knownOf } from '../../test/asked.ts'
import { columnOf } from './columns.tsx'
import { type Scene, totalsOf } from './scene.ts'
import { judge, nextOrder, sortRows, subjectsOf, verdictsFor } from './sifting.ts'

let known: Known
let steps: readonly Subject[]
beforeAll(async () => {
  known = await knownOf('recordings/examples/traefik-letsencrypt-cloudflare.har')
  steps = subjectsOf(known.analysis)
})

const read = (text: string): Query => parseQuery(text).query ?? { kind: 'all' }
const scene: Scene = { lanes: new Map(), findings: new Map(), beginning: null, span: { from: 0, to: 1 } }

const connection = (sequence: number): Connection => ({
  kind: 'connection',
  id: `c${sequence}`,
  sequence,
  startedAt: '2024-04-15T22:44:00.000Z',
  client: { address: null, port: null },
  state: 'complete',
  outcome: 'unused',
  host: null,
  port: null,
})

test('connections stand among the exchanges by their number', () => {
  const connections = [connection(0.5), connection(3.5), connection(3.6), connection(99)]
  const all = subjectsOf({ ...known.analysis, connections })
  expect(all).toHaveLength(39)
  expect(all.map(({ sequence }) => sequence)).toEqual(all.map(({ sequence }) => sequence).toSorted((a, b) => a - b))
  expect(subjectsOf(known.analysis)).not.toBe(subjectsOf(known.analysis))
})

test('what was judged is not judged again, unless what the query asks of has changed', () => {
  const query = read('op:dns')
  const first = verdictsFor(query, known, null)
  expect(judge(first, steps.slice(0, 20), known, 1000)).toBe(true)
  let asked = 0
  const fits: typeof first.matcher.fits = (subject, among) => {
    asked++
    return first.matcher.fits(subject, among)
  }
  const counting = { ...first, matcher: { ...first.matcher, fits } }
  expect(judge(counting, steps, known, 1000)).toBe(true)
  expect(asked).toBe(15)
  expect(steps.filter((step) => first.known.get(step))).toHaveLength(7)

  const judgedAgain: Known = { ...known, findings: new Map() }
  expect(verdictsFor(query, judgedAgain, first)).toBe(first)
  const byFinding = verdictsFor(read('has:finding'), known, first)
  expect(byFinding).not.toBe(first)
  expect(verdictsFor(byFinding.query, known, byFinding)).toBe(byFinding)
  expect(verdictsFor(byFinding.query, judgedAgain, byFinding)).not.toBe(byFinding)
})

test('a slow query is judged a slice at a time', () => {
  const verdicts = verdictsFor(read('nas'), known, null)
  expect(judge(verdicts, steps, known, -1)).toBe(false)
  expect(judge(verdicts, steps, known, 1000)).toBe(true)
})

test('sorting down is sorting up backwards where no two are equal, and what has nothing there comes last', () => {
  const by = (id: string, descending: boolean) => sortRows(steps, columnOf(id), descending, scene)
  expect(by('time', true)).toEqual(by('time', false).toReversed())
  expect(by('sequence', false)).toBe(steps)
  expect(by('sequence', true)).toEqual(steps.toReversed())
  for (const descending of [false, true]) {
    const names = by('identifier', descending).map((row) => columnOf('identifier')?.text(row, scene))
    expect(names.indexOf('')).toBe(names.filter(Boolean).length)
  }
  expect(nextOrder({ column: 'time', descending: false }, 'time')).toEqual({ column: 'time', descending: true })
  expect(nextOrder({ column: 'time', descending: true }, 'size')).toEqual({ column: 'size', descending: false })
})

test('what is shown is added up', () => {
  const { exchanges, connections, bytes, span } = totalsOf([...steps, connection(40)])
  expect([exchanges, connections]).toEqual([35, 1])
  expect(bytes).toBeGreaterThan(20_000)
  expect(span.to - span.from).toBeGreaterThan(86_000)
})
