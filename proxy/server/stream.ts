/**
 * One watcher's view of a recording: what is stored, then what comes. It listens before it reads, and tells the two
 * apart by revision, so nothing is lost or doubled; one that reads too slowly is sent back to the store.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeNext, type Keyring, learnNext, startKeyring } from '../../shared/acme/jws/keyring.ts'
import { type AccountKeys, noKeys } from '../../shared/acme/jws/keys.ts'
import type { Note, Recording } from '../../shared/recording.ts'
import type { StoredFact } from '../store/store.ts'
import { inFews } from './fews.ts'
import type { Live, LiveFact } from './live.ts'

/** A server-sent event; `heartbeat` is a comment. `id` is the revision of the last fact. */
export type StreamMessage =
  | { readonly event: 'facts'; readonly id: string; readonly data: string }
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
  | { readonly kind: 'facts'; readonly facts: LiveFact[] }
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
  for await (const few of inFews(stored(cursor.readTo))) {
    if (signal.aborted) return
    // Between a few exchanges and the next the proxied path has its turn: it shares this thread.
    await nextTurn()
    const all = await decodeNext(
      cursor.ring,
      few.map(({ fact }) => fact),
    )
    const message = pass(
      all.map((decoded, index) => ({ revision: few[index]?.revision ?? 0, decoded })),
      cursor,
    )
    if (message) yield message
  }
}

type Passing = Omit<LiveFact, 'json'> & Partial<LiveFact>

/** Of facts in the order of their revisions those that the watcher has not. */
function pass(facts: readonly Passing[], cursor: Cursor): StreamMessage | null {
  cursor.readTo = Math.max(cursor.readTo, facts.at(-1)?.revision ?? 0)
  const unsent = facts.filter(({ revision }) => revision > cursor.sent)
  const last = unsent.at(-1)
  if (!last) return null
  cursor.sent = last.revision
  const data = unsent.map(({ decoded, json = JSON.stringify(decoded) }) => json).join()
  return { event: 'facts', id: String(last.revision), data: `[${data}]` }
}

function toMessage(arrived: Exclude<Arrived, { kind: 'removed' | 'notes' }>, cursor: Cursor): StreamMessage | null {
  if (arrived.kind === 'shelf') return { event: 'shelf', data: '{}' }
  if (arrived.kind === 'recording') return { event: 'recording', data: JSON.stringify(arrived.recording) }
  const unread = arrived.facts.filter(({ revision }) => revision > cursor.readTo)
  // Keys are learnt even from what the watcher has already.
  for (const { decoded } of unread) learnNext(cursor.ring, decoded)
  return pass(unread, cursor)
}

interface Inbox {
  /** The next that arrived, facts in a row together; null when nothing did for so many ms, or the watcher is gone. */
  take(ms: number): Promise<Arrived | null>
  /** Whether facts were dropped since this was last asked: they are in the store. */
  overflowed(): boolean
  close(): void
}

function openInbox(live: Live, recordingId: string, signal: AbortSignal): Inbox {
  let waiting: Arrived[] = []
  let held = 0
  let dropped = false
  let wake = () => {}
  const put = (arrived: Arrived) => {
    waiting.push(arrived)
    wake()
  }
  const putFact = (fact: LiveFact) => {
    if (++held > MAX_WAITING) {
      waiting = waiting.filter(({ kind }) => kind !== 'facts')
      held = 0
      dropped = true
      return wake()
    }
    const last = waiting.at(-1)
    if (last?.kind === 'facts') last.facts.push(fact)
    else put({ kind: 'facts', facts: [fact] })
  }
  const unsubscribe = live.subscribe(recordingId, {
    fact: putFact,
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
      const next = waiting.shift() ?? null
      if (next?.kind === 'facts') held -= next.facts.length
      return next
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
