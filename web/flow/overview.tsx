/** A strip beside the diagram: the whole flow at a glance, where trouble is, and where the view stands. Scrolls it. */
import { useStore } from '@xyflow/react'
import { type PointerEvent, useMemo } from 'react'
import type { Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { useFindings, worstByExchange } from '../findings/use-findings.ts'
import { useSelected } from '../session/location.ts'
import { END_HEIGHT } from './geometry.ts'
import styles from './overview.module.css'
import { rowOf } from './row-of.ts'
import type { Follow } from './use-follow.ts'
import type { Viewport } from './use-viewport.ts'

export const OVERVIEW_WIDTH = 14
/** More marks than pixels tell nothing. */
const MARKS_SHOWN = 300

const isTrouble = (row: FlowRow): boolean =>
  (row.kind === 'step' && moodOf(row.step) === 'failed') ||
  (row.kind === 'connection' && row.connection.failure !== undefined)

interface Tick {
  readonly row: FlowRow
  readonly tone: 'bad' | 'warn'
}

/** What failed, and what findings say of the rest; the rows of a finding are looked up, not searched for. */
function useTicks(rows: Flow['rows']): readonly Tick[] {
  const findings = useFindings()
  const failed = useMemo(() => rows.filter(isTrouble).slice(0, MARKS_SHOWN), [rows])
  return useMemo(() => {
    const ticks = new Map<string, Tick>(failed.map((row) => [row.id, { row, tone: 'bad' }]))
    for (const [exchange, { severity }] of worstByExchange(findings)) {
      if (ticks.size >= MARKS_SHOWN) break
      const row = rowOf(rows, exchange)
      if (row !== null && !ticks.has(row.id)) ticks.set(row.id, { row, tone: severity === 'error' ? 'bad' : 'warn' })
    }
    return [...ticks.values()]
  }, [rows, failed, findings])
}

interface OverviewProps {
  readonly flow: Flow
  readonly height: number
  readonly viewport: Viewport
  readonly follow: Follow
}

export function Overview({ flow, height, viewport, follow }: OverviewProps) {
  const selected = rowOf(flow.rows, useSelected())
  const [, y, zoom] = useStore(({ transform }) => transform)
  const total = flow.height + END_HEIGHT
  const ticks = useTicks(flow.rows)
  const percent = (value: number) => `${Math.max(0, Math.min(100, (value / total) * 100))}%`
  const visible = height / zoom

  const scroll = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    viewport.centre(((event.clientY - box.top) / box.height) * total)
    follow.moved()
  }

  if (total <= visible + 1) return <div className={styles.overview} aria-hidden="true" />
  return (
    <div
      className={styles.overview}
      aria-hidden="true"
      data-testid="overview"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        scroll(event)
      }}
      onPointerMove={scroll}
    >
      <span className={styles.thumb} style={{ top: percent(-y / zoom), height: percent(visible) }} />
      {ticks.map(({ row, tone }) => (
        <span key={row.id} className={styles.tick} data-tone={tone} style={{ top: percent(row.y + row.height / 2) }} />
      ))}
      {selected !== null && (
        <span className={styles.tick} data-tone="accent" style={{ top: percent(selected.y + selected.height / 2) }} />
      )}
    </div>
  )
}
