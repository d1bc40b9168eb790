/** The diagram for paper: every row, one under the other, on a page's width. */
import { useMemo } from 'react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import { FlowContext, type FlowScene } from './flow-context.ts'
import { toGeometry } from './geometry.ts'
import styles from './printed.module.css'
import { Rows } from './row-list.tsx'

/** A sheet of A4 across, less its margins, in CSS pixels. */
const SHEET = 720
/** Some thirty sheets; who wants more exports a report. */
const MOST_PRINTED = 600

export function PrintedFlow({ flow, scene }: { flow: Flow; scene: FlowScene }) {
  const printed = useMemo(() => ({ ...scene, geometry: toGeometry(scene.lanes, SHEET) }), [scene])
  const rest = flow.rows.length - MOST_PRINTED
  return (
    <FlowContext value={printed}>
      <div className={styles.printed} data-testid="printed">
        <div className={styles.lanes}>
          {flow.lanes.map(({ id }) => (
            <span key={id} style={{ left: printed.geometry.laneX.get(id) ?? 0 }}>
              {scene.names.get(id)}
            </span>
          ))}
        </div>
        <Rows flow={flow} from={0} to={MOST_PRINTED} />
        {rest > 0 && <p>{rest} more rows are in the exported report.</p>}
      </div>
    </FlowContext>
  )
}
