/** Queries made by pointing: one more condition, or one less. */
import { printQuery } from './print.ts'
import type { Query, Sign } from './query.ts'

export interface Asked {
  readonly field: string
  readonly sign: Sign
  readonly value: string
}

const partsOf = (query: Query): readonly Query[] => {
  if (query.kind === 'all') return []
  return query.kind === 'and' ? query.parts : [query]
}

/**
 * The query with one more condition, or with that condition turned round. Its opposite goes, since both together fit
 * nothing; what is there already stays once.
 */
export function withCondition(query: Query, asked: Asked, isWanted: boolean): string {
  const term: Query = { kind: 'term', ...asked, from: 0, to: 0 }
  const [added, opposite] = isWanted ? [term, turned(term)] : [turned(term), term]
  const [text, gone] = [printQuery(added), printQuery(opposite)]
  const kept = partsOf(query).filter((part) => ![text, gone].includes(printQuery(part)))
  return kept.length === 0 ? text : printQuery({ kind: 'and', parts: [...kept, added] })
}

const turned = (part: Query): Query => ({ kind: 'not', part })
