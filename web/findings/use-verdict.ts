/** What came of the recording, as far as it was judged. */
import { useMemo } from 'react'
import { type Verdict, verdictOf } from '../../shared/acme/verdict/verdict.ts'
import { useSession } from '../session/session.ts'
import { isOver } from './judging.ts'
import { useFindings } from './use-findings.ts'

export function useVerdict(): Verdict {
  const findings = useFindings()
  const over = useSession(isOver)
  // A recording that grows is judged now and then: between two judgements the verdict stays.
  return useMemo(() => verdictOf(useSession.getState().analysis, findings, over), [findings, over])
}
