// Which recording a fact goes into. There is always one that takes what begins; one that was left before its last exchange
// had ended stays open for that exchange, so that none is torn in two.
import { randomBytes } from 'node:crypto'
import type { Fact } from '../shared/exchange.ts'
import type { Recording } from '../shared/recording.ts'
import type { Store } from './store/store.ts'
import { VERSION } from './version.ts'

/** The recording that takes what begins now. */
export interface CurrentRecording {
  readonly id: string
  /** As a person named it; null while it has the name of its first moment, or none. */
  readonly name: string | null
  /** ISO 8601: since when it takes. */
  readonly since: string
}

/** Those who watch. */
export interface Audience {
  readonly publish: (recordingId: string, revision: number, fact: Fact) => void
  readonly recordingChanged: (recording: Recording) => void
  /** Another recording is being written, or one has become known. */
  readonly shelfChanged: () => void
}

export interface RecordingWriter {
  readonly current: () => CurrentRecording
  readonly write: (fact: Fact) => void
  /** Goes on in a new recording; one that holds nothing yet is taken for it. */
  readonly startNew: (name: string | null) => void
  /** For the current one, whether or not it is in the store yet. */
  readonly rename: (name: string) => void
  readonly publishTo: (audience: Audience) => void
  /** Whether anything was recorded: a recording exists from its first fact on. */
  readonly hasFacts: () => boolean
  readonly end: () => Promise<void>
}

export interface WriterOptions {
  /** Of the first recording; the time of its start when absent. */
  readonly name?: string
  readonly onFact?: (fact: Fact) => void
  readonly onLost?: (facts: number, why: Error) => void
}

interface Taking {
  readonly id: string
  readonly since: string
  name: string | null
  /** Null until its first fact, so that a recorder nobody used leaves none. */
  recording: Recording | null
  facts: number
  /** Exchanges under way, with their places in the recording. */
  readonly open: Map<string, number>
}

const newTaking = (name: string | null): Taking => ({
  id: randomBytes(6).toString('hex'),
  since: new Date().toISOString(),
  name,
  recording: null,
  facts: 0,
  open: new Map(),
})

/** The place of a fact in its recording: the one it had, or the next. */
function place(taking: Taking, { id, state }: Fact): number {
  const sequence = taking.open.get(id) ?? ++taking.facts
  if (state === 'in progress') taking.open.set(id, sequence)
  else taking.open.delete(id)
  return sequence
}

export function createRecordingWriter(store: Store, { name, onFact, onLost }: WriterOptions): RecordingWriter {
  let current = newTaking(name ?? null)
  let hasFacts = false
  let audience: Audience | null = null
  /** Left, and not yet ended. */
  const leaving = new Set<Taking>()

  const begin = (taking: Taking, at: string): void => {
    taking.recording = {
      id: taking.id,
      name: taking.name ?? `recording ${at.slice(0, 16).replace('T', ' ')}`,
      startedAt: at,
      source: 'live',
      toolVersion: VERSION,
    }
    store.createRecording(taking.recording).catch((error: Error) => onLost?.(1, error))
    audience?.recordingChanged(taking.recording)
    audience?.shelfChanged()
  }
  const end = async (taking: Taking): Promise<void> => {
    leaving.delete(taking)
    if (taking.recording === null) return
    taking.recording = { ...taking.recording, endedAt: new Date().toISOString() }
    const { id, endedAt } = taking.recording
    if (endedAt !== undefined) await store.updateRecording(id, { endedAt })
    audience?.recordingChanged(taking.recording)
    audience?.shelfChanged()
  }
  /** What the store refuses now is tried again when the recorder stops. */
  const endSoon = (taking: Taking): void => void end(taking).catch(() => leaving.add(taking))

  return {
    current: () => ({ id: current.id, name: current.recording?.name ?? current.name, since: current.since }),
    write(given) {
      const taking = [...leaving].find(({ open }) => open.has(given.id)) ?? current
      if (taking.recording === null) begin(taking, given.startedAt)
      hasFacts = true
      const fact = { ...given, sequence: place(taking, given) }
      const revision = store.write(taking.id, fact)
      audience?.publish(taking.id, revision, fact)
      onFact?.(fact)
      if (leaving.has(taking) && taking.open.size === 0) endSoon(taking)
    },
    startNew(wanted) {
      const left = current
      if (left.recording === null) left.name = wanted
      else {
        current = newTaking(wanted)
        leaving.add(left)
        if (left.open.size === 0) endSoon(left)
      }
      audience?.shelfChanged()
    },
    rename(wanted) {
      current.name = wanted
      if (current.recording !== null) current.recording = { ...current.recording, name: wanted }
    },
    publishTo: (watching) => {
      audience = watching
    },
    hasFacts: () => hasFacts,
    async end() {
      await store.flush().catch(() => undefined) // What is lost was told as it happened.
      for (const taking of [...leaving, current]) await end(taking)
    },
  }
}
