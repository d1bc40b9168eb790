/** Why nothing fits: which condition leaves nothing over. */
import { compile } from './match.ts'
import { printQuery } from './print.ts'
import type { Known, Query, Subject } from './query.ts'

export interface Excluding {
  /** The condition, as text. */
  readonly part: string
  /** The query without it. */
  readonly rest: string
  /** How many would fit then. */
  readonly without: number
  /** Whether nothing fits it even by itself. */
  readonly alone: boolean
}

function partsOf(query: Query): readonly Query[] {
  if (query.kind === 'all') return []
  return query.kind === 'and' ? query.parts : [query]
}

/** Of a query that nothing fits, the condition whose absence would let most in. One pass over the subjects. */
export function whatExcludes(query: Query, subjects: readonly Subject[], known: Known): Excluding | null {
  const parts = partsOf(query).map((part) => ({ part, fits: compile(part).fits, alone: true, without: 0 }))
  for (const subject of subjects) {
    const failing = parts.filter((one) => !one.fits(subject, known))
    for (const one of parts) if (!failing.includes(one)) one.alone = false
    const [only, ...others] = failing
    if (only && others.length === 0) only.without++
  }
  const most = parts.reduce((best, one) => (rank(one) > rank(best) ? one : best), parts[0] ?? NOTHING)
  if (most === NOTHING) return null
  const rest = parts.filter((one) => one !== most).map(({ part }) => part)
  return {
    part: printQuery(most.part),
    rest: rest.length === 0 ? '' : printQuery(rest.length > 1 ? { kind: 'and', parts: rest } : (rest[0] ?? ALL)),
    without: most.without,
    alone: most.alone,
  }
}

const ALL: Query = { kind: 'all' }
const NOTHING = { part: ALL, fits: () => true, alone: false, without: -1 }

/** What excludes everything by itself is to blame before what leaves nothing over among others. */
const rank = ({ alone, without }: { readonly alone: boolean; readonly without: number }): number =>
  without * 2 + (alone ? 1 : 0)
