/** What an empty recording shows: how to fill it, where it still can be. */
import { PlaceLink } from '../session/place-link.tsx'
import { useSession } from '../session/session.ts'
import { Examples } from './examples.tsx'
import styles from './setup.module.css'
import { Setup } from './setup.tsx'

const Empty = () => (
  <div className={styles.page} data-testid="start">
    <div className={styles.sheet}>
      <header className={styles.intro}>
        <h2>This recording is empty</h2>
        <p>
          Nothing came while it was recorded. <PlaceLink to={{ view: 'setup' }}>Set up a client</PlaceLink> for the next
          one.
        </p>
      </header>
      <Examples />
    </div>
  </div>
)

export function StartPage() {
  const canGrow = useSession(({ state }) => state === 'live' || state === 'reconnecting')
  return canGrow ? <Setup /> : <Empty />
}
