/** One finding: what is wrong, why, what to do, where it is written, where it shows. */
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { Analysis } from '../../shared/acme/model.ts'
import type { Finding, Severity } from '../../shared/finding.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { StepLink } from '../inspector/facts.tsx'
import styles from './findings.module.css'

const icons: Readonly<Record<Severity, typeof IconInfoCircle>> = {
  error: IconCircleX,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
}

const STEPS_SHOWN = 12

function Steps({ analysis, exchanges }: { analysis: Analysis; exchanges: readonly string[] }) {
  return (
    <p className={styles.steps}>
      Shows in
      {exchanges.slice(0, STEPS_SHOWN).map((exchange) => (
        <StepLink key={exchange} analysis={analysis} exchange={exchange} />
      ))}
      {exchanges.length > STEPS_SHOWN && ` and ${exchanges.length - STEPS_SHOWN} more`}
    </p>
  )
}

interface CardProps {
  readonly finding: Finding
  readonly analysis: Analysis
  /** It stands beneath the finding that explains it. */
  readonly isBeneath?: boolean
}

export function FindingCard({ finding, analysis, isBeneath = false }: CardProps) {
  const Icon = icons[finding.severity]
  const { reference, consequenceOf } = finding
  return (
    <article className={styles.card} data-severity={finding.severity} data-testid="finding" data-finding={finding.id}>
      <header>
        <Icon size={16} className={styles.icon} aria-label={finding.severity} />
        <h3>{finding.title}</h3>
      </header>
      {consequenceOf !== null && !isBeneath && (
        <p className={styles.cause}>
          Follows from <code>{consequenceOf}</code>
        </p>
      )}
      <p>{finding.explanation}</p>
      <p className={styles.fix}>
        <strong>What to do</strong> {finding.fix}
      </p>
      {finding.exchanges.length > 0 && <Steps analysis={analysis} exchanges={finding.exchanges} />}
      <footer>
        <a href={reference.url} target="_blank" rel="noreferrer">
          {shortCitationOf(reference)} {reference.title}
        </a>
        <code>{finding.id}</code>
      </footer>
    </article>
  )
}
