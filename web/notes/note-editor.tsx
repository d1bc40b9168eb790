/** Where a note is typed: Markdown, with what it will look like one press away. */
import { Button, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { isNoteLength, MAX_NOTE_BYTES } from '../../shared/recording.ts'
import type { Source } from '../source/source.ts'
import { type Draft, endDraft, restoreDraft, setDraftText, takeFocus } from './drafts.ts'
import { saveDraft } from './keep-notes.ts'
import { NoteText } from './note-text.tsx'
import styles from './notes.module.css'

const isChanged = ({ before, text }: Draft): boolean => text.trim() !== (before?.text ?? '')

/** Nothing typed is lost by a wrong key. */
function discard(draft: Draft): void {
  endDraft(draft.id)
  if (!isChanged(draft)) return
  const id = `discarded-${draft.id}`
  const back = () => {
    restoreDraft(draft)
    notifications.hide(id)
  }
  notifications.show({
    id,
    message: (
      <span className={styles.undo}>
        What you typed was discarded.
        <Button size="compact-xs" variant="default" onClick={back}>
          Put it back
        </Button>
      </span>
    ),
  })
}

function Modes({ preview, choose }: { preview: boolean; choose: (preview: boolean) => void }) {
  return (
    <span className={styles.modes}>
      {[false, true].map((mode) => (
        <UnstyledButton
          key={String(mode)}
          className={styles.mode}
          aria-pressed={preview === mode}
          onClick={() => choose(mode)}
        >
          {mode ? 'Preview' : 'Write'}
        </UnstyledButton>
      ))}
      <span className={styles.hint}>Markdown; #12 links to step 12</span>
    </span>
  )
}

export function NoteEditor({ source, draft, label }: { source: Source; draft: Draft; label: string }) {
  const [preview, setPreview] = useState(false)
  const [saving, setSaving] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const tooLong = !isNoteLength(draft.text)
  const savable = draft.text.trim() !== '' && !tooLong && !saving

  useEffect(() => {
    if (takeFocus(draft.id)) area.current?.focus()
  })

  const save = async () => {
    if (!savable) return
    setSaving(true)
    if (!(await saveDraft(source, draft))) setSaving(false)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') discard(draft)
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the textarea's and its buttons', which are inside
    <div className={styles.editor} onKeyDown={key}>
      <Modes preview={preview} choose={setPreview} />
      {preview ? (
        <div className={styles.preview}>
          {draft.text.trim() === '' ? (
            <p className={styles.quiet}>Nothing written yet.</p>
          ) : (
            <NoteText text={draft.text} />
          )}
        </div>
      ) : (
        <textarea
          ref={area}
          className={styles.area}
          aria-label={label}
          value={draft.text}
          rows={Math.min(16, Math.max(5, draft.text.split('\n', 16).length + 1))}
          spellCheck
          onChange={(event) => setDraftText(draft, event.currentTarget.value)}
        />
      )}
      <div className={styles.actions}>
        <Button size="compact-sm" disabled={!savable} onClick={() => void save()} title="Ctrl+Enter">
          Save
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => discard(draft)} title="Esc">
          Cancel
        </Button>
        {tooLong && (
          <span className={styles.wrong} role="alert">
            A note holds {MAX_NOTE_BYTES / 1024} kB; shorten it, or write several.
          </span>
        )}
      </div>
    </div>
  )
}
