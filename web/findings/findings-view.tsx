/** All findings: what came of it, why, and what to do; the worse before the milder, causes before what follows from them. */
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type Finding, SEVERITIES, type Severity } from '../../shared/finding.ts'
import { beneath, type Cause, toCauses } from '../../shared/report/checked.ts'
import { findingAddresses, findingAt } from '../../shared/report/finding-address.ts'
import { usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { Delayed } from '../theme/delayed.tsx'
import { CopyReport } from './copy-report.tsx'
import { FindingEntry } from './finding-entry.tsx'
import styles from './findings.module.css'
import { useJudgement } from './judging.ts'
import { OrderList } from './order-list.tsx'
import { useFindings } from './use-findings.ts'
import { useVerdict } from './use-verdict.ts'
import { VerdictBanner } from './verdict-banner.tsx'

type Filter = 'all' | Severity

const plural: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Remarks' }

/** So many at a time: a client that does everything wrong in a thousand ways is not read to the end. */
const PAGE = 40

function SeverityFilter({ findings, filter, choose }: FilterProps) {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0)
  if (counts.length < 2) return null
  return (
    <SegmentedControl
      size="xs"
      aria-label="Severity"
      value={filter}
      onChange={(value) => choose(value as Filter)}
      data={[
        { value: 'all', label: `All ${findings.length}` },
        ...counts.map(({ severity, count }) => ({ value: severity, label: `${plural[severity]} ${count}` })),
      ]}
    />
  )
}

interface FilterProps {
  readonly findings: readonly Finding[]
  readonly filter: Filter
  readonly choose: (filter: Filter) => void
}

const allIn = (cause: Cause): readonly Finding[] => [cause.finding, ...beneath(cause)]

/** Errors and warnings are read, remarks are there for whoever asks; a recording with nothing else is about its remarks. */
const isOpen = ({ finding }: Cause, at: number, isAlone: boolean): boolean =>
  isAlone || (finding.severity !== 'info' && at < 3)

export function FindingsView() {
  const findings = useFindings()
  const isJudged = useJudgement((judgement) => judgement.isJudged)
  const analysis = useSession((session) => session.analysis)
  const verdict = useVerdict()
  const { finding: address } = usePlace()
  const [filter, setFilter] = useState<Filter>('all')
  const [pages, setPages] = useState(1)
  const causes = useMemo(() => toCauses(findings), [findings])
  const addresses = findingAddresses(findings)
  const wanted = address === null ? null : findingAt(findings, address)
  const fitting =
    filter === 'all' ? causes : causes.filter((cause) => allIn(cause).some(({ severity }) => severity === filter))
  const upTo = Math.max(pages * PAGE, wanted ? fitting.findIndex((cause) => allIn(cause).includes(wanted)) + 1 : 0)
  if (!isJudged)
    return (
      <Delayed>
        <p className={styles.judging} role="status">
          Looking at what was recorded …
        </p>
      </Delayed>
    )
  return (
    <section className={styles.view} aria-label="Findings" data-testid="findings">
      <VerdictBanner verdict={verdict} addresses={addresses} />
      <OrderList verdict={verdict} />
      {findings.length > 0 && (
        <div className={styles.tools}>
          <SeverityFilter findings={findings} filter={filter} choose={setFilter} />
          <CopyReport about={null} />
        </div>
      )}
      <div className={styles.entries}>
        {fitting.slice(0, upTo).map((cause, at) => (
          <FindingEntry
            key={addresses.get(cause.finding)}
            cause={cause}
            analysis={analysis}
            addresses={addresses}
            wanted={wanted}
            isOpen={isOpen(cause, at, causes.length === 1)}
          />
        ))}
        {fitting.length > upTo && (
          <button type="button" className={styles.more} onClick={() => setPages(Math.ceil(upTo / PAGE) + 1)}>
            {Math.min(PAGE, fitting.length - upTo)} more of {fitting.length - upTo}
          </button>
        )}
      </div>
    </section>
  )
}
