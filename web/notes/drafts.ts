/**
 * Notes that are being written. A draft outlives the editor it was typed in: looking at another step, or loading the page
 * anew, costs nothing.
 */
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { Note } from '../../shared/recording.ts'

export interface Draft {
  /** The recording's source and what the note is on. */
  readonly source: string
  readonly exchange: string | null
  /** Of the note to be. */
  readonly id: string
  /** The note as it was; null for a new one. */
  readonly before: Note | null
  readonly text: string
}

interface Drafts {
  readonly drafts: readonly Draft[]
  /** The draft whose editor shall take the keyboard when it is drawn. */
  readonly wanted: string | null
}

const useDrafts = create<Drafts>()(
  persist((): Drafts => ({ drafts: [], wanted: null }), {
    name: 'acmescope.drafts',
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ drafts }): Drafts => ({ drafts, wanted: null }),
  }),
)

/** An id nobody else makes. (`randomUUID` is not there on a page served beyond loopback without TLS.) */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const at = (source: string, exchange: string | null) => (draft: Draft) =>
  draft.source === source && draft.exchange === exchange

/** What is being written on something, oldest first. */
export function useDraftsOn(source: string, exchange: string | null): readonly Draft[] {
  const drafts = useDrafts((all) => all.drafts)
  return drafts.filter(at(source, exchange))
}

function put(draft: Draft, wanted: string | null): void {
  useDrafts.setState(({ drafts }) => ({
    drafts: drafts.some(({ id }) => id === draft.id)
      ? drafts.map((one) => (one.id === draft.id ? draft : one))
      : [...drafts, draft],
    wanted,
  }))
}

/** Begins a new note, or goes on with the one that was begun. */
export function beginDraft(source: string, exchange: string | null): void {
  const begun = useDrafts.getState().drafts.find((draft) => draft.before === null && at(source, exchange)(draft))
  const draft = begun ?? { source, exchange, id: newId(), before: null, text: '' }
  put(draft, draft.id)
}

export const editNote = (source: string, note: Note): void =>
  put({ source, exchange: note.exchange, id: note.id, before: note, text: note.text }, note.id)

export const setDraftText = (draft: Draft, text: string): void => put({ ...draft, text }, null)

/** Puts back what was discarded. */
export const restoreDraft = (draft: Draft): void => put(draft, draft.id)

export function endDraft(id: string): void {
  useDrafts.setState(({ drafts }) => ({ drafts: drafts.filter((draft) => draft.id !== id) }))
}

/** True once: whoever asks focuses its editor. */
export function takeFocus(id: string): boolean {
  if (useDrafts.getState().wanted !== id) return false
  useDrafts.setState({ wanted: null })
  return true
}
