/** A HAR file → facts, and a recording of its own in the store. */
import { randomBytes } from 'node:crypto'
import type { RecordingImported } from '../shared/api.ts'
import { byCompletion, endedAt, type Fact } from '../shared/exchange.ts'
import { HarError, type HarReading, readHar } from '../shared/har/read.ts'
import type { Note, Recording } from '../shared/recording.ts'
import { Trouble } from './errors.ts'
import type { Store } from './store/store.ts'

/**
 * @param what the file's name, for the message
 * @throws Trouble `file-not-understood` when the text is no HAR
 */
export function readHarText(text: string, what: string): HarReading {
  try {
    return readHar(text)
  } catch (error) {
    if (!(error instanceof HarError)) throw error
    throw new Trouble('file-not-understood', `${what} (${error.message})`, { cause: error })
  }
}

export interface ImportOptions {
  /** Of the file, without its ending. */
  readonly fileName: string
  /** Given by a person; wins over what the file calls itself. */
  readonly name?: string
  readonly toolVersion: string
}

/** Stores what the text holds; nothing of it stays when that fails. */
export async function importHar(
  store: Store,
  text: string,
  { fileName, name, toolVersion }: ImportOptions,
): Promise<RecordingImported> {
  const reading = readHarText(text, fileName || 'the file')
  const recording: Recording = {
    id: randomBytes(6).toString('hex'),
    name: name || reading.recording?.name || fileName || reading.name || 'imported',
    startedAt: reading.startedAt,
    source: 'import',
    toolVersion,
  }
  await store.createRecording(recording)
  const end = { endedAt: lastEnd(reading.facts, reading.startedAt) }
  try {
    await store.addKeys(recording.id, reading.keys)
    // In the order in which they became known, which revisions then keep.
    const ids = settledIds(recording.id, reading)
    for (const fact of reading.facts.toSorted(byCompletion)) store.write(recording.id, settled(ids, fact))
    await store.flush()
    await store.addNotes(recording.id, settledNotes(ids, reading))
  } catch (error) {
    await store.updateRecording(recording.id, end)
    await store.deleteRecording(recording.id)
    throw error
  }
  await store.updateRecording(recording.id, end)
  return { recording: { ...recording, ...end }, exchanges: reading.exchanges.length, problems: reading.problems }
}

/** Id in the file → id here: one is unique over all recordings, and a file may be imported twice. */
type Ids = ReadonlyMap<string, string>

const settledIds = (recordingId: string, { facts }: HarReading): Ids =>
  new Map(facts.map(({ id, sequence }) => [id, `${recordingId}.${sequence}`]))

/** What was open when it was written stays so; what names another fact names it still. */
function settled(ids: Ids, fact: Fact): Fact {
  const id = ids.get(fact.id) ?? fact.id
  if (fact.kind === 'exchange') return { ...fact, id, state: fact.state === 'in progress' ? 'cut off' : fact.state }
  if (fact.kind !== 'observation' || fact.subject !== 'dns') return { ...fact, id }
  const writtenBy = ids.get(fact.detail.writtenBy) ?? fact.detail.writtenBy
  return { ...fact, id, detail: { ...fact.detail, writtenBy } }
}

/** On the same facts, by the ids they have now. */
function settledNotes(ids: Ids, { notes }: HarReading): readonly Note[] {
  return notes.map((note) => ({ ...note, exchange: ids.get(note.exchange ?? '') ?? null }))
}

const lastEnd = (facts: readonly Fact[], startedAt: string): string =>
  new Date(facts.reduce((last, fact) => Math.max(last, endedAt(fact)), Date.parse(startedAt))).toISOString()
