/** A finding in a line, for where it is not the subject: its severity, its title, and the way to all of it. */
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { Finding, Severity } from '../../shared/finding.ts'
import { findingAddresses } from '../../shared/report/finding-address.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'
import { useFindings } from './use-findings.ts'

const icons: Readonly<Record<Severity, typeof IconInfoCircle>> = {
  error: IconCircleX,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
}

const names: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'remark' }

export function SeverityIcon({ severity, size = 16 }: { severity: Severity; size?: number }) {
  const Icon = icons[severity]
  return <Icon size={size} className={styles.icon} data-severity={severity} role="img" aria-label={names[severity]} />
}

export function FindingLine({ finding }: { finding: Finding }) {
  const address = findingAddresses(useFindings()).get(finding) ?? finding.id
  return (
    <PlaceLink to={{ view: 'findings', finding: address }} className={styles.line} data-severity={finding.severity}>
      <SeverityIcon severity={finding.severity} size={14} />
      <WireText text={finding.title} cut />
    </PlaceLink>
  )
}
