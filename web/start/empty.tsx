/** A recording that ended before anything came. */
import { PlaceLink } from '../session/place-link.tsx'
import { Examples } from './examples.tsx'
import styles from './setup.module.css'

export const Empty = () => (
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
