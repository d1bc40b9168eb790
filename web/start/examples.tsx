/** What to look at without a client of one's own: recordings that ship with the tool, or a file. */
import { Button } from '@mantine/core'
import { IconArrowRight, IconFileImport, IconFileText } from '@tabler/icons-react'
import { chooseFiles } from '../app/file-input.tsx'
import { placeOf } from '../app/open-recording.ts'
import { useShelf } from '../app/use-recordings.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './setup.module.css'

export function Examples() {
  const recordings = useShelf((shelf) => shelf.recordings)
  const examples = recordings.filter(({ origin }) => origin === 'example')
  return (
    <section className={styles.examples} aria-label="Or look at something recorded">
      <h2>Or look at something recorded</h2>
      <div className={styles.grid}>
        {examples.map(({ id, name, exchanges }) => (
          <PlaceLink key={id} to={placeOf(id)} className={styles.example}>
            <IconFileText size={16} stroke={1.6} className={styles.exampleSign} aria-hidden="true" />
            <span title={name}>{name}</span>
            <small>{exchanges} exchanges</small>
            <IconArrowRight size={14} className={styles.exampleSign} aria-hidden="true" />
          </PlaceLink>
        ))}
      </div>
      <p className={styles.drop}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFileImport size={14} />}
          onClick={() => chooseFiles('open')}
        >
          Open a HAR file
        </Button>
        or drop one anywhere in this window: it is decoded here, and uploaded nowhere.
      </p>
    </section>
  )
}
