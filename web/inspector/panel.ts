/** What a tab of the inspector is, and what it is given. */
import type { ComponentType } from 'react'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import type { Secrets } from './secrets.ts'

export interface PanelProps {
  /** Its secrets are masked, unless they were revealed. */
  readonly step: Step
  readonly analysis: Analysis
  readonly secrets: Secrets
}

export interface Panel {
  /** As the address holds it. */
  readonly id: string
  readonly label: string
  readonly applies: (step: Step) => boolean
  /** What stands beside the label when it is not 0. A hook of the tab. */
  readonly useCount?: (step: Step) => number
  readonly Component: ComponentType<PanelProps>
}
