/** A finding in a line, for where it is not the subject: its severity, its title, and the way to all of it. */
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { Finding, Severity } from '../../shared/finding.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'

const icons: Readonly<Record<Severity, typeof IconInfoCircle>> = {
  error: IconCircleX,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
}

const names: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'remark' }

export function SeverityIcon({ severity, size = 16 }: { severity: Severity; size?: number }) {
  const Icon = icons[severity]
  return <Icon size={size} className={styles.icon} data-severity={severity} aria-label={names[severity]} />
}

export const FindingLine = ({ finding }: { finding: Finding }) => (
  <PlaceLink to={{ view: 'findings' }} className={styles.line} data-severity={finding.severity}>
    <SeverityIcon severity={finding.severity} size={14} />
    <WireText text={finding.title} cut />
  </PlaceLink>
)
