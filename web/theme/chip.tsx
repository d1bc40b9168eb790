/** Small labels: an HTTP status, an object's status, a reference to a document. */
import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClockHour4,
  IconPointFilled,
  IconProgress,
  type IconProps,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { citationOf, type Reference, shortCitationOf } from '../../shared/reference.ts'
import styles from './chip.module.css'
import { statusTone, type Tone } from './tone.ts'
import { WireText } from './wire-text.tsx'

/** A shape for each tone, so that a list can be scanned without its colours. */
const shapes: Readonly<Record<Tone, ComponentType<IconProps>>> = {
  ok: IconCircleCheckFilled,
  warn: IconClockHour4,
  bad: IconCircleXFilled,
  busy: IconProgress,
  plain: IconPointFilled,
}

export function ToneShape({ tone, size = 11 }: { tone: Tone; size?: number }) {
  const Shape = shapes[tone]
  return <Shape size={size} className={styles.shape} aria-hidden="true" />
}

export const Chip = ({ tone, children, title }: { tone: Tone; children: ReactNode; title?: string }) => (
  <span className={styles.chip} data-tone={tone} title={title}>
    {children}
  </span>
)

/** Of an object's status, as the CA sent it. */
export const StatusChip = ({ status }: { status: string }) => (
  <Chip tone={statusTone(status)}>
    <ToneShape tone={statusTone(status)} />
    <WireText text={status.slice(0, MOST_SHOWN)} />
  </Chip>
)

/** Any registered status is shorter by far. */
const MOST_SHOWN = 40

export const ReferenceBadge = ({ reference }: { reference: Reference }) => (
  <span className={styles.reference} title={`${citationOf(reference)}: ${reference.title}`}>
    {shortCitationOf(reference)}
  </span>
)
