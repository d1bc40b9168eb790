/** HAR 1.2, anyone's → facts. http://www.softwareishard.com/blog/har-12-spec/ */
import { z } from 'zod'
import { isObject, stringField } from '../acme/json.ts'
import type { StoredKey } from '../acme/jws/keys.ts'
import type { JsonObject } from '../acme/model.ts'
import type { Exchange, Fact } from '../exchange.ts'
import { firstNotes, type Note as WrittenNote } from '../recording.ts'
import type { Note } from './fields.ts'
import { readEntry } from './read-entry.ts'
import { type StoredFact, type StoredRecording, storedFact, storedKey, storedNote, storedRecording } from './stored.ts'

export interface HarReading {
  /** What the file calls itself; null when it does not. */
  readonly name: string | null
  /** ISO 8601: of the recording, else of its first fact. */
  readonly startedAt: string
  /** What a file of ours says of the recording it was made from, else null. */
  readonly recording: StoredRecording | null
  /** All facts, in the order of their sequence numbers. */
  readonly facts: readonly Fact[]
  /** Those of the facts that are exchanges. */
  readonly exchanges: readonly Exchange[]
  /** Account keys that were learnt in other recordings, which the file brings with it. */
  readonly keys: readonly StoredKey[]
  /** What people wrote on it; what they wrote on something that is not in the file is on the whole. */
  readonly notes: readonly WrittenNote[]
  /** What could not be read, and was skipped or kept as what; in words, for a person. */
  readonly problems: readonly string[]
}

/** The text is no HAR at all; the message says what it is instead, in one sentence. */
export class HarError extends Error {
  override readonly name = 'HarError'
}

const outer = z.object({ log: z.looseObject({ entries: z.array(z.unknown()) }) })
const EPOCH = new Date(0).toISOString()
/** A file in which everything is wrong says so this often, then how often more. */
const MAX_PROBLEMS = 100

/**
 * Reads the text of a HAR file. An entry that cannot be read is named in `problems`, and the others are read all the same.
 * @throws HarError when the text is no HAR
 */
export function readHar(text: string): HarReading {
  const log = readLog(text)
  const problems: string[] = []
  const note: Note = (problem) => problems.push(problem)
  const recording = readRecording(log, note)
  const facts = inSequence(withOwnIds([...readEntries(log.entries, note), ...readOtherFacts(log, note)], note), note)
  return {
    name: recording?.name ?? nameOf(log),
    startedAt: recording?.startedAt ?? facts[0]?.startedAt ?? EPOCH,
    recording,
    facts,
    exchanges: facts.filter((fact) => fact.kind === 'exchange'),
    keys: readKeys(log, note),
    notes: readNotes(log, facts, note),
    problems: bounded(problems),
  }
}

function readLog(text: string): JsonObject & { readonly entries: readonly unknown[] } {
  const plain = text.replace(/^\uFEFF/, '')
  if (plain.trim() === '') throw new HarError('The file is empty.')
  const json = parse(plain)
  const { success, data } = outer.safeParse(json)
  if (success) return data.log
  if (!isObject(json) || !isObject(json.log)) throw new HarError('This is JSON, but no HAR: it has no “log” member.')
  throw new HarError('This is no HAR: its “log” has no list of “entries”.')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : String(error)
    throw new HarError(`This is no HAR: it cannot be read as JSON (${why}).`)
  }
}

function readEntries(entries: readonly unknown[], note: Note): readonly Exchange[] {
  const exchanges: Exchange[] = []
  let before = EPOCH
  for (const [index, entry] of entries.entries()) {
    const exchange = readEntry(entry, index + 1, before, (problem) => note(`entry ${index + 1}: ${problem}`))
    if (!exchange) continue
    exchanges.push(exchange)
    before = exchange.startedAt
  }
  return exchanges
}

const ours = (log: JsonObject): JsonObject | null => (isObject(log._acmescope) ? log._acmescope : null)

function readRecording(log: JsonObject, note: Note): StoredRecording | null {
  const stored = ours(log)?.recording
  if (stored === undefined) return null
  const { success, data } = storedRecording.safeParse(stored)
  if (!success) note('what the file says of its recording cannot be read, left out')
  return data ?? null
}

function readOtherFacts(log: JsonObject, note: Note): readonly StoredFact[] {
  const stored = ours(log)?.facts ?? []
  if (!Array.isArray(stored)) {
    note('its connections and observations are no list, left out')
    return []
  }
  return stored.flatMap((fact: unknown, index) => {
    const { success, data } = storedFact.safeParse(fact)
    if (!success) note(`connection or observation ${index + 1}: cannot be read, skipped`)
    return data ?? []
  })
}

/** Of more keys than this, a file uses none. */
const MAX_KEYS = 10_000

function readKeys(log: JsonObject, note: Note): readonly StoredKey[] {
  const stored = ours(log)?.keys ?? []
  if (!Array.isArray(stored)) {
    note('its keys are no list, left out')
    return []
  }
  return stored.slice(0, MAX_KEYS).flatMap((key: unknown, index) => {
    const { success, data } = storedKey.safeParse(key)
    if (!success) note(`account key ${index + 1}: cannot be read, skipped`)
    return data ?? []
  })
}

function readNotes(log: JsonObject, facts: readonly Fact[], note: Note): readonly WrittenNote[] {
  const stored = ours(log)?.notes ?? []
  if (!Array.isArray(stored)) {
    note('its notes are no list, left out')
    return []
  }
  const ids = new Set(facts.map(({ id }) => id))
  const read = stored.flatMap((one: unknown, index) => {
    const { success, data } = storedNote.safeParse(one)
    if (!success) note(`note ${index + 1}: cannot be read, skipped`)
    return data ?? []
  })
  const kept = firstNotes(read)
  if (kept.length < read.length) note(`of its ${read.length} notes only the first ${kept.length} are kept`)
  return kept.map((one) => ({ ...one, exchange: ids.has(one.exchange ?? '') ? one.exchange : null }))
}

/** Files put together by hand may say an id twice. */
function withOwnIds(facts: readonly Fact[], note: Note): readonly Fact[] {
  const taken = new Set(facts.map(({ id }) => id))
  if (taken.size === facts.length) return facts
  note('some of its ids occur more than once, made anew')
  return facts.map((fact, index) => ({ ...fact, id: `har-${index + 1}` }))
}

/** The sequence numbers the file gives, if they are all different; else numbers in the order of the file. */
function inSequence(facts: readonly Fact[], note: Note): readonly Fact[] {
  const numbers = new Set(facts.map(({ sequence }) => sequence))
  if (numbers.size === facts.length) return facts.toSorted((a, b) => a.sequence - b.sequence)
  note('some of its sequence numbers occur more than once, numbered anew')
  return facts.map((fact, index) => ({ ...fact, sequence: index + 1 }))
}

/** A page's title is what browsers put there; a comment what tools do. */
function nameOf(log: JsonObject): string | null {
  const page: unknown = Array.isArray(log.pages) ? log.pages[0] : undefined
  return stringField(log, 'comment') || stringField(page, 'title') || null
}

const bounded = (problems: readonly string[]): readonly string[] =>
  problems.length <= MAX_PROBLEMS
    ? problems
    : [...problems.slice(0, MAX_PROBLEMS), `and ${problems.length - MAX_PROBLEMS} more`]
