/** One note, to be read; with what can be done with it where its recording can be written on. */
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import type { Note } from '../../shared/recording.ts'
import type { Source } from '../source/source.ts'
import { dateTime } from '../theme/time.ts'
import { editNote } from './drafts.ts'
import { deleteNote } from './keep-notes.ts'
import { NoteText } from './note-text.tsx'
import styles from './notes.module.css'

async function remove(source: Source, note: Note): Promise<void> {
  const putBack = await deleteNote(source, note)
  if (putBack === null) return
  const id = `deleted-${note.id}`
  const undo = () => {
    void putBack()
    notifications.hide(id)
  }
  notifications.show({
    id,
    message: (
      <span className={styles.undo}>
        The note was deleted.
        <Button size="compact-xs" variant="default" onClick={undo}>
          Undo
        </Button>
      </span>
    ),
  })
}

const Tools = ({ source, note }: { source: Source; note: Note }) => (
  <span className={styles.tools}>
    <Tooltip label="Edit">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label="Edit note"
        onClick={() => editNote(source.key, note)}
      >
        <IconPencil size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
    <Tooltip label="Delete">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label="Delete note"
        onClick={() => void remove(source, note)}
      >
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  </span>
)

export const NoteCard = ({ source, note }: { source: Source; note: Note }) => (
  <article className={styles.card} data-testid="note">
    <header>
      <time dateTime={note.writtenAt}>{dateTime(note.writtenAt).slice(0, 16)} UTC</time>
      {note.editedAt !== undefined && (
        <span title={dateTime(note.editedAt)} className={styles.edited}>
          edited
        </span>
      )}
      {source.notebook !== null && <Tools source={source} note={note} />}
    </header>
    <NoteText text={note.text} />
  </article>
)
