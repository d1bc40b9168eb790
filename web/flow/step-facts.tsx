/** Size, duration and section of an answer: in columns where there is room, beneath the answer where there is not. */
import type { Step } from '../../shared/acme/model.ts'
import { ReferenceBadge } from '../theme/chip.tsx'
import { byteSize, duration } from '../theme/time.ts'
import styles from './arrow.module.css'
import { useEnds } from './arrow.tsx'
import { useScene } from './flow-context.ts'

interface FactsProps {
  readonly step: Step
  /** ms; null where it is not known. */
  readonly tookMs: number | null
  /** Something else stands beneath the answer. */
  readonly crowded: boolean
}

const sizeOf = ({ decoded }: Step): string => {
  const body = decoded.head.response?.body
  return body === undefined || body.kind === 'empty' ? '' : byteSize(body.bytes)
}

export function StepFacts({ step, tookMs, crowded }: FactsProps) {
  const { columns, room } = useScene().geometry
  const { start, end, rightmost } = useEnds(step.from, step.to)
  const [reference] = step.references
  const [size, took] = [sizeOf(step), tookMs === null ? '' : duration(tookMs)]
  const badge = reference !== undefined && <ReferenceBadge reference={reference} />
  if (columns !== null)
    return (
      <>
        <span className={styles.column} style={columns.size} title="Size of the answer’s body">
          {size}
        </span>
        <span className={styles.column} style={columns.took} title="From the request to the end of the answer">
          {took}
        </span>
        <span className={styles.badge} style={columns.reference}>
          {badge}
        </span>
      </>
    )
  if (crowded) return null
  const maxWidth = (room.get(rightmost) ?? 0) - 16
  return (
    <span className={styles.facts} style={{ left: Math.max(start, end) + 10, maxWidth }}>
      {badge}
      <span>{took}</span>
      <span>{size}</span>
    </span>
  )
}
