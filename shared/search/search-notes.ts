/** Looks for a person's words in what people wrote. */
import type { Note } from '../recording.ts'
import { contextOf, type SearchContext } from './search-fact.ts'

export interface NoteHit {
  readonly note: string
  /** What it is on; null for the recording. */
  readonly exchange: string | null
  readonly context: SearchContext
}

/** The first place in each note that holds them. */
export const searchNotes = (notes: readonly Note[], pattern: RegExp): readonly NoteHit[] =>
  notes.flatMap(({ id, exchange, text }) => {
    const match = pattern.exec(text)
    return match ? [{ note: id, exchange, context: contextOf(text, match.index, match[0]) }] : []
  })
