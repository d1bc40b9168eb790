/**
 * Analysis → what is drawn: phases, steps, folded polls, gaps in time, each with its place. Pure geometry, no library
 * types: the page's canvas, the SVG and the HTML report share it.
 */
import type { Connection } from '../exchange.ts'
import { endedAt } from '../exchange.ts'
import type { Analysis, Lane, Phase, Step } from './model.ts'

/** Heights in CSS pixels. */
export const ROW_HEIGHT = { phase: 30, step: 44, poll: 44, gap: 26, connection: 44 } as const

/** A silence longer than this, in ms, is drawn as a gap. */
export const GAP_FROM_MS = 1000

interface RowBase {
  /** Stable across re-computation, so that a selection and an animation survive new steps. */
  readonly id: string
  /** Top, in CSS pixels from the top of the first row. */
  readonly y: number
  readonly height: number
}

export type FlowRow =
  | (RowBase & { readonly kind: 'phase'; readonly phase: Phase; readonly steps: number })
  | (RowBase & { readonly kind: 'step'; readonly step: Step })
  | (RowBase & {
      readonly kind: 'poll'
      /** Two or more questions after the same object. */
      readonly steps: readonly [Step, Step, ...Step[]]
      readonly fromStatus: string | null
      readonly toStatus: string | null
      readonly durationMs: number
      /** Drawn open: its steps follow as rows of their own. */
      readonly open: boolean
    })
  | (RowBase & { readonly kind: 'gap'; readonly durationMs: number })
  | (RowBase & { readonly kind: 'connection'; readonly connection: Connection })

export interface Flow {
  readonly lanes: readonly Lane[]
  readonly rows: readonly FlowRow[]
  readonly height: number
  readonly durationMs: number
}
