/** Steps and connections by their id, and what comes before and after one. */
import type { Analysis, Step } from '../../shared/acme/model.ts'
import type { Connection } from '../../shared/exchange.ts'

export type Shown =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'connection'; readonly connection: Connection }

interface Index {
  readonly shown: readonly Shown[]
  readonly places: ReadonlyMap<string, number>
}

/** An analysis is another object when it has grown. */
const indexes = new WeakMap<Analysis, Index>()

const idOf = (one: Shown): string => (one.kind === 'step' ? one.step.exchange : one.connection.id)
const sequenceOf = (one: Shown): number => (one.kind === 'step' ? one.step : one.connection).sequence

function indexOf(analysis: Analysis): Index {
  const known = indexes.get(analysis)
  if (known !== undefined) return known
  const steps = analysis.steps.map((step): Shown => ({ kind: 'step', step }))
  const connections = analysis.connections.map((connection): Shown => ({ kind: 'connection', connection }))
  const shown =
    connections.length === 0 ? steps : [...steps, ...connections].sort((a, b) => sequenceOf(a) - sequenceOf(b))
  const index = { shown, places: new Map(shown.map((one, place) => [idOf(one), place])) }
  indexes.set(analysis, index)
  return index
}

/** Null for what is not in the recording, or not yet. */
export function shownAt(analysis: Analysis, id: string | null | undefined): Shown | null {
  if (id === null || id === undefined) return null
  const { shown, places } = indexOf(analysis)
  return shown[places.get(id) ?? -1] ?? null
}

export function stepAt(analysis: Analysis, id: string | null | undefined): Step | null {
  const found = shownAt(analysis, id)
  return found?.kind === 'step' ? found.step : null
}

/** Ids of what was recorded before and after it; null at the ends. */
export function neighboursOf(
  analysis: Analysis,
  id: string,
): { readonly before: string | null; readonly after: string | null } {
  const { shown, places } = indexOf(analysis)
  const place = places.get(id) ?? -1
  const at = (one: Shown | undefined): string | null => (one === undefined ? null : idOf(one))
  return place < 0 ? { before: null, after: null } : { before: at(shown[place - 1]), after: at(shown[place + 1]) }
}
