/** The findings of what is shown. */
import type { Finding } from '../../shared/finding.ts'
import { useJudgement } from './judging.ts'

const rank = { error: 2, warning: 1, info: 0 } as const

const worstOf = new WeakMap<readonly Finding[], ReadonlyMap<string, Finding>>()

/** Exchange → the worst finding that shows first there; mere remarks left out. */
export function worstByExchange(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const known = worstOf.get(findings)
  if (known !== undefined) return known
  const worst = new Map<string, Finding>()
  for (const finding of findings) {
    const [exchange] = finding.exchanges
    if (exchange === undefined || finding.severity === 'info') continue
    const before = worst.get(exchange)
    if (before === undefined || rank[before.severity] < rank[finding.severity]) worst.set(exchange, finding)
  }
  worstOf.set(findings, worst)
  return worst
}

export const useFindings = (): readonly Finding[] => useJudgement(({ findings }) => findings)
