/** The first line of what was written on the whole recording, above its diagram. */
import { IconNote } from '@tabler/icons-react'
import { PlaceLink } from '../session/place-link.tsx'
import { firstLine } from './first-line.ts'
import styles from './notes.module.css'
import { useNotesOn } from './use-notes.ts'

export function RecordingNote() {
  const [first] = useNotesOn(null)
  if (first === undefined) return null
  return (
    <PlaceLink to={{ view: 'notes' }} className={styles.strip} title="Read all notes" data-testid="recording-note">
      <IconNote size={14} stroke={1.7} aria-hidden="true" />
      <bdi>{firstLine(first.text)}</bdi>
    </PlaceLink>
  )
}
