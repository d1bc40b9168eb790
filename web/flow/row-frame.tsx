/** The ground of a row: its piece of each lifeline, its place in the list, what is pressed to select it. */
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react'
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { select } from '../session/location.ts'
import { useScene } from './flow-context.ts'
import { takeFocus } from './row-focus.ts'
import styles from './rows.module.css'

/** Where a row stands among all of them. */
export interface RowPlace {
  /** From 1, of all rows, drawn or not. */
  readonly position: number
  /** −1 while more may come. */
  readonly total: number
  /** Every other phase has another ground; null outside of any. */
  readonly band: 'odd' | 'even' | null
  /** One of the questions of a poll that is drawn open. */
  readonly nested: boolean
  /** What the Tab key comes to where nothing is selected. */
  readonly entry: boolean
}

export interface RowProps<Kind extends FlowRow['kind']> {
  readonly row: FlowRow & { readonly kind: Kind }
  readonly place: RowPlace
}

type LifelineStyle = 'whole' | 'broken' | 'ending'

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

interface FrameProps {
  readonly row: FlowRow
  readonly place: RowPlace
  readonly look?: LifelineStyle
  readonly mood?: string
  readonly operation?: string
  readonly selected?: boolean
  readonly title?: string
  readonly children: ReactNode
}

export function RowFrame({ row, place, look = 'whole', mood, operation, selected, title, children }: FrameProps) {
  return (
    <li
      className={styles.row}
      style={{ '--y': `${row.y}px`, height: row.height } as CSSProperties}
      title={title}
      aria-posinset={place.position}
      aria-setsize={place.total}
      data-testid={row.kind}
      data-row={row.id}
      data-band={place.band}
      data-nested={place.nested}
      data-mood={mood}
      data-operation={operation}
      data-exchange={row.kind === 'step' ? row.step.exchange : undefined}
      data-selected={selected}
    >
      <Lifelines height={row.height} look={look} />
      {children}
    </li>
  )
}

interface FaceProps {
  /** The whole row in one sentence. */
  readonly label: string
  /** Id of what pressing it selects. */
  readonly subject: string
  readonly selected: boolean
  readonly entry: boolean
  readonly children: ReactNode
}

/** All of a row that is pressed to select it. */
export function Face({ label, subject, selected, entry, children }: FaceProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (selected) takeFocus(button.current)
  }, [selected])
  return (
    <button
      ref={button}
      type="button"
      className={styles.face}
      aria-label={label}
      aria-current={selected ? 'step' : undefined}
      tabIndex={selected || entry ? 0 : -1}
      onClick={() => select(subject)}
    >
      {children}
    </button>
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

export function Summary({ text }: { text: string }) {
  const { geometry } = useScene()
  if (geometry.summary === null) return null
  return (
    <span className={styles.summary} style={geometry.summary} title={text}>
      {text}
    </span>
  )
}
