/** Moves the diagram: to a row, to the end, nearer and farther. Distances are the flow's own pixels. */
import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import type { Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import { readPlace } from '../session/location.ts'
import { END_HEIGHT } from './geometry.ts'
import { rowOf } from './row-of.ts'

const MARGIN = 60
export const ZOOM = { least: 0.3, most: 2, step: 1.25 } as const

export interface Viewport {
  /** Where to start: at the linked step, else at the top. */
  initialY(): number
  /** Scrolls as little as needed. */
  show(row: FlowRow): void
  /** Follows at once; a jump that someone asked for is seen. */
  toEnd(how: 'at once' | 'seen'): void
  /** By so many screen pixels, at once. */
  by(x: number, y: number): void
  /** What stands at `y`, in the flow's pixels, comes to the middle. */
  centre(y: number): void
  /** 1 is as large as it was made; the middle of what is seen stays there. */
  zoomTo(zoom: number): void
  /** Nearer (`1`) or farther (`-1`) by a step. */
  zoomBy(direction: 1 | -1): void
  /** As much of the whole flow as can still be read. */
  fit(): void
  isAtEnd(): boolean
}

const animation = (): { duration: number } => ({
  duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160,
})

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value))

export function useViewport(flow: Flow, height: number): Viewport {
  const { setViewport } = useReactFlow()
  const store = useStoreApi()
  return useMemo(() => {
    const total = flow.height + END_HEIGHT
    const lowest = (zoom: number) => Math.round(Math.min(0, height - total * zoom))
    const place = (y: number, zoom: number) => Math.round(between(lowest(zoom), y, 0))
    const moveTo = (y: number, how = animation()) => {
      const [x, , zoom] = store.getState().transform
      return setViewport({ x, y: place(y, zoom), zoom }, how)
    }
    const zoomTo = (wanted: number) => {
      const { transform, width } = store.getState()
      const [x, y, before] = transform
      const zoom = between(ZOOM.least, wanted, ZOOM.most)
      const about = (middle: number, at: number) => middle - ((middle - at) / before) * zoom
      // Lanes spread over the window: only from their own size on is there anything beside it.
      const across = zoom <= 1 ? 0 : Math.round(between(width - width * zoom, about(width / 2, x), 0))
      void setViewport({ x: across, y: place(about(height / 2, y), zoom), zoom }, animation())
    }
    return {
      initialY: () => {
        const row = rowOf(flow.rows, readPlace(window.location.search).step)
        return row === null ? 0 : place(height / 3 - row.y, 1)
      },
      show: (row) => {
        const [, y, zoom] = store.getState().transform
        const [top, bottom] = [row.y * zoom + y, (row.y + row.height) * zoom + y]
        if (top < MARGIN) moveTo(MARGIN - row.y * zoom)
        else if (bottom > height - MARGIN) moveTo(height - MARGIN - (row.y + row.height) * zoom)
      },
      by: (right, down) => {
        const [x, y, zoom] = store.getState().transform
        setViewport({ x: x - right, y: place(y - down, zoom), zoom })
      },
      centre: (at) => {
        const zoom = store.getState().transform[2]
        moveTo(height / 2 - at * zoom, { duration: 0 })
      },
      toEnd: (how) =>
        void moveTo(lowest(store.getState().transform[2]), how === 'seen' ? animation() : { duration: 0 }),
      zoomTo,
      zoomBy: (direction) => zoomTo(store.getState().transform[2] * ZOOM.step ** direction),
      fit: () => zoomTo(Math.min(1, height / total)),
      isAtEnd: () => {
        const [, y, zoom] = store.getState().transform
        return y <= lowest(zoom) + 8
      },
    }
  }, [flow, height, setViewport, store])
}
