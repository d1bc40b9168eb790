// A client in a loop meets the same trouble many times a second. Each has a row, up to a few within some seconds; the last
// of them tells how many more there were, so that the recording stays readable and no number is lost.
import type { Untold } from './connections.ts'

export const MOST_ROWS = 10
export const WINDOW_MS = 10_000
/** Different troubles at once; with more, each has its row. */
const MOST_KEPT = 1_000

interface Window {
  rows: number
  /** The last one that has no row yet, and how many went before it. */
  held: Untold | null
  unwritten: number
}

export interface Repeats {
  readonly tell: (connection: Untold) => void
  /** Tells what is held back. */
  readonly flush: () => void
}

/** @param window ms */
export function limitRepeats(onConnection: (connection: Untold) => void, window = WINDOW_MS): Repeats {
  const windows = new Map<string, Window>()
  const close = (key: string, { held, unwritten }: Window): void => {
    windows.delete(key)
    if (held) onConnection(unwritten > 0 ? { ...held, unwritten } : held)
  }
  return {
    tell(connection) {
      const key = keyOf(connection)
      const known = windows.get(key)
      if (known === undefined) {
        onConnection(connection)
        if (windows.size >= MOST_KEPT) return
        const opened: Window = { rows: 1, held: null, unwritten: 0 }
        windows.set(key, opened)
        setTimeout(() => windows.get(key) === opened && close(key, opened), window).unref()
      } else if (known.rows < MOST_ROWS) {
        known.rows++
        onConnection(connection)
      } else {
        if (known.held) known.unwritten++
        known.held = connection
      }
    },
    flush: () => {
      for (const [key, each] of windows) close(key, each)
    },
  }
}

const keyOf = ({ client, outcome, host, port, failure }: Untold): string =>
  [client.address, outcome, host, port, failure?.code].join('\n')
