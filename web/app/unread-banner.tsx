/** Says that a file was not read whole. */
import { CloseButton } from '@mantine/core'
import { IconFileAlert } from '@tabler/icons-react'
import { useSession } from '../session/session.ts'
import styles from './app.module.css'

const SHOWN = 3

export function UnreadBanner() {
  const unread = useSession((session) => session.unread)
  if (unread.length === 0) return null
  return (
    <div className={styles.banner} role="status">
      <IconFileAlert size={15} aria-hidden="true" />
      <span title={unread.join('\n')}>
        Not everything in this file could be read: {unread.slice(0, SHOWN).join(' ')}
        {unread.length > SHOWN && ` And ${unread.length - SHOWN} more.`}
      </span>
      <CloseButton size="xs" ml="auto" aria-label="Dismiss" onClick={() => useSession.setState({ unread: [] })} />
    </div>
  )
}
