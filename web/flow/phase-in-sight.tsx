/** The name of the phase whose rows are seen, while its own row is above them. */
import { useStore } from '@xyflow/react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import { bandAt } from './row-list.tsx'
import styles from './rows.module.css'

export const PHASE_HEIGHT = 26

export function PhaseInSight({ flow: { bands } }: { flow: Flow }) {
  const top = useStore(({ transform: [, y, zoom] }) => -y / zoom)
  const band = bands[bandAt(bands, top)]
  if (band === undefined || band.y >= top) return null
  // The next phase pushes it out.
  const y = Math.min(top, band.y + band.height - PHASE_HEIGHT)
  return (
    <span className={styles.inSight} style={{ top: y, height: PHASE_HEIGHT }} aria-hidden="true">
      {band.phase}
    </span>
  )
}
