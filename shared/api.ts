/** What the recorder's HTTP interface says; its only other speaker is the page. */
import type { Decoded } from './acme/model.ts'
import type { Peers } from './peers.ts'
import type { Note, Recording, RecordingSummary } from './recording.ts'
import type { SearchHit } from './search/search-fact.ts'
import type { NoteHit } from './search/search-notes.ts'

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
  /** What is no host to be decrypted; absent while there was nothing of it. */
  readonly unread?: Unread
  /** What was seen and could not be stored since the recorder started; absent when all was. */
  readonly lost?: { readonly facts: number; readonly why: string; readonly fix: string }
}

/** What was passed on without being read or recorded, since the recorder started. */
export interface Unread {
  readonly connections: number
  /** Of plain HTTP. */
  readonly requests: number
  /** In both directions, of connections. */
  readonly bytes: number
  /** How many different hosts. */
  readonly hosts: number
  /** The 20 that were asked for most. */
  readonly busiest: readonly string[]
}

/** GET /health, with 503 when it is not ok. */
export interface Health {
  /** `stuck`: what is seen cannot be stored at present. */
  readonly status: 'ok' | 'stuck'
  readonly version: string
  /** Facts that could not be stored since the recorder started. */
  readonly lostFacts: number
}

/** GET /api/recordings, newest first; examples last. What was deleted and may yet come back is not among them. */
export type RecordingsList = readonly RecordingSummary[]

/**
 * POST /api/recordings/new, with `{ name }` or nothing: ends the recording being written, whose last exchanges still go into
 * it, and goes on in a new one.
 */
export type RecordingBegun = RecorderInfo

/** DELETE /api/recordings/:id: it is out of the list now, and gone for good after so long unless POST …/restore comes first. */
export interface RecordingDeleted {
  readonly undoMs: number
}

/** GET /api/recordings/:id/peers */
export type RecordingPeers = Peers

/** POST /api/recordings, a HAR file. */
export interface RecordingImported {
  readonly recording: Recording
  readonly exchanges: number
  /** What the file holds that could not be taken over, in plain words. */
  readonly problems: readonly string[]
}

/** GET /api/search?q=…: what of all recordings holds these words, the newest recordings first. */
export interface SearchAnswer {
  readonly recordings: readonly RecordingHits[]
  /** Why there may be more than is told; null when that is all. */
  readonly cut: 'hits' | 'time' | null
  /** Recordings that were looked through, and how many there are. */
  readonly searched: number
  readonly all: number
}

export interface RecordingHits {
  readonly recording: RecordingSummary
  /** Its name holds the words. */
  readonly isNamed: boolean
  /** In what people wrote on it. */
  readonly notes: readonly NoteHit[]
  readonly hits: readonly SearchHit[]
  /** It holds more than are told. */
  readonly isCut: boolean
}

/**
 * GET /api/recordings/:id/stream, server-sent events; resumes after `Last-Event-ID` (or `?after=`).
 *
 * `facts`: id = revision of the last, data = Decoded[]: new, or replacing what had the same exchange id.
 * `ready`: everything stored before the page came has been sent.
 * `recording`: the recording itself changed (renamed, ended).
 * `notes`: all that people wrote on it, first of all and again whenever some of it changed.
 * `shelf`: what GET /api/recorder or GET /api/recordings answers has changed.
 */
export interface StreamEvents {
  readonly facts: readonly Decoded[]
  readonly ready: { readonly revision: number }
  readonly recording: Recording
  readonly notes: readonly Note[]
  readonly shelf: Record<string, never>
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
