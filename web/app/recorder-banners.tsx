/** Says that the recorder goes on elsewhere, and what it could not keep. */
import { Anchor, CloseButton } from '@mantine/core'
import { IconDatabaseOff, IconPlayerRecord } from '@tabler/icons-react'
import { useState } from 'react'
import { PlaceLink } from '../session/place-link.tsx'
import { useSession } from '../session/session.ts'
import styles from './app.module.css'
import { placeOf } from './open-recording.ts'
import { count } from './recording-facts.ts'
import { useShelf } from './use-recordings.ts'

/** For who still looks at the recording that was being written until a moment ago. */
export function MovedBanner() {
  const isFormer = useSession(({ source }) => source?.key) === useShelf(({ former }) => former ?? '')
  if (!isFormer) return null
  return (
    <div className={styles.banner} data-tone="plain" role="status">
      <IconPlayerRecord size={15} aria-hidden="true" />
      The recorder now writes another recording.
      <Anchor component={PlaceLink} to={placeOf(null)} size="sm">
        Show it
      </Anchor>
      <CloseButton size="xs" ml="auto" aria-label="Dismiss" onClick={() => useShelf.setState({ former: null })} />
    </div>
  )
}

export function LostBanner() {
  const lost = useShelf(({ recorder }) => recorder?.lost)
  const [dismissed, dismiss] = useState(0)
  if (lost === undefined || lost.facts <= dismissed) return null
  return (
    <div className={styles.banner} data-tone="bad" role="alert">
      <IconDatabaseOff size={15} aria-hidden="true" />
      <span>
        Not all the recorder sees can be stored ({count(lost.facts, 'time')} so far): {lost.why}. What to do: {lost.fix}
        .
      </span>
      <CloseButton size="xs" ml="auto" aria-label="Dismiss" onClick={() => dismiss(lost.facts)} />
    </div>
  )
}
