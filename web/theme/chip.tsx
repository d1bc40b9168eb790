/** Small labels: an HTTP status, an object's status, a reference to a document. */
import type { ReactNode } from 'react'
import { citationOf, type Reference, shortCitationOf } from '../../shared/reference.ts'
import styles from './chip.module.css'
import { statusTone, type Tone } from './tone.ts'

export const Chip = ({ tone, children, title }: { tone: Tone; children: ReactNode; title?: string }) => (
  <span className={styles.chip} data-tone={tone} title={title}>
    {children}
  </span>
)

export const StatusChip = ({ status }: { status: string }) => <Chip tone={statusTone(status)}>{status}</Chip>

export const ReferenceBadge = ({ reference }: { reference: Reference }) => (
  <span className={styles.reference} title={`${citationOf(reference)}: ${reference.title}`}>
    {shortCitationOf(reference)}
  </span>
)
