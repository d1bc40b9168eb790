/**
 * What is recorded now, decoded once and handed to everyone who watches. The proxied path only queues here; decoding
 * happens between its events. When more arrives than is worth holding, the store is read instead, so nothing is lost.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeNext, type Keyring, startKeyring } from '../../shared/acme/jws/keyring.ts'
import { type AccountKeys, noKeys } from '../../shared/acme/jws/keys.ts'
import type { Decoded } from '../../shared/acme/model.ts'
import type { Fact } from '../../shared/exchange.ts'
import type { Recording } from '../../shared/recording.ts'
import type { StoredFact } from '../store/store.ts'
import { inFews, takeFew } from './fews.ts'

export interface LiveFact {
  readonly revision: number
  readonly decoded: Decoded
  /** `decoded` as JSON, made once for all who watch. */
  readonly json: string
}

export interface LiveListener {
  /** In the order of revisions. */
  fact(fact: LiveFact): void
  /** It was renamed or ended. */
  recording(recording: Recording): void
  /** What people wrote on it changed. */
  notes(): void
  /** It was deleted. */
  removed(): void
  /** The recorder, or its list of recordings, is to be asked again. */
  shelf(): void
}

export interface Live {
  /** Queues a fact that the store has been given already; never waits, never throws. */
  publish(recordingId: string, revision: number, fact: Fact): void
  changed(recording: Recording): void
  /** Its notes changed; who wants them asks the store. */
  noted(recordingId: string): void
  removed(recordingId: string): void
  /** Tells everyone who watches anything; what changes at one go is told once. */
  shelfChanged(): void
  /** Everything that is decoded, of every recording, in the order of each. */
  hearAll(listen: (recordingId: string, decoded: Decoded) => void): void
  /** The answer ends it. */
  subscribe(recordingId: string, listener: LiveListener): () => void
}

/** Facts, with their bodies, that wait to be decoded, at most. */
const MAX_PENDING = 500

interface Channel {
  /** Tells those who hear all recordings. */
  readonly tellAll: (decoded: Decoded) => void
  readonly listeners: Set<LiveListener>
  pending: StoredFact[]
  /** Some facts are in the store only. */
  behind: boolean
  decodedTo: number
  /** Null until the first fact. */
  ring: Keyring | null
  working: boolean
}

/**
 * @param stored the facts of a recording after a revision, everything published before included
 * @param known account keys from elsewhere that a recording can be checked with, asked for once
 */
export function createLive(
  stored: (recordingId: string, after: number) => AsyncIterable<StoredFact>,
  known: (recordingId: string) => Promise<AccountKeys> = async () => noKeys,
): Live {
  const channels = new Map<string, Channel>()
  const hearers = new Set<Parameters<Live['hearAll']>[0]>()
  const channelOf = (id: string): Channel => {
    const known = channels.get(id)
    if (known) return known
    // A recording may go on from an earlier run: what it holds already teaches keys.
    const channel: Channel = {
      tellAll: (decoded) => {
        for (const hear of hearers) hear(id, decoded)
      },
      listeners: new Set(),
      pending: [],
      behind: true,
      decodedTo: 0,
      ring: null,
      working: false,
    }
    channels.set(id, channel)
    return channel
  }
  const tellShelf = once(() => {
    for (const { listeners } of channels.values()) for (const listener of listeners) listener.shelf()
  })
  return {
    publish: (id, revision, fact) => {
      const channel = channelOf(id)
      enqueue(channel, { revision, fact })
      void workOff(
        channel,
        (after) => stored(id, after),
        () => known(id),
      )
    },
    changed: (recording) => {
      const channel = channels.get(recording.id)
      for (const listener of channel?.listeners ?? []) listener.recording(recording)
      // Over months many begin and end. Nothing is published for one that ended: those who open it ask the store.
      if (recording.endedAt !== undefined && channel?.listeners.size === 0) channels.delete(recording.id)
    },
    noted: (id) => {
      for (const listener of channels.get(id)?.listeners ?? []) listener.notes()
    },
    removed: (id) => {
      for (const listener of channels.get(id)?.listeners ?? []) listener.removed()
      channels.delete(id)
    },
    shelfChanged: tellShelf,
    hearAll: (hear) => void hearers.add(hear),
    subscribe: (id, listener) => {
      const { listeners } = channelOf(id)
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const AT_ONE_GO_MS = 50

/** Acts a moment later, once for however often it is called until then. */
function once(act: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      act()
    }, AT_ONE_GO_MS).unref()
  }
}

function enqueue(channel: Channel, stored: StoredFact): void {
  if (!channel.behind && channel.pending.length < MAX_PENDING) {
    channel.pending.push(stored)
    return
  }
  channel.pending = []
  channel.behind = true
}

async function workOff(
  channel: Channel,
  stored: (after: number) => AsyncIterable<StoredFact>,
  known: () => Promise<AccountKeys>,
): Promise<void> {
  if (channel.working) return
  channel.working = true
  await nextTurn()
  try {
    channel.ring ??= startKeyring(await known())
    while (channel.behind || channel.pending.length > 0) {
      if (channel.behind) await catchUp(channel, channel.ring, stored)
      else await handOn(channel, channel.ring, takeFew(channel.pending))
    }
  } catch {
    // The store cannot be read: those who watch ask it themselves and hear why. The next fact tries again.
    channel.behind = true
    channel.pending = []
  } finally {
    channel.working = false
  }
}

async function catchUp(
  channel: Channel,
  ring: Keyring,
  stored: (after: number) => AsyncIterable<StoredFact>,
): Promise<void> {
  channel.behind = false
  for await (const few of inFews(stored(channel.decodedTo))) await handOn(channel, ring, few)
}

async function handOn(channel: Channel, ring: Keyring, few: readonly StoredFact[]): Promise<void> {
  const fresh = few.filter(({ revision }) => revision > channel.decodedTo)
  channel.decodedTo = fresh.at(-1)?.revision ?? channel.decodedTo
  const all = await decodeNext(
    ring,
    fresh.map(({ fact }) => fact),
  )
  for (const [index, decoded] of all.entries()) {
    const fact: LiveFact = { revision: fresh[index]?.revision ?? 0, decoded, json: JSON.stringify(decoded) }
    for (const listener of channel.listeners) listener.fact(fact)
    channel.tellAll(decoded)
  }
  await nextTurn()
}
