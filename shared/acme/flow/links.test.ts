import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { problem } from '../../../test/synthetic/world.ts'
import type { Analysis, Operation, Step } from '../model.ts'
import { linksOf } from './links.ts'

const first = ({ steps }: Analysis, operation: Operation): Step => {
  const step = steps.find((one) => one.operation === operation)
  if (!step) throw new Error(`the run has no ${operation}`)
  return step
}

/** `kind operation → operation` of each link. */
const told = (analysis: Analysis, step: Step): readonly string[] => {
  const operations = new Map(analysis.steps.map(({ exchange, operation }) => [exchange, operation]))
  return linksOf(analysis, step).map(({ kind, from, to }) => `${kind} ${operations.get(from)} → ${operations.get(to)}`)
}

describe('what ties a step to others', () => {
  it('is the nonce it spends and the one it gives, and what brought the thing it is about', async () => {
    const analysis = await analysisOf((await issued()).facts)
    expect(told(analysis, first(analysis, 'newOrder'))).toEqual([
      'nonce newAccount → newOrder',
      'nonce newOrder → authorization',
    ])
    expect(told(analysis, first(analysis, 'authorization'))).toContain('order newOrder → authorization')
    expect(told(analysis, first(analysis, 'challenge'))).toContain('challenge authorization → challenge')
    expect(told(analysis, first(analysis, 'dns.createRecord'))).toEqual(['challenge authorization → dns.createRecord'])
    expect(told(analysis, first(analysis, 'finalize'))).toContain('order newOrder → finalize')
    expect(told(analysis, first(analysis, 'certificate'))).toContain('certificate finalize → certificate')
  })

  it('is nothing for a step by itself, and never the step itself', async () => {
    const analysis = await analysisOf((await issued()).facts)
    expect(linksOf(analysis, first(analysis, 'directory'))).toEqual([])
    for (const step of analysis.steps)
      for (const { from, to } of linksOf(analysis, step)) {
        expect(from).not.toBe(to)
        expect([from, to]).toContain(step.exchange)
      }
  })

  it('is the refused request that is sent again', async () => {
    const { world } = await issued({ until: 'register' })
    const payload = { identifiers: [{ type: 'dns', value: 'example.test' }] }
    world.post(world.ca.urls.newOrder, payload, {}, () => problem('badNonce', 'JWS has an invalid anti-replay nonce'))
    world.order()
    const analysis = await analysisOf(world.facts)
    const again = analysis.steps.at(-1)
    if (!again) throw new Error('nothing was sent')
    expect(linksOf(analysis, again)).toContainEqual({
      kind: 'retry',
      from: analysis.steps.at(-2)?.exchange,
      to: again.exchange,
      words: 'was refused',
    })
  })
})
