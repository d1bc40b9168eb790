/** What the checks look things up in: the analysis, and tables made in one pass over it when the first check asks. */
import type { Analysis, Operation, Step } from '../model.ts'

export interface Evidence {
  readonly analysis: Analysis
  /** The step of an exchange. */
  readonly stepOf: (exchange: string) => Step | undefined
  /** Steps that asked for this URL, in order. */
  readonly stepsAt: (url: string) => readonly Step[]
  /** Steps of an order, its authorizations, its challenges and its records, in order. */
  readonly stepsOfOrder: (order: string) => readonly Step[]
  /** Steps that did this, in order. */
  readonly stepsDoing: (operation: Operation) => readonly Step[]
}

export function gather(analysis: Analysis): Evidence {
  const { steps } = analysis
  const byExchange = once(() => new Map(steps.map((step) => [step.exchange, step])))
  const byUrl = once(() => grouped(steps, ({ url }) => url))
  const byOrder = once(() => grouped(steps, ({ order }) => order ?? ''))
  const byOperation = once(() => grouped(steps, ({ operation }) => operation))
  return {
    analysis,
    stepOf: (exchange) => byExchange().get(exchange),
    stepsAt: (url) => byUrl().get(url) ?? [],
    stepsOfOrder: (order) => (order === '' ? [] : (byOrder().get(order) ?? [])),
    stepsDoing: (operation) => byOperation().get(operation) ?? [],
  }
}

function grouped(steps: readonly Step[], keyOf: (step: Step) => string): ReadonlyMap<string, readonly Step[]> {
  const groups = new Map<string, Step[]>()
  for (const step of steps) {
    const group = groups.get(keyOf(step))
    if (group) group.push(step)
    else groups.set(keyOf(step), [step])
  }
  return groups
}

/** Computed when it is asked for first, and kept. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}
