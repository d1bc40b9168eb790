/** The step of an exchange, found without walking over all of them. */
import type { Analysis, Step } from '../model.ts'

const tables = new WeakMap<Analysis, ReadonlyMap<string, Step>>()

/** Made once for each analysis, when somebody asks. */
export function stepsByExchange(analysis: Analysis): ReadonlyMap<string, Step> {
  const made = tables.get(analysis) ?? new Map(analysis.steps.map((step) => [step.exchange, step]))
  tables.set(analysis, made)
  return made
}

export const stepOf = (analysis: Analysis, exchange: string): Step | null =>
  stepsByExchange(analysis).get(exchange) ?? null
