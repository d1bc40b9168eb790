// What a recorder that runs for months does by itself, beside recording: a new recording every day, and old ones go.
import type { RecordingWriter } from '../recording-writer.ts'
import type { EndedRecording, Store } from '../store/store.ts'
import { prune, type Retention } from './retention.ts'
import { beginDaily } from './rotation.ts'

export interface UpkeepOptions {
  readonly writer: RecordingWriter
  readonly store: Store
  readonly isDaily: boolean
  readonly retention: Retention
  readonly onPruned: (recordings: readonly EndedRecording[]) => void
  /** What went wrong; it is tried again. */
  readonly onError: (error: unknown) => void
}

/** ms between two looks. Midnight may be late by so much, and an order that is under way then is asked after again. */
const EVERY = 60_000
const LOOKS_PER_PRUNING = 60

/** Starts it; old recordings go at once. The function returned stops it and waits for what is being done. */
export function startUpkeep(options: UpkeepOptions): () => Promise<void> {
  const { writer, store, isDaily, retention, onPruned, onError } = options
  const hasRetention = Object.keys(retention).length > 0
  if (!isDaily && !hasRetention) return async () => undefined
  let looks = 0
  let working = Promise.resolve()
  const look = async (): Promise<void> => {
    if (isDaily) await beginDaily(writer, store)
    if (!hasRetention || looks++ % LOOKS_PER_PRUNING !== 0) return
    const gone = await prune(store, retention)
    if (gone.length > 0) onPruned(gone)
  }
  const next = (): void => {
    working = working.then(look).catch(onError)
  }
  next()
  const timer = setInterval(next, EVERY)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await working
  }
}
