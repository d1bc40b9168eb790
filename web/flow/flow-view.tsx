/** The home view: the recording as a sequence diagram. */
import { useElementSize } from '@mantine/hooks'
import { ReactFlowProvider, useStore } from '@xyflow/react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { type Flow, toFlow } from '../../shared/acme/flow/flow.ts'
import { onlyFlow, toFlows } from '../../shared/acme/flow/flows.ts'
import { shownText } from '../../shared/shown-text.ts'
import { RecordingNote } from '../notes/recording-note.tsx'
import { usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { duration } from '../theme/time.ts'
import styles from './flow.module.css'
import { FlowCanvas } from './flow-canvas.tsx'
import { FlowContext, type FlowScene } from './flow-context.ts'
import { toGeometry } from './geometry.ts'
import { startTimes } from './gutter-times.ts'
import { hiddenIn } from './hide-lanes.ts'
import { LaneHeaders } from './lane-headers.tsx'
import { NothingDrawn } from './nothing-drawn.tsx'
import { Overview } from './overview.tsx'
import { PrintedFlow } from './printed-flow.tsx'
import { Toolbar } from './toolbar.tsx'
import { useFollow } from './use-follow.ts'
import { usePrinting } from './use-printing.ts'
import { useViewport } from './use-viewport.ts'

/** What of the recording the address asks for, laid out. */
function useDrawn() {
  const whole = useSession((session) => session.analysis)
  const openPolls = useSession((session) => session.openPolls)
  const { order, hide } = usePlace()
  const flows = useMemo(() => toFlows(whole), [whole])
  const shown = flows.find((one) => one.order === order) ?? null
  const analysis = useMemo(() => (shown === null ? whole : onlyFlow(whole, shown)), [whole, shown])
  const hidden = useMemo(() => new Set(hiddenIn(hide)), [hide])
  const before = useRef<Flow>(null)
  const flow = useMemo(
    () => toFlow(analysis, { open: openPolls, hidden, before: before.current }),
    [analysis, openPolls, hidden],
  )
  before.current = flow
  return { analysis, flows, shown, flow }
}

type Drawn = ReturnType<typeof useDrawn>

/** @param available pixels across */
function useSceneOf({ analysis, flow }: Drawn, available: number): FlowScene {
  const { lanes, hiddenLanes, rows } = flow
  const geometry = useMemo(() => toGeometry(lanes, available), [lanes, available])
  const [timesOf] = useState(startTimes)
  const times = useMemo(() => timesOf(rows), [timesOf, rows])
  const names = useMemo(
    () => new Map([...lanes, ...hiddenLanes].map(({ id, label }) => [id, shownText(label)])),
    [lanes, hiddenLanes],
  )
  // Where rows look things up, what the fold learns is added in place: they need not be drawn anew for a new envelope.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the collections stand for the analysis
  const known = useMemo(() => analysis, [analysis.orders, analysis.challenges])
  return useMemo(() => ({ analysis: known, lanes, geometry, times, names }), [known, lanes, geometry, times, names])
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** `35 exchanges in 1 min 26 s`; a run that never got so far has only connections. */
function totals({ connections }: Drawn['analysis'], { exchanges, durationMs }: Drawn['flow']): string {
  if (exchanges === 0) return counted(connections.length, 'connection')
  return `${counted(exchanges, 'exchange')}${durationMs > 0 ? ` in ${duration(durationMs)}` : ''}`
}

function Diagram() {
  const drawn = useDrawn()
  const { analysis, flow, flows, shown } = drawn
  const { ref, width, height } = useElementSize()
  // Farther away there is more to spread over; what is nearer is wider than the window.
  const zoom = useDeferredValue(useStore(({ transform }) => Math.min(1, transform[2])))
  const scene = useSceneOf(drawn, width / zoom)
  const viewport = useViewport(flow, height)
  const follow = useFollow(flow, analysis.steps.length + analysis.connections.length, height, viewport)
  const printing = usePrinting()
  return (
    <FlowContext value={scene}>
      <section className={styles.view} aria-label="Sequence diagram" data-printing={printing}>
        <RecordingNote />
        <Toolbar flow={flow} flows={flows} shown={shown} totals={totals(analysis, flow)} viewport={viewport} />
        <LaneHeaders />
        <div className={styles.stage}>
          <div className={styles.pane} ref={ref}>
            {flow.rows.length === 0 ? (
              <NothingDrawn flow={flow} />
            ) : (
              width > 0 &&
              height > 0 && (
                <FlowCanvas key={shown?.order} flow={flow} height={height} viewport={viewport} follow={follow} />
              )
            )}
          </div>
          <Overview flow={flow} height={height} viewport={viewport} follow={follow} />
        </div>
        {printing && <PrintedFlow flow={flow} scene={scene} />}
      </section>
    </FlowContext>
  )
}

export const FlowView = () => (
  <ReactFlowProvider>
    <Diagram />
  </ReactFlowProvider>
)
