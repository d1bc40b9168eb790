// Which recording a fact goes into: one for all, or one for each client. There is always one that takes what begins; one
// that was left before its last exchange had ended stays open for that exchange, so that none is torn in two.
import { randomBytes } from 'node:crypto'
import type { Fact } from '../shared/exchange.ts'
import type { Recording } from '../shared/recording.ts'
import type { Store } from './store/store.ts'
import { VERSION } from './version.ts'

/** When a new recording begins, beside when a person asks for one. */
export const NEW_RECORDING = ['daily', 'client', 'never'] as const
export type NewRecording = (typeof NEW_RECORDING)[number]

/** The recording that takes what begins now. */
export interface CurrentRecording {
  readonly id: string
  /** As a person named it; null while it has the name of its first moment, or none. */
  readonly name: string | null
  /** ISO 8601: when its first fact began, or since when it waits for one. */
  readonly since: string
}

/** Those who watch. */
export interface Audience {
  readonly publish: (recordingId: string, revision: number, fact: Fact) => void
  readonly recordingChanged: (recording: Recording) => void
  readonly recordingRemoved: (recordingId: string) => void
  /** Another recording is being written, or one has become known. */
  readonly shelfChanged: () => void
}

export interface RecordingWriter {
  /** Where each client has its own: the one that took last. */
  readonly current: () => CurrentRecording
  readonly write: (fact: Fact) => void
  /** Goes on in a new recording; one that holds nothing yet is taken for it. */
  readonly startNew: (name: string | null) => void
  /** For one that is being written, whether or not it is in the store yet; of others nothing is known here. */
  readonly rename: (id: string, name: string) => void
  readonly publishTo: (audience: Audience) => void
  /** How often a fact was written, each time it was: 0 as long as nothing came, and no recording exists. */
  readonly written: () => number
  readonly end: () => Promise<void>
}

export interface WriterOptions {
  /** Of the first recording; the time of its start when absent. */
  readonly name?: string
  /** A recording for each client, told apart by its address. */
  readonly perClient?: boolean
  readonly onFact?: (fact: Fact) => void
  /** It began, or (with `endedAt`) ended. */
  readonly onRecording?: (recording: Recording) => void
  readonly onLost?: (facts: number, why: Error) => void
}

interface Taking {
  readonly id: string
  readonly since: string
  name: string | null
  /** Null until its first fact, so that a recorder nobody used leaves none. */
  recording: Recording | null
  facts: number
  /** Exchanges under way. */
  open: number
}

const newTaking = (name: string | null): Taking => ({
  id: randomBytes(6).toString('hex'),
  since: new Date().toISOString(),
  name,
  recording: null,
  facts: 0,
  open: 0,
})

/** Far more than any recorder serves at a time; the one longest unheard of gets a new recording when it comes again. */
const MAX_CLIENTS = 500

export function createRecordingWriter(store: Store, options: WriterOptions): RecordingWriter {
  const { name, perClient = false, onFact, onRecording, onLost } = options
  let current = newTaking(name ?? null)
  /** By client, the one heard of last at the end; all in one under the empty name unless each has its own. */
  const takings = new Map<string, Taking>()
  let written = 0
  let audience: Audience | null = null
  /** Left, and not yet ended. */
  const leaving = new Set<Taking>()
  /** Exchanges under way by their ids, and their places. */
  const open = new Map<string, { readonly taking: Taking; readonly sequence: number }>()

  const tell = (recording: Recording): void => {
    onRecording?.(recording)
    audience?.recordingChanged(recording)
    audience?.shelfChanged()
  }
  const begin = (taking: Taking, client: string, at: string): void => {
    taking.recording = {
      id: taking.id,
      name: taking.name ?? `${client || 'recording'} ${at.slice(0, 16).replace('T', ' ')}`,
      startedAt: at,
      source: 'live',
      toolVersion: VERSION,
    }
    store.createRecording(taking.recording).catch((error: Error) => onLost?.(1, error))
    tell(taking.recording)
  }
  const end = async (taking: Taking): Promise<void> => {
    leaving.delete(taking)
    if (taking.recording === null) return
    taking.recording = { ...taking.recording, endedAt: new Date().toISOString() }
    const { id, endedAt } = taking.recording
    if (endedAt !== undefined) await store.updateRecording(id, { endedAt })
    tell(taking.recording)
  }
  /** What the store refuses now is tried again when the recorder stops. */
  const endSoon = (taking: Taking): void => void end(taking).catch(() => leaving.add(taking))
  const leave = (taking: Taking): void => {
    leaving.add(taking)
    if (taking.open === 0) endSoon(taking)
  }

  /** What comes from elsewhere (who validates, a name server) belongs to the client heard of last. */
  const clientOf = (fact: Fact): string => {
    if (!perClient) return ''
    const isOwn = fact.kind === 'connection' || (fact.kind === 'exchange' && fact.inbound === undefined)
    const address = fact.client.address ?? ''
    return isOwn || takings.has(address) ? address : ([...takings.keys()].at(-1) ?? address)
  }
  const takingOf = (client: string): Taking => {
    // Nothing has come yet, or a person began a new one: the first client to come takes it.
    const taking = takings.get(client) ?? (current.recording === null ? current : newTaking(null))
    takings.delete(client)
    takings.set(client, taking)
    const [[oldest, unheard] = []] = takings
    if (takings.size > MAX_CLIENTS && oldest !== undefined && unheard !== undefined) {
      takings.delete(oldest)
      leave(unheard)
    }
    return taking
  }
  /** Where it began, or the next place of its client's recording. */
  const placeOf = ({ id, state }: Fact, client: string) => {
    const begun = open.get(id)
    const taking = begun?.taking ?? takingOf(client)
    const place = begun ?? { taking, sequence: ++taking.facts }
    if (!begun) current = taking
    if (!begun && state === 'in progress') {
      open.set(id, place)
      taking.open++
    }
    if (begun && state !== 'in progress') {
      open.delete(id)
      taking.open--
    }
    return place
  }

  return {
    current: () => ({
      id: current.id,
      name: current.recording?.name ?? current.name,
      since: current.recording?.startedAt ?? current.since,
    }),
    write(given) {
      const client = clientOf(given)
      const { taking, sequence } = placeOf(given, client)
      if (taking.recording === null) begin(taking, client, given.startedAt)
      written++
      const fact = { ...given, sequence }
      const revision = store.write(taking.id, fact)
      audience?.publish(taking.id, revision, fact)
      onFact?.(fact)
      if (leaving.has(taking) && taking.open === 0) endSoon(taking)
    },
    startNew(wanted) {
      if (current.recording === null) current.name = wanted ?? current.name
      else current = newTaking(wanted)
      for (const left of takings.values()) leave(left)
      takings.clear()
      audience?.shelfChanged()
    },
    rename(id, wanted) {
      const taking = [current, ...takings.values(), ...leaving].find((one) => one.id === id)
      if (taking === undefined) return
      taking.name = wanted
      if (taking.recording !== null) taking.recording = { ...taking.recording, name: wanted }
    },
    publishTo: (watching) => {
      audience = watching
    },
    written: () => written,
    async end() {
      await store.flush().catch(() => undefined) // What is lost was told as it happened.
      for (const taking of [...leaving, ...takings.values()]) await end(taking)
    },
  }
}
