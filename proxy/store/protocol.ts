/** What the store and its thread say to each other. */
import type { StoredKey } from '../../shared/acme/jws/keys.ts'
import type { Exchange } from '../../shared/exchange.ts'
import type { Peers } from '../../shared/peers.ts'
import type { Note, Recording, RecordingSummary } from '../../shared/recording.ts'
import type { SearchHit } from '../../shared/search/search-fact.ts'
import type { StoreFailureCode } from './failure.ts'
import type { NotePut } from './notes.ts'
import type { EndedRecording, StoredFact, Written } from './queries.ts'

export interface RecordingChange {
  readonly name?: string
  readonly endedAt?: string
}

/** What one page of facts holds of some words. */
export interface PageHits {
  readonly hits: readonly SearchHit[]
  /** Revision of the page's last fact; null when there was none. */
  readonly last: number | null
}

/** Each with what it takes and what it answers. `open` comes first, `close` last. */
export interface Calls {
  open: [take: { readonly folder: string; readonly readOnly: boolean }, answer: { readonly revision: number }]
  createRecording: [take: Recording, answer: null]
  updateRecording: [take: { readonly id: string; readonly change: RecordingChange }, answer: null]
  deleteRecording: [take: string, answer: null]
  ended: [take: null, answer: readonly EndedRecording[]]
  size: [take: null, answer: number]
  listRecordings: [take: null, answer: readonly RecordingSummary[]]
  facts: [take: { readonly recording: string; readonly after: number }, answer: readonly StoredFact[]]
  search: [take: { readonly recording: string; readonly after: number; readonly words: string }, answer: PageHits]
  peers: [take: string, answer: Peers]
  /** Whether a recorder that is alive writes it. */
  isBeingWritten: [take: string, answer: boolean]
  exchange: [take: { readonly recording: string; readonly exchange: string }, answer: Exchange | null]
  keys: [take: string, answer: readonly StoredKey[]]
  addKeys: [take: { readonly recording: string; readonly keys: readonly StoredKey[] }, answer: null]
  notes: [take: string, answer: readonly Note[]]
  putNote: [take: { readonly recording: string; readonly note: Note }, answer: NotePut]
  addNotes: [take: { readonly recording: string; readonly notes: readonly Note[] }, answer: null]
  removeNote: [take: { readonly recording: string; readonly note: string }, answer: boolean]
  flush: [take: null, answer: null]
  close: [take: null, answer: null]
}

export type CallName = keyof Calls

export type Call = {
  [Name in CallName]: { readonly id: number; readonly name: Name; readonly take: Calls[Name][0] }
}[CallName]

export type ToThread = { readonly written: Written } | { readonly call: Call }

export interface SerializedFailure {
  readonly code: StoreFailureCode
  readonly message: string
}

export type FromThread =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: SerializedFailure }
  /** Facts that could not be written; nobody waits for this one. */
  | { readonly lost: number; readonly failure: SerializedFailure }
