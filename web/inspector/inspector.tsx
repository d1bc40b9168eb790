/** Everything known about what is selected. */
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { Marks } from '../flow/marks.tsx'
import { operationLabel } from '../flow/step-words.ts'
import { goTo, select, usePlace, useSelected } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { ReferenceBadge, StatusChip } from '../theme/chip.tsx'
import { codeTone } from '../theme/tone.ts'
import { ConnectionPanel } from './connection-panel.tsx'
import styles from './inspector.module.css'
import type { Panel } from './panel.ts'
import { panels } from './panels.tsx'

const Close = () => (
  <Tooltip label="Close (Esc)">
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Close inspector" onClick={() => select(null)}>
      <IconX size={16} />
    </ActionIcon>
  </Tooltip>
)

function StepHead({ step }: { step: Step }) {
  const [reference] = step.references
  return (
    <div className={styles.head}>
      <span className={styles.headNumber}>#{step.sequence}</span>
      <span className={styles.headMethod}>{step.method}</span>
      <h2>{operationLabel(step)}</h2>
      {step.status !== null && (
        <span className={styles.code} data-tone={codeTone(step.status)}>
          {step.status}
        </span>
      )}
      {step.objectStatus !== null && <StatusChip status={step.objectStatus} />}
      <Marks step={step} />
      {reference !== undefined && <ReferenceBadge reference={reference} />}
      <span className={styles.headEnd}>
        <Close />
      </span>
    </div>
  )
}

/** Looking from tab to tab is no way that anybody wants to go back step by step. */
const selectPanel = (panel: string): void => goTo({ panel }, 'replace')

function usePanels(step: Step) {
  const wanted = usePlace().panel
  const offered = panels.filter((panel) => panel.applies(step))
  const at = Math.max(
    0,
    offered.findIndex(({ id }) => id === wanted),
  )
  const go = (by: number) => {
    const next = offered[(at + by + offered.length) % offered.length]
    if (next !== undefined) selectPanel(next.id)
  }
  useHotkeys([
    [']', () => go(1)],
    ['[', () => go(-1)],
  ])
  return { offered, current: offered[at] }
}

const useNone = (): number => 0

function PanelTab({ panel, step, selected }: { panel: Panel; step: Step; selected: boolean }) {
  const { id, label, useCount = useNone } = panel
  const count = useCount(step)
  return (
    <UnstyledButton
      role="tab"
      id={`tab-${id}`}
      aria-selected={selected}
      aria-controls="panel"
      className={styles.tab}
      onClick={() => selectPanel(id)}
    >
      {label}
      {count > 0 && <span className={styles.tabCount}>{count}</span>}
    </UnstyledButton>
  )
}

function StepInspector({ step, analysis }: { step: Step; analysis: Analysis }) {
  const { offered, current } = usePanels(step)
  return (
    <>
      <StepHead step={step} />
      <div className={styles.tabs} role="tablist" aria-label="About this exchange">
        {offered.map((panel) => (
          <PanelTab key={panel.id} panel={panel} step={step} selected={panel === current} />
        ))}
      </div>
      <div className={styles.panel} role="tabpanel" id="panel" aria-labelledby={`tab-${current?.id}`} tabIndex={-1}>
        {current && <current.Component key={`${step.exchange} ${current.id}`} step={step} analysis={analysis} />}
      </div>
    </>
  )
}

const Nothing = () => (
  <>
    <div className={styles.head}>
      <h2>Not in this recording</h2>
      <span className={styles.headEnd}>
        <Close />
      </span>
    </div>
    <p className={styles.quiet}>The address names a step that is not here, or not yet.</p>
  </>
)

export function Inspector() {
  const selected = useSelected()
  const analysis = useSession((session) => session.analysis)
  const step = useMemo(() => analysis.steps.find(({ exchange }) => exchange === selected), [analysis, selected])
  const connection = analysis.connections.find(({ id }) => id === selected)
  return (
    <div className={styles.inspector} data-testid="inspector">
      {step !== undefined && <StepInspector step={step} analysis={analysis} />}
      {step === undefined && connection !== undefined && <ConnectionPanel connection={connection} close={<Close />} />}
      {step === undefined && connection === undefined && <Nothing />}
    </div>
  )
}
