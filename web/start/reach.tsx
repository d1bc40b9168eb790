/** Says when the client cannot reach the recorder where it listens, and how to start it so that it can. */
import { IconAlertTriangle } from '@tabler/icons-react'
import type { RecorderInfo } from '../../shared/api.ts'
import { DOCKER_BRIDGE, isLocalOnly, restartAt, THIS_MACHINE } from '../../shared/recorder-address.ts'
import { CodeBlock } from './code-block.tsx'
import type { Recipe } from './recipes/recipe.ts'
import styles from './setup.module.css'

interface ReachProps {
  readonly from: Recipe['from']
  readonly recorder: RecorderInfo
}

const words = {
  container: {
    why: 'This recorder listens on this machine’s loopback only. Docker Desktop (macOS, Windows) passes that on to its containers. On Linux none reaches it: stop it, and start it again on Docker’s bridge, which only this machine and its containers reach:',
    host: DOCKER_BRIDGE,
  },
  cluster: {
    why: `This recorder listens on this machine’s loopback only, which no cluster reaches. On a network you trust, stop it, start it again like this, and put this machine’s address in place of ${THIS_MACHINE}:`,
    host: '0.0.0.0',
  },
} as const

export function Reach({ from, recorder }: ReachProps) {
  if (from === 'here' || !isLocalOnly(recorder.proxy)) return null
  const { why, host } = words[from]
  return (
    <div className={styles.reach} data-testid="reach">
      <p>
        <IconAlertTriangle size={15} className={styles.reachSign} aria-hidden="true" /> {why}
      </p>
      <CodeBlock parts={[[null, restartAt(recorder, host)]]} label="How to start the recorder" />
    </div>
  )
}
