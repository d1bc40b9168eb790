import { describe, expect, it } from 'vitest'
import { courseOf } from '../../shared/acme/course/course.ts'
import { analysisOf } from '../../test/synthetic/judge.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { courseInWords, drawMachine } from './machine-drawing.ts'

/** An order whose status is shown as these, one after the other. */
async function order(...statuses: readonly string[]) {
  const { world, order } = await issued({ until: 'order' })
  for (const status of statuses) {
    world.wait(1000)
    world.pollOrder(order, { answer: { body: (usual: object) => ({ ...usual, status }) } })
  }
  const analysis = await analysisOf(world.facts)
  const course = courseOf(analysis, [...analysis.orders.keys()][0] ?? '')
  if (!course) throw new Error('no course')
  return course
}

describe('a course that is drawn', () => {
  it('has what was taken over what was not, and words for both', async () => {
    const { moves, states } = drawMachine(await order('processing', 'valid'))
    expect(moves.map(({ role }) => role)).toEqual([...Array(4).fill('possible'), 'implied', 'implied', 'taken'])
    expect(moves.at(-1)).toMatchObject({ label: expect.stringMatching(/^3 · 12:00:0\d$/) })
    expect(moves.at(-1)?.words).toBe('processing → valid when the certificate is issued. It happened here.')
    expect(states.map(({ status, role }) => `${status} ${role}`)).toEqual([
      'pending visited',
      'ready implied',
      'processing visited',
      'valid visited',
      'invalid possible',
    ])
    expect(states.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ status: 'valid' }])
  })

  it('is told in one line', async () => {
    expect(courseInWords(await order('processing', 'valid'))).toMatch(
      /^pending → \(ready\) → processing → valid, in \d\.\d s$/,
    )
    expect(courseInWords(await order('pending'))).toBe('pending: some name is not proven yet')
    expect(courseInWords(await order('x'.repeat(100)))).toMatch(/^pending → x{40}…, in/)
  })

  it('shows a move that no document allows as one', async () => {
    const { moves } = drawMachine(await order('processing', 'pending'))
    expect(moves.at(-1)).toMatchObject({ role: 'wrong', words: 'processing → pending: No document allows this move.' })
  })
})
