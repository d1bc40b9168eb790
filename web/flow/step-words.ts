/** The words on an arrow, taken from the analysis. */
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { shownText } from '../../shared/shown-text.ts'

/** No row and no tip has room for more of a captured word. */
const MOST_SHOWN = 300

/** A captured word as what it is: in sight, and no longer than can be read. */
export const shown = (text: string): string => shownText(text.slice(0, MOST_SHOWN))

/** `newOrder`; the lane already says that a DNS operation is one. What no document names shows its path. */
export function operationLabel({ operation, url }: Pick<Step, 'operation' | 'url'>): string {
  if (operation === 'other') return shown(pathOf(url))
  return operation.startsWith('dns.') ? operation.slice('dns.'.length) : operation
}

export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

/** What the step is about: `TXT _acme-challenge.example.org`, `dns-01 *.example.org`, `example.org +2`. */
export const aboutStep = (analysis: Analysis, step: Step): string => shown(subjectIn(analysis, step))

function subjectIn(analysis: Analysis, step: Step): string {
  const [change] = step.changes
  if (change?.name) return [change.type, change.name].filter(Boolean).join(' ')
  const type = step.challenge === null ? null : analysis.challenges.get(step.challenge)?.type
  if (type && step.identifier !== null) return `${type} ${step.identifier}`
  return step.identifier ?? namesOfOrder(analysis, step.order)
}

function namesOfOrder(analysis: Analysis, order: string | null): string {
  const [first, ...others] = (order === null ? null : analysis.orders.get(order))?.identifiers ?? []
  if (first === undefined) return ''
  return others.length === 0 ? first.value : `${first.value} +${others.length}`
}
