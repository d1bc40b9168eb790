/** Every recording there is to open: those of the store and the examples that ship with the tool, behind one interface. */
import type { StoredKey } from '../shared/acme/jws/keys.ts'
import type { Exchange } from '../shared/exchange.ts'
import type { Peers } from '../shared/peers.ts'
import type { Note, RecordingSummary } from '../shared/recording.ts'
import type { SearchHit } from '../shared/search/search-fact.ts'
import type { Store, StoredFact } from './store/store.ts'

/** What can be asked of any recording, wherever it is kept. */
export interface Library {
  /** Newest first, examples last. */
  list(): Promise<readonly RecordingSummary[]>
  /** In the order in which they became known; none for an id that is not here. */
  facts(id: string, after: number): AsyncIterable<StoredFact>
  /** Who speaks in it, as far as its first exchanges show. */
  peers(id: string): Promise<Peers>
  /** What holds these words, whatever their case, in parts that may be empty. */
  search(id: string, words: string): AsyncIterable<readonly SearchHit[]>
  exchange(id: string, exchange: string): Promise<Exchange | null>
  /** Account keys that a recording can be checked with beside those it shows itself. */
  keys(id: string): Promise<readonly StoredKey[]>
  /** What people wrote on it, in the order in which they did. */
  notes(id: string): Promise<readonly Note[]>
}

export function joinLibraries(store: Store, examples: Library): Library {
  const at = async (id: string): Promise<Library> =>
    (await examples.list()).some((example) => example.id === id) ? examples : fromStore(store)
  return {
    list: async () => [...(await store.listRecordings()), ...(await examples.list())],
    facts: async function* (id, after) {
      yield* (await at(id)).facts(id, after)
    },
    peers: async (id) => (await at(id)).peers(id),
    search: async function* (id, words) {
      yield* (await at(id)).search(id, words)
    },
    exchange: async (id, exchange) => (await at(id)).exchange(id, exchange),
    keys: async (id) => (await at(id)).keys(id),
    notes: async (id) => (await at(id)).notes(id),
  }
}

const fromStore = (store: Store): Library => ({
  list: () => store.listRecordings(),
  facts: (id, after) => store.facts(id, after),
  peers: (id) => store.peers(id),
  search: (id, words) => store.search(id, words),
  exchange: (id, exchange) => store.exchange(id, exchange),
  keys: (id) => store.keys(id),
  notes: (id) => store.notes(id),
})
