/** The views, in the order of their tabs: a new view is a component and one row. */
import type { ComponentType } from 'react'
import { ExchangesView } from '../exchanges/exchanges-view.tsx'
import { FindingsView } from '../findings/findings-view.tsx'
import { FlowView } from '../flow/flow-view.tsx'

export interface View {
  /** As the address holds it. */
  readonly id: string
  readonly label: string
  readonly Component: ComponentType
}

const flow: View = { id: 'flow', label: 'Flow', Component: FlowView }

export const views: readonly View[] = [
  flow,
  { id: 'exchanges', label: 'Exchanges', Component: ExchangesView },
  { id: 'findings', label: 'Findings', Component: FindingsView },
]

/** The home view for an address that names none we have. */
export const viewOf = (id: string): View => views.find((view) => view.id === id) ?? flow
