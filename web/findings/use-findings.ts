/** The findings of what is shown, judged once per analysis. */
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

export const useFindings = (): readonly Finding[] => findingsOf(useSession((session) => session.analysis))
