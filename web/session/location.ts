/** Recording, view and selection as the page's address holds them, so that a step can be linked. */
import { useSyncExternalStore } from 'react'

export interface Place {
  /** Null: the recording being written. */
  readonly recording: string | null
  readonly view: string
  /** The exchange or connection looked at. */
  readonly step: string | null
  /** URL of the order whose flow alone is drawn; null draws all. */
  readonly order: string | null
  /** Ids of the lanes that the diagram leaves out, one a line; null draws them all. */
  readonly hide: string | null
  /** What the exchanges are searched for; empty for all. */
  readonly query: string
  /** What all recordings are searched for; empty for nothing. */
  readonly find: string
  /** URL of the account, order, authorization, challenge or certificate looked at. */
  readonly object: string | null
  /** `7.4`, or `RFC 9773 4.1` of another document. */
  readonly section: string | null
  /** `dns.txt-mismatch@exchange`, or its kind alone. */
  readonly finding: string | null
  /** The inspector's tab; null for its first. */
  readonly panel: string | null
}

export const HOME_VIEW = 'flow'

const NOWHERE: Place = {
  recording: null,
  view: HOME_VIEW,
  step: null,
  order: null,
  hide: null,
  query: '',
  find: '',
  object: null,
  section: null,
  finding: null,
  panel: null,
}

/** What each part is called in the address. */
const names: readonly (readonly [keyof Place, string])[] = [
  ['recording', 'recording'],
  ['view', 'view'],
  ['order', 'order'],
  ['hide', 'hide'],
  ['query', 'q'],
  ['find', 'find'],
  ['object', 'object'],
  ['section', 'section'],
  ['finding', 'finding'],
  ['step', 'step'],
  ['panel', 'panel'],
]

/** `?recording=ID&view=exchanges&step=ID`; what is not there has its default. */
export function readPlace(search: string): Place {
  const query = new URLSearchParams(search)
  const given = names.flatMap(([part, name]) => (query.has(name) ? [[part, query.get(name)]] : []))
  return { ...NOWHERE, ...Object.fromEntries(given) }
}

/** The query of a place, defaults left out; begins with `?`, or is a bare path when nothing is left. */
export function writePlace(place: Place): string {
  const query = new URLSearchParams()
  for (const [part, name] of names) {
    const value = place[part]
    if (value !== null && value !== NOWHERE[part]) query.set(name, value)
  }
  return query.size === 0 ? '.' : `?${query}`
}

/** Another recording: nothing of what was looked at in this one is there. */
export const atRecording = (recording: string | null): Partial<Place> => ({
  recording,
  step: null,
  order: null,
  hide: null,
  query: '',
  object: null,
  finding: null,
})

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

/** The address of the place that this one is with some parts changed, for a link that can be opened in a tab of its own. */
export const hrefOf = (change: Partial<Place>): string =>
  writePlace({ ...readPlace(window.location.search), ...change })

export function usePlace(): Place {
  const search = useSyncExternalStore(subscribe, () => window.location.search)
  return readPlace(search)
}

/** Asked by each row whenever one is selected: read once. */
let lastRead = { search: '', step: NOWHERE.step }

function currentStep(): string | null {
  const { search } = window.location
  if (search !== lastRead.search) lastRead = { search, step: readPlace(search).step }
  return lastRead.step
}

/** Id of the exchange or connection looked at. */
export const useSelected = (): string | null => useSyncExternalStore(subscribe, currentStep)

/** Whether it is one of these: who asks is drawn anew only when that changes. */
export const useIsSelected = (...ids: readonly string[]): boolean =>
  useSyncExternalStore(subscribe, () => ids.includes(currentStep() ?? ''))

/** Looks at a step; null looks at none. Moving by key leaves no trail in the history. */
export const select = (step: string | null, how: 'push' | 'replace' = 'push'): void => goTo({ step }, how)
