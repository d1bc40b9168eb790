/** One finding beside the step it is about: what is wrong, what to do, and the way to all of it. */
import type { Analysis } from '../../shared/acme/model.ts'
import { sectionAddress } from '../../shared/acme/registry/outline.ts'
import type { Finding } from '../../shared/finding.ts'
import { citationOf, shortCitationOf } from '../../shared/reference.ts'
import { findingAddresses } from '../../shared/report/finding-address.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { SeverityIcon } from './finding-line.tsx'
import { Cure } from './finding-words.tsx'
import styles from './findings.module.css'
import { StepLines } from './step-lines.tsx'
import { useFindings } from './use-findings.ts'

interface CardProps {
  readonly finding: Finding
  readonly analysis: Analysis
}

export function FindingCard({ finding, analysis }: CardProps) {
  const { id, severity, title, explanation, fix, reference, consequenceOf, exchanges } = finding
  const address = findingAddresses(useFindings()).get(finding) ?? id
  return (
    <article className={styles.card} data-severity={severity} data-testid="finding-card" data-finding={id}>
      <header>
        <SeverityIcon severity={severity} />
        <h4>
          <WireText text={title} />
        </h4>
      </header>
      {consequenceOf !== null && (
        <p className={styles.cause}>
          Follows from{' '}
          <PlaceLink className={styles.link} to={{ view: 'findings', finding: consequenceOf }}>
            <code>{consequenceOf}</code>
          </PlaceLink>
        </p>
      )}
      <p>
        <WireText text={explanation} />
      </p>
      <div className={styles.cure}>
        <strong>What to do</strong> <Cure text={fix} />
      </div>
      {exchanges.length > 1 && <StepLines analysis={analysis} exchanges={exchanges} />}
      <footer>
        <PlaceLink
          className={styles.link}
          to={{ view: 'rfc', section: sectionAddress(reference) }}
          title={`${citationOf(reference)}, ${reference.title}`}
        >
          {shortCitationOf(reference)} {reference.title}
        </PlaceLink>
        <PlaceLink className={styles.link} to={{ view: 'findings', finding: address }}>
          All of it
        </PlaceLink>
      </footer>
    </article>
  )
}
