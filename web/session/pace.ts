/** How often what arrives is drawn: the first at once, and then never so often that the page does little else. */

export interface Pace {
  /** Draws in one of the next frames. */
  soon(): void
  /** Draws now what is still to be drawn. */
  now(): void
}

/** What a page offers, so that a test can play it. */
export interface Clock {
  /** ms */
  now(): number
  /** Before the next frame is painted, or soon in a page that paints none. */
  frame(run: () => void): void
  after(ms: number, run: () => void): void
}

/** A hidden page paints no frames. */
const HIDDEN_FRAME_MS = 50

const page: Clock = {
  now: () => performance.now(),
  frame: (run) => void (document.hidden ? setTimeout(run, HIDDEN_FRAME_MS) : requestAnimationFrame(run)),
  after: (ms, run) => void setTimeout(run, ms),
}

/** Between two drawings the page does other things for as many times what the last one took, at most so many ms. */
const PAUSE = 1.5
const LONGEST_PAUSE_MS = 500

/** @param draw draws all there is; what it sets off until the next frame is counted as its own */
export function createPace(draw: () => void, clock: Clock = page): Pace {
  let isDue = false
  let isResting = false
  const run = () => {
    if (!isDue) return
    isDue = false
    isResting = true
    const from = clock.now()
    draw()
    clock.frame(() => clock.after(Math.min(LONGEST_PAUSE_MS, (clock.now() - from) * PAUSE), wake))
  }
  const wake = () => {
    isResting = false
    if (isDue) clock.frame(run)
  }
  return {
    soon: () => {
      if (isDue) return
      isDue = true
      if (!isResting) clock.frame(run)
    },
    now: run,
  }
}
