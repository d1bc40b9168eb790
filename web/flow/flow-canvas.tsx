/** The diagram's canvas: pans, zooms, and holds nodes only for the rows near the viewport. */
import '@xyflow/react/dist/base.css'
import { type Node, type NodeProps, type NodeTypes, PanOnScrollMode, ReactFlow, useStore } from '@xyflow/react'
import { memo, type UIEvent, useMemo } from 'react'
import type { Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'
import { END_HEIGHT, firstBelow } from './geometry.ts'
import { JumpToLatest } from './jump-to-latest.tsx'
import { ConnectionRow, EndRow, GapRow, InferredRow, PhaseRow } from './other-rows.tsx'
import { PollRow } from './poll-row.tsx'
import { StepRow } from './step-row.tsx'
import { useFollow } from './use-follow.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useViewport, type Viewport } from './use-viewport.ts'

/** The window of drawn rows moves in steps of this many pixels. */
const CHUNK = 400

type RowNodeData = { readonly row: FlowRow | null; readonly nested: boolean }
type RowNode = Node<RowNodeData, 'row'>

const Row = memo(({ data: { row, nested } }: NodeProps<RowNode>) => {
  switch (row?.kind) {
    case undefined:
      return <EndRow height={END_HEIGHT} />
    case 'phase':
      return <PhaseRow row={row} />
    case 'gap':
      return <GapRow row={row} />
    case 'poll':
      return <PollRow row={row} />
    case 'connection':
      return <ConnectionRow row={row} />
    case 'inferred':
      return <InferredRow row={row} />
    case 'step':
      return <StepRow row={row} nested={nested} />
  }
})

const nodeTypes: NodeTypes = { row: Row }

/** The library takes the pointer away from nodes that it does not itself drag or select. */
const interactive = { pointerEvents: 'all' } as const

function toNode(id: string, y: number, width: number, height: number, data: RowNodeData): RowNode {
  const size = { width, height, measured: { width, height } }
  return { id, type: 'row', position: { x: 0, y }, ...size, data, style: interactive }
}

const nestedIn = (rows: readonly FlowRow[]): ReadonlySet<string> =>
  new Set(rows.flatMap((row) => (row.kind === 'poll' && row.open ? row.steps.map((step) => step.exchange) : [])))

/** First and last row to draw, as `[from, to)`, moving only once per chunk scrolled. */
function useWindow(flow: Flow, height: number): readonly [number, number] {
  const chunk = useStore(({ transform: [, y, zoom] }) => Math.floor(-y / zoom / CHUNK))
  const span = useStore(({ transform: [, , zoom] }) => Math.ceil(height / zoom / CHUNK))
  const from = firstBelow(flow.rows, (chunk - 1) * CHUNK)
  const to = firstBelow(flow.rows, (chunk + span + 2) * CHUNK) + 1
  return [from, Math.min(to, flow.rows.length)]
}

/** A browser that brings a row into sight (focus, find in page) scrolls what is meant to pan: pan as far instead. */
function panInstead({ target }: UIEvent, viewport: Viewport): void {
  if (!(target instanceof HTMLElement)) return
  const { scrollLeft, scrollTop } = target
  if (scrollLeft === 0 && scrollTop === 0) return
  target.scrollTo({ left: 0, top: 0, behavior: 'instant' })
  viewport.by(scrollLeft, scrollTop)
}

export function FlowCanvas({ flow, height }: { flow: Flow; height: number }) {
  const { geometry } = useScene()
  const { width } = geometry
  const [from, to] = useWindow(flow, height)
  const nested = useMemo(() => nestedIn(flow.rows), [flow.rows])
  const nodes = useMemo(() => {
    const drawn = flow.rows
      .slice(from, to)
      .map((row) => toNode(row.id, row.y, width, row.height, { row, nested: nested.has(row.id) }))
    return [...drawn, toNode('end', flow.height, width, END_HEIGHT, { row: null, nested: false })]
  }, [flow, from, to, width, nested])
  const viewport = useViewport(flow, height)
  const follow = useFollow(flow, height, viewport)
  useRowKeys(flow.rows, viewport)
  return (
    <div className={styles.canvas} onScrollCapture={(event) => panInstead(event, viewport)}>
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        defaultViewport={{ x: 0, y: viewport.initialY(), zoom: 1 }}
        minZoom={0.4}
        maxZoom={2}
        translateExtent={[
          [0, 0],
          [width, Math.max(flow.height + END_HEIGHT, height)],
        ]}
        panOnScroll
        panOnScrollMode={PanOnScrollMode.Free}
        zoomActivationKeyCode={['Meta', 'Control']}
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        panActivationKeyCode={null}
        disableKeyboardA11y
        autoPanOnNodeFocus={false}
        onMoveEnd={follow.moved}
      />
      <JumpToLatest follow={follow} />
    </div>
  )
}
