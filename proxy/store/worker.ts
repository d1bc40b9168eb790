/**
 * The store's thread. SQLite is synchronous, and the proxied path must never wait for a disk. Whatever has arrived by
 * the time the thread looks up is written in one transaction; a question is answered after all that was written before it.
 */
import { join } from 'node:path'
import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { searchFact, toPattern } from '../../shared/search/search-fact.ts'
import { dropFreePages, type OpenDatabase, openDatabase, usedBytes } from './database.ts'
import { StoreFailure, toStoreFailure } from './failure.ts'
import { insertBrought, selectKeys } from './keys.ts'
import { insertNotes, putNote, removeNote, selectNotes } from './notes.ts'
import type { Call, Calls, FromThread, SerializedFailure, ToThread } from './protocol.ts'
import * as queries from './queries.ts'
import { claimRecorder, forgetRecorder, isRecorderAlive, type RecorderClaim } from './recorders.ts'

interface Opened extends OpenDatabase {
  readonly folder: string
  /** Null when reading only. */
  readonly claim: RecorderClaim | null
}

/** Facts in one transaction, at most: bounds what a failing one has to repeat. */
const BATCH_FACTS = 500

let opened: Opened | null = null
/** What could not be written since someone last asked. */
let lastFailure: SerializedFailure | null = null

const serialize = (error: unknown): SerializedFailure => {
  const { code, message } = toStoreFailure(error)
  return { code, message }
}

function use(): Opened {
  if (!opened) throw new StoreFailure('closed', 'the store is not open')
  return opened
}

const isAlive = (recorder: string): boolean => {
  const { folder, claim } = use()
  return recorder === claim?.id || isRecorderAlive(folder, recorder)
}

const DATABASE_FILE = 'acmescope.db'

async function open({ folder, readOnly }: Calls['open'][0]): Promise<Calls['open'][1]> {
  const database = await openDatabase(join(folder, DATABASE_FILE), readOnly)
  const claim = readOnly ? null : claimRecorder(folder, crypto.randomUUID())
  opened = { ...database, folder, claim }
  if (claim) await cutOffTheDead()
  return { revision: await queries.lastRevision(database.db) }
}

async function cutOffTheDead(): Promise<void> {
  const { db, folder } = use()
  for (const recorder of await queries.recordersWithUnfinished(db)) {
    if (isAlive(recorder)) continue
    await queries.cutOff(db, recorder)
    forgetRecorder(folder, recorder)
  }
}

async function createRecording(recording: Calls['createRecording'][0]): Promise<null> {
  const { db, claim } = use()
  await queries.insertRecording(db, recording, claim?.id ?? '')
  return null
}

async function isBeingWritten(id: string): Promise<boolean> {
  const recorder = await queries.recorderOf(use().db, id)
  return recorder !== null && isAlive(recorder)
}

async function deleteRecording(id: string): Promise<null> {
  const { db, raw } = use()
  if (await isBeingWritten(id)) throw new StoreFailure('recording-live', 'it is being recorded')
  await queries.removeRecording(db, id)
  dropFreePages(raw)
  return null
}

/** One page at a time, so that what is being recorded is written in between. */
async function searchPage(recording: string, after: number, words: string): Promise<Calls['search'][1]> {
  const page = await queries.selectFacts(use().db, recording, after, isAlive)
  const pattern = toPattern(words)
  const hits = page.flatMap(({ fact }) => searchFact(fact, pattern) ?? [])
  return { hits, last: page.at(-1)?.revision ?? null }
}

function flush(): null {
  const failure = lastFailure
  lastFailure = null
  if (failure) throw new StoreFailure(failure.code, failure.message)
  return null
}

async function close(): Promise<null> {
  const { db, claim } = use()
  await db.destroy()
  claim?.release()
  opened = null
  return null
}

/** Every call by its name; the types say that none is missing. */
const HANDLERS: { readonly [Name in keyof Calls]: (take: Calls[Name][0]) => Calls[Name][1] | Promise<Calls[Name][1]> } =
  {
    open,
    createRecording,
    updateRecording: async ({ id, change }) => {
      await queries.changeRecording(use().db, id, change)
      return null
    },
    deleteRecording,
    ended: () => queries.selectEnded(use().db, isAlive),
    size: () => usedBytes(use().raw),
    listRecordings: () => queries.selectRecordings(use().db),
    facts: ({ recording, after }) => queries.selectFacts(use().db, recording, after, isAlive),
    search: ({ recording, after, words }) => searchPage(recording, after, words),
    peers: (recording) => queries.selectPeers(use().db, recording),
    isBeingWritten,
    exchange: ({ recording, exchange }) => queries.selectExchange(use().db, recording, exchange, isAlive),
    keys: (recording) => selectKeys(use().db, recording),
    addKeys: async ({ recording, keys }) => {
      await insertBrought(use().db, recording, keys)
      return null
    },
    notes: (recording) => selectNotes(use().db, recording),
    putNote: ({ recording, note }) => putNote(use().db, recording, note),
    addNotes: async ({ recording, notes }) => {
      await insertNotes(use().db, recording, notes)
      return null
    },
    removeNote: ({ recording, note }) => removeNote(use().db, recording, note),
    flush,
    close,
  }

async function answer(call: Call): Promise<FromThread> {
  try {
    const handler = HANDLERS[call.name] as (take: unknown) => unknown
    return { id: call.id, answer: await handler(call.take) }
  } catch (error) {
    return { id: call.id, failure: serialize(error) }
  }
}

/** One at a time where they fail together: a fact that cannot be written takes no other with it. */
async function write(port: MessagePort, written: readonly queries.Written[]): Promise<void> {
  try {
    await queries.upsertFacts(use().db, written)
  } catch (error) {
    if (written.length > 1) {
      for (const one of written) await write(port, [one])
      return
    }
    lastFailure = serialize(error)
    port.postMessage({ lost: written.length, failure: lastFailure } satisfies FromThread)
  }
}

/** Moves what has arrived but was not yet announced, so that it joins the same transaction. */
function drain(port: MessagePort, arrived: ToThread[]): void {
  for (;;) {
    const received: { message: ToThread } | undefined = receiveMessageOnPort(port)
    if (!received) return
    arrived.push(received.message)
  }
}

/** The facts that arrived before the next call. */
function takeWritten(arrived: ToThread[]): readonly queries.Written[] {
  const call = arrived.findIndex((message) => 'call' in message)
  const end = Math.min(call < 0 ? arrived.length : call, BATCH_FACTS)
  return arrived.splice(0, end).flatMap((message) => ('written' in message ? [message.written] : []))
}

/** Works off all that has arrived, in order. */
async function workOff(port: MessagePort, arrived: ToThread[]): Promise<void> {
  while (arrived.length > 0) {
    drain(port, arrived)
    const written = takeWritten(arrived)
    if (written.length > 0) await write(port, written)
    const next = arrived[0]
    if (!next || 'written' in next) continue
    arrived.shift()
    port.postMessage(await answer(next.call))
    if (next.call.name === 'close') return port.close()
  }
}

function listen(port: MessagePort): void {
  const arrived: ToThread[] = []
  let working = false
  port.on('message', async (message: ToThread) => {
    arrived.push(message)
    if (working) return
    working = true
    await workOff(port, arrived)
    working = false
  })
}

if (parentPort) listen(parentPort)
