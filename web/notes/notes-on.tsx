/** What was written on one thing, with the way to write more. */
import { Button } from '@mantine/core'
import { IconCopyPlus, IconPencilPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../session/session.ts'
import type { Source } from '../source/source.ts'
import { beginDraft, useDraftsOn } from './drafts.ts'
import { keepCopy } from './keep-notes.ts'
import { NoteCard } from './note-card.tsx'
import { NoteEditor } from './note-editor.tsx'
import styles from './notes.module.css'
import { useNotesOn } from './use-notes.ts'

interface NotesOnProps {
  /** Id of an exchange or a connection; null: the recording. */
  readonly exchange: string | null
  /** What it is, in words: "this step". */
  readonly what: string
  /** Without the button for one more: where many are read. */
  readonly reading?: boolean
}

/** An example or a file is nobody's to write on; a copy is. */
function KeepCopy({ source }: { source: Source }) {
  const [busy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    await keepCopy(source)
    setBusy(false)
  }
  return (
    <div className={styles.copy}>
      <p className={styles.quiet}>
        “{source.label}” is only looked at here. The recorder can keep a copy, which you can write on.
      </p>
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        leftSection={<IconCopyPlus size={14} />}
        onClick={() => void keep()}
      >
        Keep a copy to write notes
      </Button>
    </div>
  )
}

export function NotesOn({ exchange, what, reading = false }: NotesOnProps) {
  const source = useSession((session) => session.source)
  const notes = useNotesOn(exchange)
  const drafts = useDraftsOn(source?.key ?? '', exchange)
  if (source === null) return null
  // What is typed stays, even when somebody deletes the note under it.
  const fresh = drafts.filter(({ id, before }) => before === null || !notes.some((note) => note.id === id))
  const draftOf = (id: string) => drafts.find((draft) => draft.id === id && draft.before !== null)
  return (
    <div className={styles.list}>
      {notes.map((note) => {
        const draft = draftOf(note.id)
        return draft === undefined ? (
          <NoteCard key={note.id} source={source} note={note} />
        ) : (
          <NoteEditor key={note.id} source={source} draft={draft} label={`Note on ${what}`} />
        )
      })}
      {fresh.map((draft) => (
        <NoteEditor key={draft.id} source={source} draft={draft} label={`Note on ${what}`} />
      ))}
      {!reading && source.notebook !== null && fresh.length === 0 && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencilPlus size={14} />}
            onClick={() => beginDraft(source.key, exchange)}
          >
            Write a note on {what}
          </Button>
        </div>
      )}
      {!reading && source.notebook === null && source.keep !== null && <KeepCopy source={source} />}
    </div>
  )
}
