/** The diagram's rows as a list, of which only those near the window are drawn. */
import { useStore } from '@xyflow/react'
import { memo } from 'react'
import type { Band, Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import { useSelected } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { useScene } from './flow-context.ts'
import { END_HEIGHT, firstBelow } from './geometry.ts'
import { InferredRow } from './inferred-row.tsx'
import { ConnectionRow, GapRow, PhaseRow } from './other-rows.tsx'
import { PollRow } from './poll-row.tsx'
import { ROWS } from './row-focus.ts'
import { Lifelines, type RowPlace } from './row-frame.tsx'
import { placeOf, subjectOf } from './row-of.ts'
import styles from './rows.module.css'
import { StepRow } from './step-row.tsx'

const Row = memo(({ row, ...place }: RowPlace & { row: FlowRow }) => {
  switch (row.kind) {
    case 'phase':
      return <PhaseRow row={row} place={place} />
    case 'gap':
      return <GapRow row={row} place={place} />
    case 'poll':
      return <PollRow row={row} place={place} />
    case 'connection':
      return <ConnectionRow row={row} place={place} />
    case 'inferred':
      return <InferredRow row={row} place={place} />
    case 'step':
      return <StepRow row={row} place={place} />
  }
})

/** Place of the band that holds `y`; −1 above the first. */
export function bandAt(bands: readonly Band[], y: number): number {
  const at = firstBelow(bands, y)
  return at < bands.length && (bands[at]?.y ?? 0) <= y ? at : -1
}

interface RowsProps {
  readonly flow: Flow
  /** Places of the first row to draw and of the first that is not. */
  readonly from: number
  readonly to: number
}

export function Rows({ flow, from, to }: RowsProps) {
  const { rows, bands, height } = flow
  const { width } = useScene().geometry
  const isLive = useSession(({ state }) => state === 'live')
  const isSelected = placeOf(rows, useSelected()) >= 0
  const drawn = rows.slice(from, to)
  const entry = isSelected ? undefined : drawn.find((row) => subjectOf(row) !== null)
  return (
    <ol className={styles.rows} style={{ width, minHeight: height }} aria-label="Steps" {...{ [ROWS]: '' }}>
      {drawn.map((row, index) => {
        const band = bandAt(bands, row.y)
        return (
          <Row
            key={row.id}
            row={row}
            position={from + index + 1}
            total={isLive ? -1 : rows.length}
            band={band < 0 ? null : band % 2 ? 'odd' : 'even'}
            nested={row.kind === 'step' && row.poll !== null}
            entry={row === entry}
          />
        )
      })}
    </ol>
  )
}

export const End = ({ flow }: { flow: Flow }) => (
  <div className={styles.end} style={{ top: flow.height, height: END_HEIGHT }} aria-hidden="true">
    <Lifelines height={END_HEIGHT} look="ending" />
  </div>
)

/** The window of drawn rows moves in steps of this many pixels. */
const CHUNK = 400

/** The rows near what is seen of the canvas they are drawn on. */
export function NearRows({ flow, height }: { flow: Flow; height: number }) {
  const chunk = useStore(({ transform: [, y, zoom] }) => Math.floor(-y / zoom / CHUNK))
  const span = useStore(({ transform: [, , zoom] }) => Math.ceil(height / zoom / CHUNK))
  const from = firstBelow(flow.rows, (chunk - 1) * CHUNK)
  const to = firstBelow(flow.rows, (chunk + span + 2) * CHUNK) + 1
  return <Rows flow={flow} from={from} to={Math.min(to, flow.rows.length)} />
}
