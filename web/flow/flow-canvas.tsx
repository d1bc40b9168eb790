/** The diagram's canvas: pans, zooms, and holds the rows near the window and what ties them together. */
import '@xyflow/react/dist/base.css'
import { useEventListener } from '@mantine/hooks'
import { PanOnScrollMode, ReactFlow, useStore, ViewportPortal } from '@xyflow/react'
import { type UIEvent, useEffect } from 'react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'
import { END_HEIGHT } from './geometry.ts'
import { forgetHovered, noteHovered } from './hovered.ts'
import { JumpToLatest } from './jump-to-latest.tsx'
import { PhaseInSight } from './phase-in-sight.tsx'
import { End, NearRows } from './row-list.tsx'
import { rowOf } from './row-of.ts'
import { Ties } from './ties.tsx'
import type { Follow } from './use-follow.ts'
import { useRowKeys } from './use-row-keys.ts'
import { type Viewport, ZOOM } from './use-viewport.ts'

/** A browser that brings a row into sight (focus, find in page) scrolls what is meant to pan: pan as far instead. */
function panInstead({ target }: UIEvent, viewport: Viewport): void {
  if (!(target instanceof HTMLElement)) return
  const { scrollLeft, scrollTop } = target
  if (scrollLeft === 0 && scrollTop === 0) return
  target.scrollTo({ left: 0, top: 0, behavior: 'instant' })
  viewport.by(scrollLeft, scrollTop)
}

/**
 * A row above the window cannot be scrolled to, as a browser would with one that has the focus: pan there instead. Not for
 * the pointer, from under which the row would move before it is let go.
 */
function bringIn({ target }: FocusEvent, rows: Flow['rows'], viewport: Viewport): void {
  if (!(target instanceof Element && target.matches(':focus-visible'))) return
  const id = target.closest<HTMLElement>('[data-row]')?.dataset.row
  const row = rowOf(rows, id ?? null)
  if (row !== null) viewport.show(row)
}

/** The library says that it is an application, in which a screen reader would not read; ours is a list. */
const readAsPage = (canvas: HTMLDivElement | null): void => canvas?.setAttribute('role', 'presentation')

const noNodes: never[] = []

interface CanvasProps {
  readonly flow: Flow
  readonly height: number
  readonly viewport: Viewport
  readonly follow: Follow
}

export function FlowCanvas({ flow, height, viewport, follow }: CanvasProps) {
  const { width } = useScene().geometry
  const zoom = useStore(({ transform }) => transform[2])
  useRowKeys(flow.rows, viewport, follow)
  useEffect(() => forgetHovered, [])
  const canvas = useEventListener<'focusin', HTMLDivElement>('focusin', (event) => bringIn(event, flow.rows, viewport))
  // Without an event it was us. One turn of the wheel is told as a beginning only.
  const noteMove = (event: MouseEvent | TouchEvent | null) => event !== null && follow.moved()
  return (
    <div
      ref={canvas}
      className={styles.canvas}
      onScrollCapture={(event) => panInstead(event, viewport)}
      onPointerOver={noteHovered}
      onPointerLeave={forgetHovered}
    >
      <ReactFlow
        ref={readAsPage}
        nodes={noNodes}
        edges={noNodes}
        defaultViewport={{ x: 0, y: viewport.initialY(), zoom: 1 }}
        minZoom={ZOOM.least}
        maxZoom={ZOOM.most}
        translateExtent={[
          [0, 0],
          [width, Math.max(flow.height + END_HEIGHT, height / zoom)],
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
        onMoveStart={noteMove}
        onMove={noteMove}
        onMoveEnd={noteMove}
      >
        <ViewportPortal>
          <NearRows flow={flow} height={height} />
          <End flow={flow} />
          <PhaseInSight flow={flow} />
          <Ties flow={flow} />
        </ViewportPortal>
      </ReactFlow>
      <JumpToLatest follow={follow} />
    </div>
  )
}
