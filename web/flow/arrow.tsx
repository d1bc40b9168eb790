/** A request's arrow from lane to lane, its words above and what came back at its end. */

import type { CSSProperties, ReactNode } from 'react'
import type { StepMood } from '../../shared/acme/mood.ts'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'

interface ArrowProps {
  readonly from: string
  readonly to: string
  readonly height: number
  readonly mood: StepMood | 'inferred'
  readonly label: ReactNode
  readonly answer: ReactNode
}

/** Height of the line over the row's bottom. */
const LINE_FROM_BOTTOM = 16
const HEAD = 7
/** A long name may run this far past the lifeline; cut names are worth less than a crossed line. */
const OVERHANG = 110

export function Arrow({ from, to, height, mood, label, answer }: ArrowProps) {
  const { geometry } = useScene()
  const start = geometry.laneX.get(from) ?? 0
  const end = geometry.laneX.get(to) ?? start
  const right = end >= start
  const [left, width] = [Math.min(start, end), Math.abs(end - start)]
  const y = height - LINE_FROM_BOTTOM
  const labelStyle: CSSProperties = { left: left + 10, maxWidth: Math.max(80, width + (right ? OVERHANG : -24)) }
  const tip = right ? end - 1 : end + 2
  const back = right ? -HEAD : HEAD
  return (
    <>
      <svg className={styles.arrow} width={geometry.width} height={height} data-mood={mood} aria-hidden="true">
        <line x1={start} x2={tip} y1={y} y2={y} />
        <path d={`M${tip + back} ${y - 4} L${tip} ${y} L${tip + back} ${y + 4}`} />
        <circle cx={start + 0.5} cy={y} r={2.5} />
      </svg>
      <span className={styles.label} style={labelStyle}>
        {label}
      </span>
      <span className={styles.answer} style={{ left: Math.max(start, end) + 9, top: y - 9 }}>
        {answer}
      </span>
    </>
  )
}
