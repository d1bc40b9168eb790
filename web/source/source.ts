/** Where a recording comes from. Views cannot tell a live one, a stored one and a dropped file apart. */
import type { Decoded } from '../../shared/acme/model.ts'
import type { NoteText } from '../../shared/api.ts'
import type { Exchange } from '../../shared/exchange.ts'
import type { Note, Recording } from '../../shared/recording.ts'

/**
 * `connecting`: nothing has arrived yet · `ready`: all that is stored is here · `live`: the same, and more may come ·
 * `reconnecting`: the recorder went away; what is here stays.
 */
export type SourceState = 'connecting' | 'ready' | 'live' | 'reconnecting'

/** What went wrong for good, in words a person can act on. */
export interface SourceTrouble {
  readonly title: string
  readonly message: string
  readonly fix: string
}

/** The recorder went away, and may come back. */
export interface Outage {
  /** In the page's clock, ms since the epoch: when the next try is made. */
  readonly nextTry: number
  /** What the recorder said, where it said anything. */
  readonly why: string | null
  readonly tryNow: () => void
}

export interface SourceListener {
  /** New, or replacing what had the same id. */
  facts(decoded: readonly Decoded[]): void
  state(state: SourceState): void
  /** Beside `reconnecting`: again with each try that failed. */
  away(outage: Outage): void
  recording(recording: Recording): void
  /** All that people wrote on it; again whenever some of it changed. */
  notes(notes: readonly Note[]): void
  /** What could not be read, in words; the rest is shown all the same. */
  unread(problems: readonly string[]): void
  /** The source is closed; nothing more will come. */
  failed(trouble: SourceTrouble): void
}

export interface ExportFormat {
  readonly label: string
  readonly hint: string
  readonly href: string
  readonly warning: boolean
}

/** Where notes are written; both reject, in words, when they cannot. */
export interface Notebook {
  /** Writes a note, or over the one of this id. */
  put(id: string, text: NoteText): Promise<Note>
  remove(id: string): Promise<void>
}

export interface Source {
  /** Names what is shown; equal keys are the same recording. */
  readonly key: string
  readonly label: string
  /** What it can be saved as; empty where it already is a file. */
  readonly exports: readonly ExportFormat[]
  /** Null where nobody can write on it: an example, a dropped file. */
  readonly notebook: Notebook | null
  /** Has the recorder keep a copy that can be written on, and answers its id; null where that is pointless. */
  readonly keep: (() => Promise<string>) | null
  /**
   * Begins to deliver; the answer ends it, and can be asked for again. `resumed`: who listens has all that was delivered
   * before, and wants the rest.
   */
  open(listener: SourceListener, resumed: boolean): () => void
  /** One exchange with its bodies; rejects when it is not to be had. */
  exchange(id: string): Promise<Exchange>
}
