/** The documents beside the recording: their outline on the left, one section on the right. */
import { useMemo } from 'react'
import { toGroups } from '../../shared/acme/coverage/outline-groups.ts'
import { sectionAt } from '../../shared/acme/registry/outline.ts'
import { usePlace } from '../session/location.ts'
import { Outline } from './outline.tsx'
import { OverviewPane } from './overview-pane.tsx'
import styles from './rfc.module.css'
import { SectionPane } from './section-pane.tsx'
import { Summary } from './summary.tsx'
import { useCoverage, useMarked } from './use-coverage.ts'

export function RfcView() {
  const { analysis, coverage } = useCoverage()
  const { section: address } = usePlace()
  const marked = useMarked(analysis)
  const groups = useMemo(() => toGroups(coverage), [coverage])
  const current = address === null ? null : sectionAt(address)
  return (
    <section className={styles.view} aria-label="RFC 8555" data-testid="rfc">
      <Summary groups={groups} coverage={coverage} />
      <div className={styles.panes}>
        <Outline groups={groups} coverage={coverage} current={current} marked={marked} />
        {current ? (
          <SectionPane key={current.cite} section={current} analysis={analysis} coverage={coverage} />
        ) : (
          <OverviewPane groups={groups} coverage={coverage} unknown={address} />
        )}
      </div>
    </section>
  )
}
