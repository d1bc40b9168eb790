/** The recordings that ship with the tool: HAR files, read when somebody looks, and never changed. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StoredKey } from '../shared/acme/jws/keys.ts'
import { type Body, byCompletion, EMPTY_BODY, type Fact } from '../shared/exchange.ts'
import { PEERS_FROM, peersOf } from '../shared/peers.ts'
import type { Note, RecordingSummary } from '../shared/recording.ts'
import { searchFact, toPattern } from '../shared/search/search-fact.ts'
import { readHarText } from './import-har.ts'
import type { Library } from './library.ts'

interface Example {
  readonly summary: RecordingSummary
  readonly facts: readonly Fact[]
  readonly keys: readonly StoredKey[]
  readonly notes: readonly Note[]
}

/** Where the package keeps them, seen from the sources and from the build alike. */
export const shippedExamples = (): string =>
  fileURLToPath(new URL(`${import.meta.url.endsWith('.ts') ? '..' : '../..'}/recordings/examples`, import.meta.url))

async function readExample(path: string): Promise<Example> {
  const fileName = basename(path, '.har')
  const { recording, startedAt, facts, exchanges, keys, notes } = readHarText(await readFile(path, 'utf8'), fileName)
  const summary: RecordingSummary = {
    id: `example-${fileName}`,
    name: recording?.name ?? fileName,
    startedAt,
    endedAt: recording?.endedAt ?? startedAt,
    source: 'import',
    toolVersion: '',
    exchanges: exchanges.length,
    bytes: exchanges.reduce((sum, { request, response }) => sum + sizeOf(request.body) + sizeOf(response?.body), 0),
    origin: 'example',
  }
  return { summary, facts: facts.toSorted(byCompletion), keys, notes }
}

/** Of a body as the store would keep it, near enough. */
const sizeOf = (body: Body = EMPTY_BODY): number => {
  if (body.kind === 'text') return Buffer.byteLength(body.text)
  return body.kind === 'base64' ? Buffer.byteLength(body.base64, 'base64') : 0
}

async function readAll(folder: string): Promise<readonly Example[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.har')).sort()
  const read = await Promise.allSettled(files.map((name) => readExample(join(folder, name))))
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

export function openExamples(folder: string = shippedExamples()): Library {
  let reading: Promise<readonly Example[]> | null = null
  const all = () => {
    reading ??= readAll(folder)
    return reading
  }
  const find = async (id: string) => (await all()).find(({ summary }) => summary.id === id)
  return {
    list: async () => (await all()).map(({ summary }) => summary),
    facts: async function* (id, after) {
      const facts = (await find(id))?.facts ?? []
      for (const [index, fact] of facts.entries()) if (index + 1 > after) yield { revision: index + 1, fact }
    },
    peers: async (id) => {
      const facts = (await find(id))?.facts ?? []
      return peersOf(facts.filter((fact) => fact.kind === 'exchange').slice(0, PEERS_FROM))
    },
    search: async function* (id, words) {
      const pattern = toPattern(words)
      yield ((await find(id))?.facts ?? []).flatMap((fact) => searchFact(fact, pattern) ?? [])
    },
    exchange: async (id, exchange) => {
      const fact = (await find(id))?.facts.find((one) => one.id === exchange)
      return fact?.kind === 'exchange' ? fact : null
    },
    keys: async (id) => (await find(id))?.keys ?? [],
    notes: async (id) => (await find(id))?.notes ?? [],
  }
}
