/** What the checks look things up in: the analysis, and tables made in one pass over it when the first check asks. */
import { nameOfClient } from '../clients.ts'
import { grouped } from '../grouped.ts'
import type { Analysis, Operation, Step } from '../model.ts'

export interface Evidence {
  readonly analysis: Analysis
  /** Nothing more will come. While a recording grows, what is missing may come yet. */
  readonly isOver: boolean
  /** What people call the client of a step: `certbot 2.11.0`. */
  readonly clientOf: (step: Pick<Step, 'from'>) => string
  /** The step of an exchange. */
  readonly stepOf: (exchange: string) => Step | undefined
  /** Steps that asked for this URL, in order. */
  readonly stepsAt: (url: string) => readonly Step[]
  /** Steps of an order, its authorizations, its challenges and its records, in order. */
  readonly stepsOfOrder: (order: string) => readonly Step[]
  /** Steps that did this, in order. */
  readonly stepsDoing: (operation: Operation) => readonly Step[]
  /** The last request of the same client to the same URL that was done, if it came after this one. */
  readonly succeededAfter: (step: Step) => Step | undefined
}

export function gather(analysis: Analysis, isOver: boolean): Evidence {
  const { steps } = analysis
  const byExchange = once(() => new Map(steps.map((step) => [step.exchange, step])))
  const byUrl = once(() => grouped(steps, ({ url }) => url))
  const byOrder = once(() => grouped(steps, ({ order }) => order ?? ''))
  const byOperation = once(() => grouped(steps, ({ operation }) => operation))
  const successes = once(() => new Map(steps.filter(isDone).map((step) => [whoAndWhere(step), step])))
  return {
    analysis,
    isOver,
    clientOf: ({ from }) => nameOfClient(analysis.index.clients, from),
    stepOf: (exchange) => byExchange().get(exchange),
    stepsAt: (url) => byUrl().get(url) ?? [],
    stepsOfOrder: (order) => (order === '' ? [] : (byOrder().get(order) ?? [])),
    stepsDoing: (operation) => byOperation().get(operation) ?? [],
    succeededAfter: (step) => {
      const last = successes().get(whoAndWhere(step))
      return last && last.sequence > step.sequence ? last : undefined
    },
  }
}

const isDone = ({ status }: Step): boolean => status !== null && status >= 200 && status < 300
const whoAndWhere = ({ from, url }: Step): string => `${from} ${url}`

/** Computed when it is asked for first, and kept. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}
