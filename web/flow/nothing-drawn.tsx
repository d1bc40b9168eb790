/** Every step is hidden with a lane: what to do about it. */
import { Button } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import { shownText } from '../../shared/shown-text.ts'
import { goTo } from '../session/location.ts'
import styles from './flow.module.css'

export const NothingDrawn = ({ flow }: { flow: Flow }) => (
  <div className={styles.nothing}>
    <IconEyeOff size={26} stroke={1.5} aria-hidden="true" />
    <h2>Nothing is left to draw</h2>
    <p>Every step goes from or to {flow.hiddenLanes.map(({ label }) => shownText(label)).join(' or ')}.</p>
    <Button size="compact-sm" variant="default" onClick={() => goTo({ hide: null })}>
      Show all lanes
    </Button>
  </div>
)
