/** Moves the diagram: to a row, to the end. Distances are the flow's own pixels. */
import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import type { Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import { readPlace } from '../session/location.ts'
import { END_HEIGHT } from './geometry.ts'
import { rowOf } from './row-of.ts'

const MARGIN = 60

export interface Viewport {
  /** Where to start: at the linked step, else at the top. */
  initialY(): number
  /** Scrolls as little as needed. */
  show(row: FlowRow): void
  toEnd(): void
  /** By so many screen pixels, at once. */
  by(x: number, y: number): void
  isAtEnd(): boolean
}

const animation = (): { duration: number } => ({
  duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160,
})

export function useViewport(flow: Flow, height: number): Viewport {
  const { setViewport } = useReactFlow()
  const store = useStoreApi()
  return useMemo(() => {
    const lowest = (zoom: number) => Math.round(Math.min(0, height - (flow.height + END_HEIGHT) * zoom))
    const moveTo = (y: number) => {
      const [x, , zoom] = store.getState().transform
      return setViewport({ x, y: Math.round(Math.min(0, Math.max(y, lowest(zoom)))), zoom }, animation())
    }
    return {
      initialY: () => {
        const row = rowOf(flow.rows, readPlace(window.location.search).step)
        return row === null ? 0 : Math.min(0, Math.max(lowest(1), height / 3 - row.y))
      },
      show: (row) => {
        const [, y, zoom] = store.getState().transform
        const [top, bottom] = [row.y * zoom + y, (row.y + row.height) * zoom + y]
        if (top < MARGIN) moveTo(MARGIN - row.y * zoom)
        else if (bottom > height - MARGIN) moveTo(height - MARGIN - (row.y + row.height) * zoom)
      },
      by: (right, down) => {
        const [x, y, zoom] = store.getState().transform
        const clamped = Math.min(0, Math.max(y - down, lowest(zoom)))
        setViewport({ x: x - right, y: clamped, zoom })
      },
      toEnd: () => void moveTo(lowest(store.getState().transform[2])),
      isAtEnd: () => {
        const [, y, zoom] = store.getState().transform
        return y <= lowest(zoom) + 8
      },
    }
  }, [flow, height, setViewport, store])
}
