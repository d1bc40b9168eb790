/** The views, in the order of their tabs: a new view is a component and one row. */
import type { ComponentType } from 'react'
import { ExchangesView } from '../exchanges/exchanges-view.tsx'
import { FindingsView } from '../findings/findings-view.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { FlowView } from '../flow/flow-view.tsx'
import { useSession } from '../session/session.ts'

export interface View {
  /** As the address holds it. */
  readonly id: string
  readonly label: string
  readonly Component: ComponentType
  /** Number beside the label; 0 shows none. A hook of the tab. */
  readonly useCount: () => number
}

const useSteps = (): number => useSession((session) => session.analysis.steps.length)
const useFindingCount = (): number => useFindings().length
const useNone = (): number => 0

const flow: View = { id: 'flow', label: 'Flow', Component: FlowView, useCount: useNone }

export const views: readonly View[] = [
  flow,
  { id: 'exchanges', label: 'Exchanges', Component: ExchangesView, useCount: useSteps },
  { id: 'findings', label: 'Findings', Component: FindingsView, useCount: useFindingCount },
]

/** The home view for an address that names none we have. */
export const viewOf = (id: string): View => views.find((view) => view.id === id) ?? flow
