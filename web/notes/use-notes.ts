/** What people wrote, by what they wrote it on. */
import type { Note } from '../../shared/recording.ts'
import { useSession } from '../session/session.ts'

export type NotesByExchange = ReadonlyMap<string | null, readonly Note[]>

const nothing: readonly Note[] = []

const grouped = new WeakMap<readonly Note[], NotesByExchange>()

/** Notes by the id of the exchange or connection they are on; those on the recording under null. Made once per list. */
export function notesByExchange(notes: readonly Note[]): NotesByExchange {
  const known = grouped.get(notes)
  if (known !== undefined) return known
  const groups = new Map<string | null, Note[]>()
  for (const note of notes) groups.set(note.exchange, [...(groups.get(note.exchange) ?? []), note])
  grouped.set(notes, groups)
  return groups
}

export const useNotes = (): NotesByExchange => notesByExchange(useSession((session) => session.notes))

/** Null: those on the recording as a whole. */
export const useNotesOn = (exchange: string | null): readonly Note[] => useNotes().get(exchange) ?? nothing

export const useNoteCount = (): number => useSession((session) => session.notes.length)
