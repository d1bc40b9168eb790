/** A state machine, drawn: the way the object took strong and numbered, what else could have happened thin and dashed. */
import '@xyflow/react/dist/base.css'
import {
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  type EdgeTypes,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  type NodeTypes,
  Position,
  ReactFlow,
} from '@xyflow/react'
import { memo, useMemo } from 'react'
import { STATE_HEIGHT, STATE_WIDTH } from '../../shared/acme/course/machine.ts'
import type { Way } from '../../shared/acme/course/ways.ts'
import { ToneShape } from '../theme/chip.tsx'
import { statusTone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './machine.module.css'
import type { DrawnMachine, DrawnMove, DrawnState } from './machine-drawing.ts'

type StateNode = Node<DrawnState & Record<string, unknown>, 'state'>
type MoveEdge = Edge<DrawnMove & Record<string, unknown>, 'move'>

const State = memo(({ data }: NodeProps<StateNode>) => (
  <div
    className={styles.state}
    data-tone={statusTone(data.status)}
    data-role={data.role}
    data-current={data.isCurrent}
    data-last={data.isLast}
    data-testid="state"
  >
    <span className={styles.stateName}>
      {data.role !== 'possible' && <ToneShape tone={statusTone(data.status)} size={13} />}
      <WireText text={data.status} cut />
    </span>
    {data.detail !== '' && <span className={styles.stateDetail}>{data.detail}</span>}
    {/* The library draws no line without them; ours lie as they were laid. */}
    <Handle type="source" position={Position.Right} isConnectable={false} className={styles.handle} />
    <Handle type="target" position={Position.Left} isConnectable={false} className={styles.handle} />
  </div>
))

/** Above the middle of its line. */
const above = ([x, y]: Way['label']): string => `translate(-50%, -100%) translate(${x}px, ${y - 3}px)`

const Move = memo(({ data, markerEnd }: EdgeProps<MoveEdge>) => {
  if (!data) return null
  const { way, role, label } = data
  return (
    <>
      <path className={styles.way} d={way.path} data-role={role} {...(markerEnd ? { markerEnd } : {})} />
      <path className={styles.near} d={way.path} />
      {label !== '' && (
        <EdgeLabelRenderer>
          <div className={styles.label} data-role={role} style={{ transform: above(way.label) }}>
            {label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

const nodeTypes: NodeTypes = { state: State }
const edgeTypes: EdgeTypes = { move: Move }

const size = { width: STATE_WIDTH, height: STATE_HEIGHT }

const toNode = (state: DrawnState): StateNode => ({
  id: state.id,
  type: 'state',
  position: { x: state.at[0], y: state.at[1] },
  ...size,
  measured: size,
  data: { ...state },
  ariaRole: 'img',
  domAttributes: { 'aria-label': state.words, 'aria-roledescription': undefined } as never,
})

const colours = {
  taken: 'var(--accent)',
  implied: 'var(--accent)',
  odd: 'var(--warn)',
  wrong: 'var(--bad)',
  possible: 'var(--line-strong)',
}

const toEdge = (move: DrawnMove): MoveEdge => ({
  id: move.id,
  type: 'move',
  source: move.source,
  target: move.target,
  data: { ...move },
  ariaRole: 'img',
  ariaLabel: move.words,
  markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: colours[move.role], strokeWidth: 1 },
})

interface MachineViewProps {
  readonly drawn: DrawnMachine
  /** Of the room there is. */
  readonly width: number
  /** What the pointer or the keyboard is on: the id of a status or a move. */
  readonly look: (id: string | null) => void
}

/** Nothing to be panned or zoomed: it is as large as its room allows, and no larger than it is. */
export function MachineView({ drawn, width, look }: MachineViewProps) {
  const { box } = drawn
  const zoom = Math.min(1, width / box.width)
  const nodes = useMemo(() => drawn.states.map(toNode), [drawn])
  const edges = useMemo(() => drawn.moves.map(toEdge), [drawn])
  const viewport = { x: (width - box.width * zoom) / 2 - box.left * zoom, y: -box.top * zoom, zoom }
  const lookAt = (target: EventTarget) =>
    look(target instanceof Element ? (target.closest('[data-id]')?.getAttribute('data-id') ?? null) : null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what has the focus inside is told apart, nothing is done
    <div
      className={styles.canvas}
      style={{ height: box.height * zoom }}
      onFocus={({ target }) => lookAt(target)}
      onBlur={() => look(null)}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        viewport={viewport}
        aria-label="State machine"
        minZoom={0.2}
        maxZoom={1}
        panOnDrag={false}
        panOnScroll={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable
        edgesFocusable
        elementsSelectable={false}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        disableKeyboardA11y
        autoPanOnNodeFocus={false}
        proOptions={{ hideAttribution: true }}
        onNodeMouseEnter={(_, { id }) => look(id)}
        onNodeMouseLeave={() => look(null)}
        onEdgeMouseEnter={(_, { id }) => look(id)}
        onEdgeMouseLeave={() => look(null)}
      />
    </div>
  )
}
