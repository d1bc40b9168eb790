/** Recording, view and selection as the page's address holds them, so that a step can be linked. */
import { useSyncExternalStore } from 'react'

export interface Place {
  /** Null: the recording being written. */
  readonly recording: string | null
  readonly view: string
  readonly step: string | null
  /** URL of the order whose flow alone is drawn; null draws all. */
  readonly order: string | null
}

export const HOME_VIEW = 'flow'

/** `?recording=ID&view=exchanges&step=ID`; what is not there has its default. */
export function readPlace(search: string): Place {
  const query = new URLSearchParams(search)
  return {
    recording: query.get('recording'),
    view: query.get('view') ?? HOME_VIEW,
    step: query.get('step'),
    order: query.get('order'),
  }
}

/** The query of a place, defaults left out; begins with `?`, or is a bare path when nothing is left. */
export function writePlace({ recording, view, step, order }: Place): string {
  const query = new URLSearchParams()
  if (recording !== null) query.set('recording', recording)
  if (view !== HOME_VIEW) query.set('view', view)
  if (step !== null) query.set('step', step)
  if (order !== null) query.set('order', order)
  return query.size === 0 ? '.' : `?${query}`
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** Changes parts of the place. `replace`: without a step in the browser's history, as for each press of an arrow key. */
export function goTo(change: Partial<Place>, how: 'push' | 'replace' = 'push'): void {
  const before = readPlace(window.location.search)
  const after = { ...before, ...change }
  if (writePlace(after) === writePlace(before)) return
  const url = writePlace(after)
  if (how === 'push') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
  for (const listener of listeners) listener()
}

export function usePlace(): Place {
  const search = useSyncExternalStore(subscribe, () => window.location.search)
  return readPlace(search)
}

const currentStep = (): string | null => readPlace(window.location.search).step

/** Id of the exchange or connection looked at. */
export const useSelected = (): string | null => useSyncExternalStore(subscribe, currentStep)

/** Looks at a step; null looks at none. Moving by key leaves no trail in the history. */
export const select = (step: string | null, how: 'push' | 'replace' = 'push'): void => goTo({ step }, how)
