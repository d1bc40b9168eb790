/** What every row of the diagram needs and none should be handed one by one. */
import { createContext, useContext } from 'react'
import type { Analysis, Lane } from '../../shared/acme/model.ts'
import type { Geometry } from './geometry.ts'

export interface FlowScene {
  readonly analysis: Analysis
  readonly lanes: readonly Lane[]
  readonly geometry: Geometry
  /** Row id → text of the time gutter. */
  readonly times: ReadonlyMap<string, string>
  /** Lane id → its name. */
  readonly names: ReadonlyMap<string, string>
}

export const FlowContext = createContext<FlowScene | null>(null)

export function useScene(): FlowScene {
  const scene = useContext(FlowContext)
  if (scene === null) throw new Error('A row is drawn outside the diagram.')
  return scene
}
