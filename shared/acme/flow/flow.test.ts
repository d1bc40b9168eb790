import { beforeAll, describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { analyse, startAnalysis } from '../analyse.ts'
import type { Analysis } from '../model.ts'
import { type Flow, type FlowRow, toFlow } from './flow.ts'

const nothing = { open: new Set<string>() }

let analysis: Analysis
beforeAll(async () => {
  analysis = await analysisOf((await issued()).facts)
})

/** The run once more, with so many ms of silence before its last step. */
const withSilence = (ms: number): Analysis => {
  const [last] = analysis.steps.slice(-1)
  if (!last) throw new Error('the run is empty')
  const late = { ...last, time: new Date(Date.parse(last.time) + ms).toISOString() }
  return { ...analysis, steps: [...analysis.steps.slice(0, -1), late] }
}
const isGap = (row: FlowRow) => row.kind === 'gap'
const lastGap = (ms: number) => toFlow(withSilence(ms), nothing).rows.findLast(isGap)

describe('phases', () => {
  it('are bands that touch, begin with their own row and end with the diagram', () => {
    const { bands, rows, height } = toFlow(analysis, nothing)
    expect(bands.map(({ id }) => id)).toEqual(rows.filter(({ kind }) => kind === 'phase').map(({ id }) => id))
    for (const [index, band] of bands.entries()) {
      expect(rows.find(({ id }) => id === band.id)?.y).toBe(band.y)
      expect(band.y + band.height).toBe(bands[index + 1]?.y ?? height)
    }
  })
})

describe('a silence', () => {
  it('is the taller the longer it is, and never fills the window', () => {
    const heights = [2_000, 20_000, 200_000, 7_200_000].map((ms) => lastGap(ms)?.height ?? 0)
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
    expect(new Set(heights).size).toBe(heights.length)
    expect(lastGap(10 ** 12)?.height).toBeLessThan(150)
  })

  it('pushes down what follows by just its height', () => {
    const { rows } = toFlow(withSilence(200_000), nothing)
    for (const [index, row] of rows.entries()) expect(row.y + row.height).toBe(rows[index + 1]?.y ?? row.y + row.height)
  })
})

describe('a hidden lane', () => {
  const hiding = (...hidden: readonly string[]) => toFlow(analysis, { ...nothing, hidden: new Set(hidden) })
  const stepsIn = (rows: readonly FlowRow[]) =>
    rows.flatMap((row) => (row.kind === 'step' ? [row.step] : row.kind === 'poll' ? row.steps : []))

  it('leaves with every step from or to it; the others stay', () => {
    const { lanes, rows, exchanges } = hiding('dns:Cloudflare')
    expect(lanes.map(({ role }) => role)).toEqual(['client', 'ca'])
    const gone = analysis.steps.filter(({ to }) => to === 'dns:Cloudflare')
    expect(gone.length).toBeGreaterThan(0)
    expect(stepsIn(rows)).toHaveLength(analysis.steps.length - gone.length)
    expect(exchanges).toBe(analysis.steps.length - gone.length)
  })

  it('takes along what was inferred about it, instead of sending that somewhere else', () => {
    const inferred = (rows: readonly FlowRow[]) => rows.filter(({ kind }) => kind === 'inferred')
    expect(inferred(toFlow(analysis, nothing).rows)).not.toHaveLength(0)
    expect(inferred(hiding('dns:Cloudflare').rows)).toHaveLength(0)
  })

  it('may be the last that steps go to: then there is nothing to draw', () => {
    expect(hiding('client').rows).toEqual([])
  })
})

describe('a recording that grows', () => {
  it('is laid out as if it were whole, and takes over every row that is still the same', async () => {
    const decoded = analysis.steps.map((step) => step.decoded)
    let grown = startAnalysis()
    let before: Flow | null = null
    for (const one of decoded) {
      const { response: _, ...head } = one.head
      // In progress first, as it is recorded.
      for (const next of [{ ...one, head: { ...head, state: 'in progress' as const } }, one]) {
        grown = analyse(grown, [next])
        const flow: Flow = toFlow(grown, { ...nothing, before })
        expect(flow).toEqual(toFlow(grown, nothing))
        const known = new Set<FlowRow>(before?.rows)
        const same = flow.rows.filter((row) => known.has(row)).length
        // What the last exchange says may change its own row, what is inferred from it, and the poll it belongs to.
        expect(same).toBeGreaterThanOrEqual((before?.rows.length ?? 0) - 4)
        before = flow
      }
    }
  })
})
