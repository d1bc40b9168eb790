/** Says that the recorder went away, and that nothing shown is lost. */
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useSession } from '../session/session.ts'
import styles from './app.module.css'

export function ReconnectingBanner() {
  const away = useSession((session) => session.state === 'reconnecting' && session.trouble === null)
  if (!away) return null
  return (
    <div className={styles.banner} role="alert">
      <IconPlugConnectedX size={15} aria-hidden="true" />
      The recorder does not answer. Trying again; what is shown stays, and nothing it recorded meanwhile will be missed.
    </div>
  )
}
