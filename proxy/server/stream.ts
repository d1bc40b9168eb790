/**
 * One watcher's view of a recording: what is stored, then what comes. It listens before it reads, and tells the two
 * apart by revision, so nothing is lost or doubled; one that reads too slowly is sent back to the store.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeNext, type Keyring, learnNext, startKeyring } from '../../shared/acme/jws/keyring.ts'
import { type AccountKeys, noKeys } from '../../shared/acme/jws/keys.ts'
import type { Note, Recording } from '../../shared/recording.ts'
import type { StoredFact } from '../store/store.ts'
import type { Live, LiveFact } from './live.ts'

/** A server-sent event; `heartbeat` is a comment. `id` is the revision. */
export type StreamMessage =
  | { readonly event: 'fact'; readonly id: string; readonly data: string }
  | { readonly event: 'ready' | 'recording' | 'notes' | 'shelf'; readonly data: string }
  | { readonly event: 'heartbeat' }

export interface StreamOptions {
  /** The last revision the watcher has; 0 for all. */
  readonly after: number
  readonly signal: AbortSignal
  readonly heartbeatMs?: number
  /** Account keys from elsewhere. */
  readonly keys?: AccountKeys
  /** What people wrote on the recording, as it is now. */
  readonly notes?: () => Promise<readonly Note[]>
}

/** Live facts held for one watcher, at most. */
const MAX_WAITING = 500
const HEARTBEAT_MS = 15_000

type Arrived =
  | { readonly kind: 'fact'; readonly fact: LiveFact }
  | { readonly kind: 'recording'; readonly recording: Recording }
  | { readonly kind: 'notes' }
  | { readonly kind: 'shelf' }
  | { readonly kind: 'removed' }

/** Ends when the recording is deleted or `signal` aborts; throws what the store throws. */
export async function* streamRecording(
  stored: (after: number) => AsyncIterable<StoredFact>,
  live: Live,
  recordingId: string,
  { after, signal, heartbeatMs = HEARTBEAT_MS, keys = noKeys, notes }: StreamOptions,
): AsyncGenerator<StreamMessage> {
  const inbox = openInbox(live, recordingId, signal)
  const cursor: Cursor = { readTo: 0, sent: after, ring: startKeyring(keys) }
  try {
    if (notes) yield await allNotes(notes)
    yield* readStored(stored, cursor, signal)
    yield { event: 'ready', data: JSON.stringify({ revision: cursor.readTo }) }
    while (!signal.aborted) {
      if (inbox.overflowed()) yield* readStored(stored, cursor, signal)
      const arrived = await inbox.take(heartbeatMs)
      if (arrived?.kind === 'removed') return
      if (arrived?.kind === 'notes') {
        if (notes) yield await allNotes(notes)
        continue
      }
      const message = arrived ? toMessage(arrived, cursor) : HEARTBEAT
      if (message) yield message
    }
  } finally {
    inbox.close()
  }
}

/** Always all of them, read when they are sent: so two pages agree, whatever they missed. */
const allNotes = async (notes: () => Promise<readonly Note[]>): Promise<StreamMessage> => ({
  event: 'notes',
  data: JSON.stringify(await notes()),
})

const HEARTBEAT: StreamMessage = { event: 'heartbeat' }

/** How far a watcher is. `readTo` runs ahead of nothing: every fact up to it was looked at, and its keys learnt. */
interface Cursor {
  readTo: number
  sent: number
  readonly ring: Keyring
}

async function* readStored(
  stored: (after: number) => AsyncIterable<StoredFact>,
  cursor: Cursor,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  for await (const { revision, fact } of stored(cursor.readTo)) {
    if (signal.aborted) return
    // Between two exchanges the proxied path has its turn: it shares this thread.
    await nextTurn()
    const decoded = await decodeNext(cursor.ring, fact)
    const message = pass({ revision, decoded }, () => JSON.stringify(decoded), cursor)
    if (message) yield message
  }
}

/** Keys are learnt even from what the watcher has already. */
function pass(
  { revision, decoded }: Pick<LiveFact, 'revision' | 'decoded'>,
  json: () => string,
  cursor: Cursor,
): StreamMessage | null {
  if (revision <= cursor.readTo) return null
  cursor.readTo = revision
  learnNext(cursor.ring, decoded)
  if (revision <= cursor.sent) return null
  cursor.sent = revision
  return { event: 'fact', id: String(revision), data: json() }
}

function toMessage(arrived: Exclude<Arrived, { kind: 'removed' | 'notes' }>, cursor: Cursor): StreamMessage | null {
  if (arrived.kind === 'shelf') return { event: 'shelf', data: '{}' }
  if (arrived.kind === 'recording') return { event: 'recording', data: JSON.stringify(arrived.recording) }
  return pass(arrived.fact, () => arrived.fact.json, cursor)
}

interface Inbox {
  /** The next that arrived; null when nothing did for so many ms, or the watcher is gone. */
  take(ms: number): Promise<Arrived | null>
  /** Whether facts were dropped since this was last asked: they are in the store. */
  overflowed(): boolean
  close(): void
}

function openInbox(live: Live, recordingId: string, signal: AbortSignal): Inbox {
  let waiting: Arrived[] = []
  let dropped = false
  let wake = () => {}
  const put = (arrived: Arrived) => {
    if (arrived.kind === 'fact' && waiting.length >= MAX_WAITING) {
      waiting = waiting.filter(({ kind }) => kind !== 'fact')
      dropped = true
    } else waiting.push(arrived)
    wake()
  }
  const unsubscribe = live.subscribe(recordingId, {
    fact: (fact) => put({ kind: 'fact', fact }),
    recording: (recording) => put({ kind: 'recording', recording }),
    notes: () => put({ kind: 'notes' }),
    removed: () => put({ kind: 'removed' }),
    shelf: () => put({ kind: 'shelf' }),
  })
  const arrival = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  return {
    take: async (ms) => {
      if (waiting.length === 0 && !dropped && !signal.aborted) await arrival(ms)
      return waiting.shift() ?? null
    },
    overflowed: () => {
      const was = dropped
      dropped = false
      return was
    },
    close: () => {
      unsubscribe()
      signal.removeEventListener('abort', onAbort)
    },
  }
}
