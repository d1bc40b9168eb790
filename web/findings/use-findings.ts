/** The findings of what is shown, judged once per analysis. */
import { useDeferredValue } from 'react'
import { check } from '../../shared/acme/checks/index.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import type { Finding } from '../../shared/finding.ts'
import { useSession } from '../session/session.ts'

const judged = new WeakMap<Analysis, readonly Finding[]>()

export function findingsOf(analysis: Analysis): readonly Finding[] {
  const known = judged.get(analysis)
  if (known !== undefined) return known
  const findings = check(analysis)
  judged.set(analysis, findings)
  return findings
}

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

/** Judged when the page has time for it, so that a burst of exchanges is drawn first. */
export function useFindings(): readonly Finding[] {
  return findingsOf(useDeferredValue(useSession((session) => session.analysis)))
}
