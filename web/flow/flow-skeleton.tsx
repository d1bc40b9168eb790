/** Where the diagram will stand, while it is fetched: its bars and its first rows, so that nothing moves when it comes. */
import { Delayed } from '../theme/delayed.tsx'
import styles from './skeleton.module.css'

/** Widths of arrows, in shares of the window: about what the beginning of a run looks like. */
const ARROWS = [0.24, 0.24, 0.24, 0.24, 0.24, 0.24, 0.48, 0.48, 0.48, 0.24, 0.24, 0.48]

export const FlowSkeleton = ({ what }: { what: string }) => (
  <Delayed>
    <div className={styles.skeleton} role="status" aria-label={what}>
      <p className={styles.bar}>{what}</p>
      <div className={styles.lanes} />
      {ARROWS.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <div key={index} className={styles.row}>
          <span className={styles.time} />
          <span className={styles.arrow} style={{ width: `${width * 100}%` }} />
        </div>
      ))}
    </div>
  </Delayed>
)
