/** What the recorder's HTTP interface says; its only other speaker is the page. */
import type { Decoded } from './acme/model.ts'
import type { Note, Recording, RecordingSummary } from './recording.ts'

/** GET /api/recorder */
export interface RecorderInfo {
  readonly version: string
  /** `http://127.0.0.1:8555`: what `HTTPS_PROXY` wants. */
  readonly proxy: string
  readonly ui: string
  readonly authority: {
    readonly name: string
    /** Absolute paths on the recorder's machine. */
    readonly pem: string
    readonly bundle: string
    readonly fingerprintSha256: string
    /** ISO 8601. */
    readonly notAfter: string
  }
  /** The recording being written. */
  readonly recording: string
  readonly recordingsFolder: string
}

/** GET /api/recordings, newest first; examples last. */
export type RecordingsList = readonly RecordingSummary[]

/**
 * GET /api/recordings/:id/stream, server-sent events; resumes after `Last-Event-ID` (or `?after=`).
 *
 * `fact`: id = revision, data = Decoded: new, or replacing what had the same exchange id.
 * `ready`: everything stored before the page came has been sent.
 * `recording`: the recording itself changed (renamed, ended).
 * `notes`: all that people wrote on it, first of all and again whenever some of it changed.
 */
export interface StreamEvents {
  readonly fact: Decoded
  readonly ready: { readonly revision: number }
  readonly recording: Recording
  readonly notes: readonly Note[]
}

/** PUT /api/recordings/:id/notes/:note: written, or written over; the answer is the note. */
export interface NoteText {
  /** Id of an exchange or a connection; null for a note on the recording. */
  readonly exchange: string | null
  readonly text: string
}

/** Every answer of 4xx or 5xx. */
export interface ApiError {
  readonly error: { readonly code: string; readonly message: string; readonly fix: string }
}
