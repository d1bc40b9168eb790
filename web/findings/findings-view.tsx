/** All findings: causes first, the worse before the milder, and beneath each what follows from it. */
import { IconCircleCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import { type Finding, SEVERITIES } from '../../shared/finding.ts'
import { type Cause, toCauses } from '../../shared/report/checked.ts'
import { useSession } from '../session/session.ts'
import { FindingCard } from './finding-card.tsx'
import styles from './findings.module.css'
import { useJudgement } from './judging.ts'
import { useFindings } from './use-findings.ts'

const plural: Readonly<Record<Finding['severity'], string>> = { error: 'errors', warning: 'warnings', info: 'remarks' }
const singular: Readonly<Record<Finding['severity'], string>> = { error: 'error', warning: 'warning', info: 'remark' }

/** `1 error, 2 warnings` */
export function tally(findings: readonly Finding[]): string {
  const counted = SEVERITIES.map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? null : `${count} ${count === 1 ? singular[severity] : plural[severity]}`
  })
  return counted.filter(Boolean).join(', ')
}

const None = () => (
  <div className={styles.none}>
    <IconCircleCheck size={28} stroke={1.4} aria-hidden="true" />
    <h2>Nothing to remark</h2>
    <p>Every exchange so far is as the documents ask.</p>
  </div>
)

const keyOf = ({ id, exchanges, object }: Finding): string => `${id} ${exchanges[0]} ${object}`

interface CausesProps {
  readonly causes: readonly Cause[]
  readonly analysis: Analysis
  /** They follow from the finding above them. */
  readonly isBeneath?: boolean
}

function Causes({ causes, analysis, isBeneath = false }: CausesProps) {
  return causes.map(({ finding, consequences }) => (
    <div key={keyOf(finding)}>
      <FindingCard finding={finding} analysis={analysis} isBeneath={isBeneath} />
      {consequences.length > 0 && (
        <section className={styles.consequences} aria-label={`What follows from ${finding.id}`}>
          <p>{consequences.length === 1 ? 'This follows from it:' : 'These follow from it:'}</p>
          <Causes causes={consequences} analysis={analysis} isBeneath />
        </section>
      )}
    </div>
  ))
}

export function FindingsView() {
  const findings = useFindings()
  const analysis = useSession((session) => session.analysis)
  const isJudged = useJudgement((judgement) => judgement.isJudged)
  const causes = useMemo(() => toCauses(findings), [findings])
  if (findings.length === 0) return isJudged ? <None /> : null
  return (
    <section className={styles.view} aria-label="Findings">
      <h2 className={styles.tally}>{tally(findings)}</h2>
      <Causes causes={causes} analysis={analysis} />
    </section>
  )
}
