import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

/** A page whose turns and frames the test brings about; each piece of work takes as long as it is told. */
function stage(took: number) {
  let now = 0
  let next: (() => void)[] = []
  let painted: (() => void)[] = []
  const done: number[] = []
  const turns = createTurns({
    now: () => now,
    next: (run) => next.push(run),
    painted: (run) => painted.push(run),
  })
  const add = (name: number) =>
    turns.add(() => {
      done.push(name)
      now += took
    })
  const turn = () => {
    const due = next
    next = []
    for (const run of due) run()
  }
  const paint = () => {
    const due = painted
    painted = []
    for (const run of due) run()
  }
  return { add, done, turn, paint, finish: turns.finish }
}

test('the first is done at once, and the rest waits until it is painted', () => {
  const { add, done, turn, paint } = stage(1)
  for (const name of [1, 2, 3]) add(name)
  turn()
  expect(done).toEqual([1])
  paint()
  expect(done).toEqual([1, 2, 3])
})

test('a turn ends when its time is up, and the next goes on in order', () => {
  const { add, done, turn, paint } = stage(5)
  for (const name of [1, 2, 3, 4, 5, 6]) add(name)
  paint()
  expect(done).toEqual([1, 2, 3])
  add(7)
  turn()
  expect(done).toEqual([1, 2, 3, 4, 5])
  turn()
  turn()
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('what comes later is taken in as well, and nothing twice', () => {
  const { add, done, turn, paint, finish } = stage(1)
  add(1)
  paint()
  add(2)
  turn()
  add(3)
  add(4)
  finish()
  turn()
  add(5)
  turn()
  expect(done).toEqual([1, 2, 3, 4, 5])
})
