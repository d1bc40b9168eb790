/** Whether what is shown is still growing. */
import { useSession } from '../session/session.ts'
import type { SourceState } from '../source/source.ts'
import styles from './app.module.css'

const words: Readonly<Record<SourceState, string>> = {
  connecting: 'connecting',
  live: 'recording',
  ready: 'complete',
  reconnecting: 'reconnecting',
}

export function LiveState() {
  const state = useSession((session) => session.state)
  const trouble = useSession((session) => session.trouble)
  const source = useSession((session) => session.source)
  if (source === null || trouble !== null) return null
  return (
    <span className={styles.live} data-testid="live-state" data-state={state} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {words[state]}
    </span>
  )
}
