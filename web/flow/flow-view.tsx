/** The home view: the recording as a sequence diagram. */
import { useElementSize } from '@mantine/hooks'
import { ReactFlowProvider } from '@xyflow/react'
import { useMemo } from 'react'
import { toFlow } from '../../shared/acme/flow/flow.ts'
import { onlyFlow, toFlows } from '../../shared/acme/flow/flows.ts'
import { RecordingNote } from '../notes/recording-note.tsx'
import { usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import styles from './flow.module.css'
import { FlowCanvas } from './flow-canvas.tsx'
import { FlowContext } from './flow-context.ts'
import { FlowPicker } from './flow-picker.tsx'
import { toGeometry } from './geometry.ts'
import { gutterTimes } from './gutter-times.ts'
import { LaneHeaders } from './lane-headers.tsx'
import { OVERVIEW_WIDTH, Overview } from './overview.tsx'

export function FlowView() {
  const whole = useSession((session) => session.analysis)
  const { order } = usePlace()
  const flows = useMemo(() => toFlows(whole), [whole])
  const shown = flows.find((one) => one.order === order) ?? null
  const analysis = useMemo(() => (shown === null ? whole : onlyFlow(whole, shown)), [whole, shown])
  const openPolls = useSession((session) => session.openPolls)
  const { ref, width, height } = useElementSize()
  const flow = useMemo(() => toFlow(analysis, { open: openPolls }), [analysis, openPolls])
  const geometry = useMemo(() => toGeometry(flow.lanes, width), [flow.lanes, width])
  const times = useMemo(() => gutterTimes(flow.rows), [flow.rows])
  const scene = useMemo(
    () => ({ analysis, lanes: flow.lanes, geometry, times }),
    [analysis, flow.lanes, geometry, times],
  )
  return (
    <FlowContext value={scene}>
      <ReactFlowProvider>
        <section className={styles.view} aria-label="Sequence diagram">
          <RecordingNote />
          <div className={styles.head}>
            <LaneHeaders rightInset={OVERVIEW_WIDTH} />
            <FlowPicker flows={flows} shown={shown} lanes={whole.lanes} />
          </div>
          <div className={styles.stage}>
            <div className={styles.pane} ref={ref}>
              {width > 0 && height > 0 && <FlowCanvas key={shown?.order} flow={flow} height={height} />}
            </div>
            <Overview flow={flow} height={height} />
          </div>
        </section>
      </ReactFlowProvider>
    </FlowContext>
  )
}
