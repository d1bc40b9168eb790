/** REC → a recording and its facts: an id, a unique prefix of one, a name, `latest`, or the path of a HAR file. */
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { StoredKey } from '../shared/acme/jws/keys.ts'
import type { Fact } from '../shared/exchange.ts'
import type { Note, Recording, RecordingSummary } from '../shared/recording.ts'
import { storeTrouble, Trouble } from './errors.ts'
import { openExamples } from './examples.ts'
import { readHarText } from './import-har.ts'
import { joinLibraries, type Library } from './library.ts'
import { openStore } from './store/store.ts'
import { VERSION } from './version.ts'

export interface OpenedRecording {
  readonly recording: Recording
  readonly facts: readonly Fact[]
  /** Account keys that other recordings showed. */
  readonly keys: readonly StoredKey[]
  readonly notes: readonly Note[]
  /** What a file held that could not be read, in plain words. */
  readonly problems: readonly string[]
}

/** Gives everything there is to read: the folder's recordings, when it has any, and the examples. Writes nothing. */
export async function withLibrary<T>(folder: string, use: (library: Library) => Promise<T>): Promise<T> {
  if (!existsSync(join(folder, 'acmescope.db'))) return use(openExamples())
  const store = await openStore(folder, { readOnly: true }).catch((error: unknown) => {
    throw storeTrouble(error, folder, 'read')
  })
  try {
    return await use(joinLibraries(store, openExamples()))
  } catch (error) {
    throw storeTrouble(error, folder, 'read')
  } finally {
    await store.close()
  }
}

/** @throws Trouble when there is no such recording, several fit, or the file is none we can read (all exit code 3) */
export async function openRecording(reference: string, folder: string): Promise<OpenedRecording> {
  if (await isFile(reference)) return readFromFile(reference)
  if (/\.(har|json|xml)$/i.test(reference)) throw new Trouble('file-unreadable', reference)
  return withLibrary(folder, async (library) => {
    const recording = find(reference, await library.list())
    const facts: Fact[] = []
    for await (const { fact } of library.facts(recording.id, 0)) facts.push(fact)
    return {
      recording,
      facts,
      keys: await library.keys(recording.id),
      notes: await library.notes(recording.id),
      problems: [],
    }
  })
}

/** The one recording a person means. An exact id or name wins over a prefix; of equal names the newest is meant. */
export function find(reference: string, all: readonly RecordingSummary[]): RecordingSummary {
  const exact =
    reference === 'latest'
      ? all.find(({ origin }) => origin === 'stored')
      : (all.find(({ id }) => id === reference) ?? all.find(({ name }) => name === reference))
  if (exact) return exact
  const [only, ...others] = all.filter(({ id }) => id.startsWith(reference))
  if (others.length) throw new Trouble('recording-ambiguous', reference)
  if (!only) throw new Trouble('recording-not-found', reference)
  return only
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

async function readFromFile(path: string): Promise<OpenedRecording> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Trouble('file-unreadable', path, { cause })
  })
  const { recording, name, startedAt, facts, keys, notes, problems } = readHarText(text, path)
  const fileName = basename(path).replace(/\.har$/i, '')
  const fromFile: Recording = {
    id: fileName,
    name: recording?.name ?? name ?? fileName,
    startedAt,
    source: 'import',
    toolVersion: VERSION,
  }
  return { recording: fromFile, facts, keys, notes, problems }
}
