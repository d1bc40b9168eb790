/** All findings, causes first, the worse before the milder. */
import { IconCircleCheck } from '@tabler/icons-react'
import { type Finding, SEVERITIES } from '../../shared/finding.ts'
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

export function FindingsView() {
  const findings = useFindings()
  const analysis = useSession((session) => session.analysis)
  const isJudged = useJudgement((judgement) => judgement.isJudged)
  if (findings.length === 0) return isJudged ? <None /> : null
  const titleOf = (id: string | null) => findings.find((finding) => finding.id === id)?.title ?? null
  return (
    <section className={styles.view} aria-label="Findings">
      <h2 className={styles.tally}>{tally(findings)}</h2>
      {findings.map((finding) => (
        <FindingCard
          key={`${finding.id} ${finding.exchanges[0]} ${finding.object}`}
          finding={finding}
          analysis={analysis}
          cause={titleOf(finding.consequenceOf)}
        />
      ))}
    </section>
  )
}
