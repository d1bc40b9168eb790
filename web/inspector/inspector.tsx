/** Everything known about what is selected. */
import type { Analysis, Step } from '../../shared/acme/model.ts'
import { shownAt } from '../session/fact-index.ts'
import { useSelected } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { Delayed } from '../theme/delayed.tsx'
import { ConnectionInspector } from './connection-panel.tsx'
import styles from './frame.module.css'
import { Close, StepHead } from './head.tsx'
import { InferredInspector, useInferred } from './inferred-panel.tsx'
import type { Panel } from './panel.ts'
import { panels } from './panels.tsx'
import { useSecrets } from './secrets.ts'
import { Tabs } from './tabs.tsx'

const useNone = (): number => 0

function Count({ of: { useCount = useNone }, step }: { of: Panel; step: Step }) {
  const count = useCount(step)
  return count > 0 && <span className={styles.tabCount}>{count}</span>
}

function StepInspector({ step, analysis }: { step: Step; analysis: Analysis }) {
  const { shown, count, secrets } = useSecrets(step)
  const offered = panels.filter((panel) => panel.applies(step))
  return (
    <>
      <StepHead step={shown} count={count} secrets={secrets} analysis={analysis} />
      <Tabs label="About this exchange" tabs={offered} count={(panel) => <Count of={panel} step={step} />}>
        {({ id, Component }) => (
          <Component key={`${step.exchange} ${id}`} step={shown} analysis={analysis} secrets={secrets} />
        )}
      </Tabs>
    </>
  )
}

/** A recording may still be on its way. */
const Nothing = () => (
  <Delayed>
    <header className={styles.head}>
      <div className={styles.title}>
        <h2>Not in this recording</h2>
      </div>
      <div className={styles.actions}>
        <Close />
      </div>
    </header>
    <p className={styles.nothing}>The address names a step that is not here, or not yet.</p>
  </Delayed>
)

export function Inspector() {
  const selected = useSelected()
  const analysis = useSession((session) => session.analysis)
  const found = shownAt(analysis, selected)
  const inferred = useInferred(analysis, selected, found === null)
  return (
    <div className={styles.inspector} data-testid="inspector">
      {found?.kind === 'step' && <StepInspector step={found.step} analysis={analysis} />}
      {found?.kind === 'connection' && <ConnectionInspector connection={found.connection} analysis={analysis} />}
      {inferred !== null && <InferredInspector of={inferred} analysis={analysis} />}
      {found === null && inferred === null && <Nothing />}
    </div>
  )
}
