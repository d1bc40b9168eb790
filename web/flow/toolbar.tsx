/** The slim row over the diagram: what is drawn, what is left out, how large. */
import { UnstyledButton } from '@mantine/core'
import { IconArrowsMaximize, IconEye, IconMinus, IconPlus } from '@tabler/icons-react'
import { useStore } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import type { OrderFlow } from '../../shared/acme/flow/flows.ts'
import { shownText } from '../../shared/shown-text.ts'
import { StatusChip } from '../theme/chip.tsx'
import { FlowPicker, namesOf } from './flow-picker.tsx'
import { showLane } from './hide-lanes.ts'
import styles from './toolbar.module.css'
import { type Viewport, ZOOM } from './use-viewport.ts'

interface ToolProps {
  readonly label: string
  readonly keys: string
  readonly disabled?: boolean
  readonly act: () => void
  readonly children: ReactNode
}

const Tool = ({ label, keys, disabled = false, act, children }: ToolProps) => (
  <UnstyledButton
    className={styles.tool}
    aria-label={label}
    title={`${label} (${keys})`}
    disabled={disabled}
    onClick={act}
  >
    {children}
  </UnstyledButton>
)

function Zoom({ viewport }: { viewport: Viewport }) {
  const zoom = useStore(({ transform }) => transform[2])
  return (
    <span className={styles.zoom}>
      <Tool label="Zoom out" keys="−" disabled={zoom <= ZOOM.least} act={() => viewport.zoomBy(-1)}>
        <IconMinus size={14} />
      </Tool>
      <UnstyledButton
        className={styles.size}
        data-testid="zoom"
        title="As large as it was made (0)"
        onClick={() => viewport.zoomTo(1)}
      >
        {Math.round(zoom * 100)} %
      </UnstyledButton>
      <Tool label="Zoom in" keys="+" disabled={zoom >= ZOOM.most} act={() => viewport.zoomBy(1)}>
        <IconPlus size={14} />
      </Tool>
      <Tool label="Fit the whole flow" keys="f" act={viewport.fit}>
        <IconArrowsMaximize size={14} />
      </Tool>
    </span>
  )
}

const Hidden = ({ flow }: { flow: Flow }) => (
  <span className={styles.hidden}>
    {flow.hiddenLanes.map(({ id, label }) => (
      <UnstyledButton
        key={id}
        className={styles.show}
        data-testid="hidden-lane"
        title={`${shownText(label)} is hidden: show it again`}
        onClick={() => showLane(id)}
      >
        <IconEye size={13} aria-hidden="true" />
        <span className={styles.cut}>Show {shownText(label)}</span>
      </UnstyledButton>
    ))}
  </span>
)

function What({ flows, shown }: { flows: readonly OrderFlow[]; shown: OrderFlow | null }) {
  const [only] = flows
  if (flows.length > 1) return <FlowPicker flows={flows} shown={shown} />
  if (only === undefined) return null
  return (
    <span className={styles.only} title={shownText(only.names.slice(0, 100).join(', '))}>
      <span className={styles.cut}>{namesOf(only)}</span>
      {only.status !== null && <StatusChip status={only.status} />}
    </span>
  )
}

interface ToolbarProps {
  readonly flow: Flow
  readonly flows: readonly OrderFlow[]
  readonly shown: OrderFlow | null
  /** What is drawn, in words. */
  readonly totals: string
  readonly viewport: Viewport
}

export const Toolbar = ({ flow, flows, shown, totals, viewport }: ToolbarProps) => (
  <section className={styles.toolbar} aria-label="What is drawn">
    <What flows={flows} shown={shown} />
    <span className={styles.totals}>{totals}</span>
    {flow.hiddenLanes.length > 0 && <Hidden flow={flow} />}
    <Zoom viewport={viewport} />
  </section>
)
