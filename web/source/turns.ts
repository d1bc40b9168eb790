/** What arrives faster than it can be taken in is taken in order, a little at a time, with room for keys and frames between. */

export interface Turns {
  add(work: () => void): void
  /** Does at once what is left. */
  finish(): void
}

/** What a page offers, so that a test can play it. */
export interface Clock {
  /** ms */
  now(): number
  /** Soon. */
  next(run: () => void): void
  /** When the next frame is painted. */
  painted(run: () => void): void
}

/** One turn; a piece of work that is begun is ended. */
const TURN_MS = 8
/** A hidden page paints no frames. */
const HIDDEN_FRAME_MS = 50

function pageClock(): Clock {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => waiting.shift()?.()
  return {
    now: () => performance.now(),
    next: (run) => {
      waiting.push(run)
      port2.postMessage(null)
    },
    painted: (run) =>
      void (document.hidden ? setTimeout(run, HIDDEN_FRAME_MS) : requestAnimationFrame(() => setTimeout(run))),
  }
}

/** The first is done at once and painted before the second is begun: it is what the first screen shows. */
export function createTurns(clock: Clock = pageClock()): Turns {
  let todo: (() => void)[] = []
  let isFirst = true
  let isDue = false
  const run = () => {
    isDue = false
    const until = clock.now() + TURN_MS
    try {
      do todo.shift()?.()
      while (todo.length > 0 && clock.now() < until)
    } finally {
      plan()
    }
  }
  const plan = () => {
    if (isDue || todo.length === 0) return
    isDue = true
    clock.next(run)
  }
  return {
    add: (work) => {
      if (isFirst) {
        isFirst = false
        isDue = true
        clock.painted(run)
        return work()
      }
      todo.push(work)
      plan()
    },
    finish: () => {
      const left = todo
      todo = []
      for (const work of left) work()
    },
  }
}
