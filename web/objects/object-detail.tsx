/** Everything about one object. */
import { useEffect, useMemo, useRef } from 'react'
import { courseOf } from '../../shared/acme/course/course.ts'
import type { Found } from '../../shared/acme/course/found.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { FindingCard } from '../findings/finding-card.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { AccountFacts } from './account-facts.tsx'
import { AuthorizationFacts } from './authorization-facts.tsx'
import { CertificateChain, CertificateFacts } from './certificate-facts.tsx'
import { ChallengeFacts } from './challenge-facts.tsx'
import { DirectoryFacts } from './directory-facts.tsx'
import { MachinePanel } from './machine-panel.tsx'
import { ObjectHead } from './object-head.tsx'
import styles from './objects.module.css'
import { OrderFacts } from './order-facts.tsx'
import { VisitsTable } from './visits-table.tsx'
import { WirePanel } from './wire-panel.tsx'

interface DetailProps {
  readonly analysis: Analysis
  readonly found: Found
}

/** What only objects of its kind have. */
function OwnFacts({ analysis, found }: DetailProps) {
  switch (found.kind) {
    case 'directory':
      return <DirectoryFacts analysis={analysis} directory={found.object} />
    case 'account':
      return <AccountFacts analysis={analysis} account={found.object} />
    case 'order':
      return <OrderFacts analysis={analysis} order={found.object} />
    case 'authorization':
      return <AuthorizationFacts analysis={analysis} authorization={found.object} />
    case 'challenge':
      return <ChallengeFacts analysis={analysis} challenge={found.object} />
    case 'certificate':
      return <CertificateFacts analysis={analysis} certificate={found.object} />
  }
}

/** What we have to say of this very object. */
function Findings({ analysis, url }: { analysis: Analysis; url: string }) {
  const all = useFindings()
  const own = useMemo(() => all.filter(({ object }) => object === url), [all, url])
  return own.map((finding) => <FindingCard key={finding.id} finding={finding} analysis={analysis} />)
}

export function ObjectDetail({ analysis, found }: DetailProps) {
  const { kind, object } = found
  const course = useMemo(() => courseOf(analysis, object.url), [analysis, object.url])
  const article = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another object is read from its top
  useEffect(() => {
    article.current?.scrollTo(0, 0)
  }, [object.url])
  return (
    <article ref={article} className={styles.detail} aria-label="The object" data-testid="object" data-kind={kind}>
      <ObjectHead analysis={analysis} found={found} />
      <div className={styles.body}>
        {course && <MachinePanel course={course} />}
        {course && <VisitsTable course={course} />}
        <div className={styles.columns} data-kind={kind}>
          <div className={styles.wire}>
            {kind === 'certificate' ? (
              <CertificateChain certificate={object} />
            ) : (
              <WirePanel key={object.url} analysis={analysis} kind={kind} url={object.url} />
            )}
          </div>
          <div className={styles.facts}>
            <Findings analysis={analysis} url={object.url} />
            <OwnFacts analysis={analysis} found={found} />
          </div>
        </div>
      </div>
    </article>
  )
}
