/** The findings of what is shown, judged once per analysis. */
import { useDeferredValue } from 'react'
import { check } from '../../shared/acme/checks/index.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import type { Finding } from '../../shared/finding.ts'
import { useSession } from '../session/session.ts'

interface Judged {
  readonly isOver: boolean
  readonly findings: readonly Finding[]
}

const judged = new WeakMap<Analysis, Judged>()

/** @param isOver nothing more will come: only then is what is missing missing */
export function findingsOf(analysis: Analysis, isOver: boolean): readonly Finding[] {
  const known = judged.get(analysis)
  if (known?.isOver === isOver) return known.findings
  const findings = check(analysis, isOver)
  judged.set(analysis, { isOver, findings })
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
  const isOver = useSession(({ state, recording }) => state === 'ready' || recording?.endedAt !== undefined)
  return findingsOf(useDeferredValue(useSession(({ analysis }) => analysis)), isOver)
}
