/** The ground of a row: its piece of each lifeline, and its place in the time gutter. */
import type { ReactNode } from 'react'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'

export type LifelineStyle = 'whole' | 'broken' | 'ending'

export function Lifelines({ height, look }: { height: number; look: LifelineStyle }) {
  const { geometry } = useScene()
  return (
    <svg className={styles.lifelines} width={geometry.width} height={height} aria-hidden="true">
      {[...geometry.laneX.values()].map((x) => (
        <line key={x} x1={x + 0.5} x2={x + 0.5} y1={0} y2={height} data-look={look} />
      ))}
    </svg>
  )
}

export function Gutter({ sequence, rowId, title }: { sequence: ReactNode; rowId: string; title: string }) {
  const { times } = useScene()
  return (
    <span className={styles.gutter} title={title}>
      <span className={styles.sequence}>{sequence}</span>
      <span className={styles.time}>{times.get(rowId)}</span>
    </span>
  )
}
