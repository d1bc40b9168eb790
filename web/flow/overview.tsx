/** A strip beside the diagram: the whole flow at a glance, where trouble is, and where the view stands. Scrolls it. */

import { useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, useMemo } from 'react'
import type { Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { useSelected } from '../session/location.ts'
import styles from './flow.module.css'
import { END_HEIGHT } from './geometry.ts'
import { rowOf } from './row-of.ts'

export const OVERVIEW_WIDTH = 14
/** More marks than pixels tell nothing. */
const MARKS_SHOWN = 300

const isTrouble = (row: FlowRow): boolean =>
  (row.kind === 'step' && moodOf(row.step) === 'failed') ||
  (row.kind === 'connection' && row.connection.failure !== undefined)

export function Overview({ flow, height }: { flow: Flow; height: number }) {
  const { setViewport } = useReactFlow()
  const selected = rowOf(flow.rows, useSelected())
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const total = flow.height + END_HEIGHT
  const trouble = useMemo(() => flow.rows.filter(isTrouble).slice(0, MARKS_SHOWN), [flow.rows])
  const percent = (value: number) => `${Math.max(0, Math.min(100, (value / total) * 100))}%`
  const visible = height / zoom

  const scroll = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    const centre = ((event.clientY - box.top) / box.height) * total
    const top = Math.max(0, Math.min(total - visible, centre - visible / 2))
    setViewport({ x, y: -top * zoom, zoom })
  }

  if (total <= visible + 1 && trouble.length === 0) return <div className={styles.overview} aria-hidden="true" />
  return (
    <div
      className={styles.overview}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        scroll(event)
      }}
      onPointerMove={scroll}
    >
      {total > visible && (
        <span className={styles.thumb} style={{ top: percent(-y / zoom), height: percent(visible) }} />
      )}
      {trouble.map((row) => (
        <span key={row.id} className={styles.tick} data-tone="bad" style={{ top: percent(row.y + row.height / 2) }} />
      ))}
      {selected !== null && (
        <span className={styles.tick} data-tone="accent" style={{ top: percent(selected.y + selected.height / 2) }} />
      )}
    </div>
  )
}
