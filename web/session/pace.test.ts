import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

/** A page in which a frame comes every 16 ms and drawing takes as long as it is told. */
function stage(drawing: number) {
  let now = 0
  let waiting: { readonly at: number; readonly run: () => void }[] = []
  const drawn: number[] = []
  const after = (ms: number, run: () => void) => void waiting.push({ at: now + ms, run })
  const clock = { now: () => now, after, frame: (run: () => void) => after(16 - (now % 16), run) }
  const pace = createPace(() => {
    drawn.push(now)
    now += drawing
  }, clock)
  const passUntil = (end: number) => {
    for (;;) {
      const [next] = waiting.toSorted((a, b) => a.at - b.at)
      if (!next || next.at > end) break
      waiting = waiting.filter((one) => one !== next)
      now = Math.max(now, next.at)
      next.run()
    }
    now = Math.max(now, end)
  }
  return { pace, drawn, passUntil }
}

test('the first is drawn in the next frame, and nothing is drawn twice', () => {
  const { pace, drawn, passUntil } = stage(0)
  pace.soon()
  pace.soon()
  passUntil(100)
  expect(drawn).toEqual([16])
})

test.each([4, 40, 200])('drawing that takes %i ms leaves the page half of its time', (drawing) => {
  const { pace, drawn, passUntil } = stage(drawing)
  for (let at = 0; at < 4000; at += 5) {
    pace.soon()
    passUntil(at)
  }
  expect(drawn.length).toBeGreaterThan(3)
  expect(drawn.length * drawing).toBeLessThan(2000)
})

test('what is asked for while it rests is drawn afterwards', () => {
  const { pace, drawn, passUntil } = stage(40)
  pace.soon()
  passUntil(20)
  pace.soon()
  passUntil(1000)
  expect(drawn).toHaveLength(2)
})

test('now draws at once, and only what is still to be drawn', () => {
  const { pace, drawn, passUntil } = stage(0)
  pace.now()
  expect(drawn).toEqual([])
  pace.soon()
  pace.now()
  passUntil(100)
  expect(drawn).toEqual([0])
})
