/** What the recording exercised, as the outline and the sections show it. */
import { useMemo } from 'react'
import { type Coverage, coverageOf, sectionsOf } from '../../shared/acme/coverage/coverage.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { useSelected } from '../session/location.ts'
import { useSession } from '../session/session.ts'

export function useCoverage(): { readonly analysis: Analysis; readonly coverage: Coverage } {
  const analysis = useSession((session) => session.analysis)
  return useMemo(() => ({ analysis, coverage: coverageOf(analysis) }), [analysis])
}

const none: ReadonlySet<string> = new Set()

/** Citations of the sections that the step looked at exercised. */
export function useMarked(analysis: Analysis): ReadonlySet<string> {
  const selected = useSelected()
  return useMemo(() => {
    const step = selected === null ? undefined : analysis.steps.find(({ exchange }) => exchange === selected)
    return step ? new Set(sectionsOf(step, analysis)) : none
  }, [analysis, selected])
}
