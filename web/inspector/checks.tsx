/** Marks that say whether two things agree. */
import { IconCheck, IconHelp, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './facts.module.css'

/** `null`: cannot be checked. */
export function Match({ matches, children }: { matches: boolean | null; children: ReactNode }) {
  const tone = matches === null ? 'plain' : matches ? 'ok' : 'bad'
  const Icon = matches === null ? IconHelp : matches ? IconCheck : IconX
  return (
    <span className={styles.match} data-tone={tone}>
      <Icon size={13} stroke={2.2} aria-hidden="true" />
      {children}
    </span>
  )
}
