/** Which exchanges the table shows, in which order. */
import type { Step } from '../../shared/acme/model.ts'
import { citationOf } from '../../shared/reference.ts'
import { columns } from './columns.ts'

export interface Order {
  readonly column: string
  readonly descending: boolean
}

export const FIRST_ORDER: Order = { column: 'sequence', descending: false }

/** Everything of a step that a person may look for, in lower case. */
const haystack = (step: Step): string =>
  [
    step.method,
    step.url,
    step.operation,
    step.status,
    step.objectStatus,
    step.identifier,
    step.problem?.type,
    step.summary,
    ...step.references.flatMap((reference) => [citationOf(reference), reference.title]),
  ]
    .join(' ')
    .toLowerCase()

/** Steps that hold every word of the filter. */
export function filterSteps(steps: readonly Step[], filter: string): readonly Step[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return steps
  return steps.filter((step) => {
    const text = haystack(step)
    return words.every((word) => text.includes(word))
  })
}

/** Sorted by one column, then by sequence; the given list where that is its order already. */
export function sortSteps(steps: readonly Step[], { column, descending }: Order): readonly Step[] {
  const by = columns.find(({ id }) => id === column)?.sortBy
  if (by === undefined || (column === FIRST_ORDER.column && !descending)) return steps
  const sign = descending ? -1 : 1
  return steps.toSorted((a, b) => sign * compare(by(a), by(b)) || a.sequence - b.sequence)
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The same column again turns its order round; another starts with its smallest. */
export const nextOrder = (order: Order, column: string): Order =>
  order.column === column ? { column, descending: !order.descending } : { column, descending: false }
