/** A captured session: what a person starts, names, opens and shares. */

export interface Recording {
  readonly id: string
  readonly name: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Absent while it is being recorded, and after a crash. */
  readonly endedAt?: string
  readonly source: 'live' | 'import'
  /** Version of acmescope that wrote it. */
  readonly toolVersion: string
}

export interface RecordingSummary extends Recording {
  /** Number of exchanges in it. */
  readonly exchanges: number
  /** Of the bodies in it together. */
  readonly bytes: number
  /** `example`: ships with the tool and cannot be changed. */
  readonly origin: 'stored' | 'example'
}

/** A person's remark on an exchange (or connection), and so on its step, or on the whole recording. */
export interface Note {
  /** Unique in its recording. */
  readonly id: string
  /** Null: on the recording. */
  readonly exchange: string | null
  /** Markdown. */
  readonly text: string
  /** ISO 8601, UTC, with milliseconds. */
  readonly writtenAt: string
  /** When it was last changed; absent while it is as it was first written. */
  readonly editedAt?: string
}

/** Of one note, in bytes of UTF-8. */
export const MAX_NOTE_BYTES = 64 * 1024
/** Whether a text is short enough for a note. */
export const isNoteLength = (text: string): boolean =>
  text.length <= MAX_NOTE_BYTES && new TextEncoder().encode(text).length <= MAX_NOTE_BYTES

/** Of a recording: every page that opens it is sent them all. */
export const MAX_NOTES = 500
export const MAX_NOTES_BYTES = 2 * 1024 * 1024

/** As many as a recording holds. */
export function firstNotes(notes: readonly Note[]): readonly Note[] {
  let length = 0
  const end = notes.findIndex(({ text }, index) => {
    length += text.length
    return index >= MAX_NOTES || length > MAX_NOTES_BYTES
  })
  return end < 0 ? notes : notes.slice(0, end)
}
