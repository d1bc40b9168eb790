/** Where facts are kept: the calling side. Everything that touches the disk happens in the store's thread. */
import { Worker } from 'node:worker_threads'
import type { StoredKey } from '../../shared/acme/jws/keys.ts'
import type { Exchange, Fact } from '../../shared/exchange.ts'
import type { Peers } from '../../shared/peers.ts'
import type { Note, Recording, RecordingSummary } from '../../shared/recording.ts'
import type { SearchHit } from '../../shared/search/search-fact.ts'
import { StoreFailure } from './failure.ts'
import type { NotePut } from './notes.ts'
import type { Calls, FromThread, RecordingChange, SerializedFailure, ToThread } from './protocol.ts'
import type { EndedRecording, StoredFact } from './queries.ts'

export type { EndedRecording, RecordingChange, StoredFact }

export interface StoreOptions {
  /** Nothing is created, migrated or written; a recorder may be writing at the same time. */
  readonly readOnly?: boolean
  /** Facts that could not be written, as it happens. `flush` says so too. */
  readonly onLost?: (facts: number, why: StoreFailure) => void
}

export interface Store {
  createRecording(recording: Recording): Promise<void>
  updateRecording(id: string, change: RecordingChange): Promise<void>
  /** Overwrites what it deletes. Fails with `recording-live` while a recorder writes it. */
  deleteRecording(id: string): Promise<void>
  /** Those that were recorded here and that no recorder writes any longer, oldest end first. */
  ended(): Promise<readonly EndedRecording[]>
  /** Bytes on the disk that hold something. */
  size(): Promise<number>
  /** Newest first; reads no bodies. */
  listRecordings(): Promise<readonly RecordingSummary[]>
  /**
   * Queues a fact and answers its revision at once; never waits, never throws. A fact of the same id is replaced.
   * Its bodies leave memory when the thread has written them.
   */
  write(recordingId: string, fact: Fact): number
  /** In the order of revisions, from the first one after `after`; includes everything written before each page is read. */
  facts(recordingId: string, after: number): AsyncIterable<StoredFact>
  /** What holds these words, whatever their case: page by page, in the order of revisions; a page may hold none. */
  search(recordingId: string, words: string): AsyncIterable<readonly SearchHit[]>
  /** Who speaks in it, as far as its first exchanges show. */
  peers(recordingId: string): Promise<Peers>
  /** Whether a recorder that is alive, this one or another, writes it. */
  isBeingWritten(recordingId: string): Promise<boolean>
  exchange(recordingId: string, exchangeId: string): Promise<Exchange | null>
  /**
   * The keys a recording can be checked with beside those it shows itself: what other recordings showed, and what came
   * with its file. Newest first. Keys are learnt as facts are written, in the store's thread, and go with their recording.
   */
  keys(recordingId: string): Promise<readonly StoredKey[]>
  /** Keys that came with a file. */
  addKeys(recordingId: string, keys: readonly StoredKey[]): Promise<void>
  /** In the order in which they were written. */
  notes(recordingId: string): Promise<readonly Note[]>
  /** Writes a note, or over the one of its id: then its first time stays, and `writtenAt` is taken for the time of the change. */
  putNote(recordingId: string, note: Note): Promise<NotePut>
  /** Notes that came with a file. */
  addNotes(recordingId: string, notes: readonly Note[]): Promise<void>
  /** False when there was none. */
  removeNote(recordingId: string, noteId: string): Promise<boolean>
  /** Resolves when everything written so far is on the disk; rejects when some of it could not be. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens `<folder>/acmescope.db`, creating and migrating it unless it is only read.
 * @throws StoreFailure; the file is then as it was
 */
export async function openStore(folder: string, options: StoreOptions = {}): Promise<Store> {
  const thread = startThread(options.onLost ?? (() => {}))
  try {
    const { revision } = await thread.call('open', { folder, readOnly: options.readOnly ?? false })
    return toStore(thread, revision)
  } catch (error) {
    await thread.end()
    throw error
  }
}

function toStore(thread: Thread, lastRevision: number): Store {
  let revision = lastRevision
  return {
    createRecording: async (recording) => void (await thread.call('createRecording', recording)),
    updateRecording: async (id, change) => void (await thread.call('updateRecording', { id, change })),
    deleteRecording: async (id) => void (await thread.call('deleteRecording', id)),
    ended: () => thread.call('ended', null),
    size: () => thread.call('size', null),
    listRecordings: () => thread.call('listRecordings', null),
    write: (recording, fact) => {
      revision += 1
      thread.post({ written: { recording, revision, fact } })
      return revision
    },
    facts: (recording, after) => readFacts(thread, recording, after),
    search: (recording, words) => readHits(thread, recording, words),
    peers: (recording) => thread.call('peers', recording),
    isBeingWritten: (id) => thread.call('isBeingWritten', id),
    exchange: (recording, exchange) => thread.call('exchange', { recording, exchange }),
    keys: (recording) => thread.call('keys', recording),
    addKeys: async (recording, keys) => void (await thread.call('addKeys', { recording, keys })),
    notes: (recording) => thread.call('notes', recording),
    putNote: (recording, note) => thread.call('putNote', { recording, note }),
    addNotes: async (recording, notes) => void (await thread.call('addNotes', { recording, notes })),
    removeNote: (recording, note) => thread.call('removeNote', { recording, note }),
    flush: async () => void (await thread.call('flush', null)),
    close: async () => {
      await thread.call('close', null)
      await thread.end()
    },
  }
}

/** One page in memory at a time; the next is read when the last fact of this one was taken. */
async function* readFacts(thread: Thread, recording: string, after: number): AsyncGenerator<StoredFact> {
  let last = after
  for (;;) {
    const page = await thread.call('facts', { recording, after: last })
    if (page.length === 0) return
    for (const stored of page) {
      last = stored.revision
      yield stored
    }
  }
}

async function* readHits(thread: Thread, recording: string, words: string): AsyncGenerator<readonly SearchHit[]> {
  let after = 0
  for (;;) {
    const { hits, last } = await thread.call('search', { recording, after, words })
    if (last === null) return
    yield hits
    after = last
  }
}

interface Thread {
  call<Name extends keyof Calls>(name: Name, take: Calls[Name][0]): Promise<Calls[Name][1]>
  post(message: ToThread): void
  end(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (failure: StoreFailure) => void
}

const toFailure = ({ code, message }: SerializedFailure) => new StoreFailure(code, message)

/** Node 20 reads no TypeScript: run from the sources (tests, benchmarks), the thread is the one that was built. */
const WORKER = import.meta.url.endsWith('.ts') ? '../../dist/proxy/store/worker.js' : './worker.js'

function startThread(onLost: (facts: number, why: StoreFailure) => void): Thread {
  const worker = new Worker(new URL(WORKER, import.meta.url), { name: 'store' })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let dead: StoreFailure | null = null

  const die = (why: string) => {
    dead ??= new StoreFailure('closed', why)
    for (const { reject } of waiting.values()) reject(dead)
    waiting.clear()
  }
  worker.on('message', (message: FromThread) => {
    if ('lost' in message) return onLost(message.lost, toFailure(message.failure))
    const caller = waiting.get(message.id)
    waiting.delete(message.id)
    if ('failure' in message) caller?.reject(toFailure(message.failure))
    else caller?.resolve(message.answer)
  })
  worker.on('error', (error) => die(error instanceof Error ? error.message : String(error)))
  worker.on('exit', () => die('the store is closed'))

  return {
    call: <Name extends keyof Calls>(name: Name, take: Calls[Name][0]) =>
      new Promise<Calls[Name][1]>((resolve, reject) => {
        if (dead) return reject(dead)
        calls += 1
        waiting.set(calls, { resolve: resolve as Waiting['resolve'], reject })
        worker.postMessage({ call: { id: calls, name, take } })
      }),
    post: (message) => {
      if (dead) onLost(1, dead)
      else worker.postMessage(message)
    },
    end: async () => void (await worker.terminate()),
  }
}
