/** What a person does with notes, told to the source; what goes wrong is said, and nothing typed is lost. */
import { notifications } from '@mantine/notifications'
import type { Note } from '../../shared/recording.ts'
import { atRecording, goTo } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { ApiFailure } from '../source/api.ts'
import type { Source } from '../source/source.ts'
import { type Draft, endDraft } from './drafts.ts'

const OFFLINE = 'The recorder does not answer. What you typed stays here.'

export const failed = (title: string, error: unknown): void => {
  const message = error instanceof ApiFailure ? `${error.message} ${error.fix}` : OFFLINE
  notifications.show({ color: 'red', title, message })
}

/** The stream brings the same list again; this one is there at once. */
const change = (source: Source, how: (notes: readonly Note[]) => readonly Note[]): void =>
  useSession.setState((session) => (session.source === source ? { notes: how(session.notes) } : {}))

const withNote = (note: Note) => (notes: readonly Note[]) =>
  notes.some(({ id }) => id === note.id) ? notes.map((one) => (one.id === note.id ? note : one)) : [...notes, note]

/** Answers whether it was saved. */
export async function saveDraft(source: Source, draft: Draft): Promise<boolean> {
  try {
    const note = await source.notebook?.put(draft.id, { exchange: draft.exchange, text: draft.text })
    if (note !== undefined) change(source, withNote(note))
    endDraft(draft.id)
    return true
  } catch (error) {
    failed('The note was not saved', error)
    return false
  }
}

/** Null when it was not deleted. The answer puts it back. */
export async function deleteNote(source: Source, note: Note): Promise<(() => Promise<void>) | null> {
  try {
    await source.notebook?.remove(note.id)
    change(source, (notes) => notes.filter(({ id }) => id !== note.id))
    return async () => {
      const { exchange, text } = note
      await source.notebook?.put(note.id, { exchange, text }).then(
        (again) => change(source, withNote(again)),
        (error: unknown) => failed('The note was not put back', error),
      )
    }
  } catch (error) {
    failed('The note was not deleted', error)
    return null
  }
}

/** Has the recorder keep what cannot be written on, and shows the copy. */
export async function keepCopy(source: Source): Promise<void> {
  try {
    const id = await source.keep?.()
    if (id !== undefined) goTo(atRecording(id))
  } catch (error) {
    failed('No copy was kept', error)
  }
}
