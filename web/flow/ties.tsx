/** Draws what ties the row that is looked at to others: where its nonce came from, what showed the thing it is about. */
import { useStore } from '@xyflow/react'
import { useMemo } from 'react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import { select, useSelected } from '../session/location.ts'
import { beyond, curve, laneOf, type Sight, type Tie, tiesOf } from './curves.ts'
import { useScene } from './flow-context.ts'
import { useHovered } from './hovered.ts'
import { PHASE_HEIGHT } from './phase-in-sight.tsx'
import { rowOf, subjectOf } from './row-of.ts'
import styles from './ties.module.css'

interface Shown extends Tie {
  /** Of the selected row, which stays; else of the one under the pointer. */
  readonly stays: boolean
}

/** Beneath the time of the row that a tie leads to, left of its curve: nothing else stands there. */
const LABEL_Y = 22
const LEFT_OF_CURVE = 34
/** At the window's edge one beneath the other, clear of the phase's name. */
const EDGE = { label: 24, top: 4, bottom: 4 } as const

function useTies({ rows }: Flow): readonly Shown[] {
  const { analysis } = useScene()
  const selected = rowOf(rows, useSelected())
  const hovered = rowOf(
    rows,
    useHovered(({ row }) => row),
  )
  return useMemo(() => {
    const of = (row: typeof selected, stays: boolean) => tiesOf(analysis, rows, row).map((tie) => ({ ...tie, stays }))
    return [...of(selected, true), ...(hovered === selected ? [] : of(hovered, false))]
  }, [analysis, rows, selected, hovered])
}

function useX(): (tie: Tie) => number {
  const { laneX } = useScene().geometry
  return ({ own, other }) => laneX.get(laneOf(own) ?? laneOf(other) ?? '') ?? 0
}

function Line({ tie, sight }: { tie: Shown; sight: Sight }) {
  const x = useX()(tie)
  const [from, to] = tie.outward ? [tie.own, tie.other] : [tie.other, tie.own]
  const path = curve(from, to, x, sight)
  return path === null ? null : (
    <path d={path} data-nonce={tie.kinds.includes('nonce')} data-stays={tie.stays} markerEnd="url(#tie-end)" />
  )
}

/** `stacked`: how many labels stand at the same edge already. */
function Label({ tie, sight, stacked }: { tie: Shown; sight: Sight; stacked: number }) {
  const { width } = useScene().geometry
  const right = width - (useX()(tie) - LEFT_OF_CURVE)
  const edge = beyond(tie.other, sight)
  const top = {
    top: sight.top + EDGE.top + stacked * EDGE.label,
    bottom: sight.bottom - EDGE.bottom - (stacked + 1) * EDGE.label,
    here: tie.other.y + LABEL_Y,
  }[edge ?? 'here']
  const far = `#${tie.otherStep?.sequence ?? ''} ${tie.kinds.join(' + ')} ${edge === 'top' ? '↑' : '↓'}`
  const words = edge === null ? tie.words : far
  const shared = {
    className: styles.label,
    style: { right, top },
    title: edge === null ? undefined : tie.words,
    'data-nonce': tie.kinds.includes('nonce'),
    'data-testid': 'tie',
  }
  const inner = <span className={styles.words}>{words}</span>
  const subject = tie.otherStep?.exchange ?? subjectOf(tie.other)
  if (!tie.stays || subject === null) return <span {...shared}>{inner}</span>
  return (
    <button type="button" {...shared} onClick={() => select(subject)}>
      {inner}
    </button>
  )
}

function Drawn({ ties, flow }: { ties: readonly Shown[]; flow: Flow }) {
  const { geometry } = useScene()
  const [, y, zoom] = useStore(({ transform }) => transform)
  const height = useStore((state) => state.height)
  // The topmost rows are beneath the name of their phase.
  const sight = { top: -y / zoom + PHASE_HEIGHT, bottom: (height - y) / zoom }
  const stacked = { top: 0, bottom: 0 }
  const named = new Set(ties.filter(({ stays }) => stays).map(({ other }) => other.id))
  return (
    <div className={styles.ties} style={{ width: geometry.width }}>
      <svg className={styles.lines} width={geometry.width} height={flow.height} aria-hidden="true">
        <defs>
          <marker id="tie-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path className={styles.head} d="M1 1 L7 4 L1 7" />
          </marker>
        </defs>
        {ties.map((tie) => (
          <Line key={`${tie.id} ${tie.stays}`} tie={tie} sight={sight} />
        ))}
      </svg>
      {ties.map((tie) => {
        if (!tie.stays && named.has(tie.other.id)) return null
        const edge = beyond(tie.other, sight)
        return (
          <Label key={`${tie.id} ${tie.stays}`} tie={tie} sight={sight} stacked={edge === null ? 0 : stacked[edge]++} />
        )
      })}
    </div>
  )
}

export function Ties({ flow }: { flow: Flow }) {
  const ties = useTies(flow)
  return ties.length === 0 ? null : <Drawn ties={ties} flow={flow} />
}
