/** Searches all recordings, one page of facts at a time and for a bounded time, off the proxied path. */
import type { RecordingHits, SearchAnswer } from '../../shared/api.ts'
import type { RecordingSummary } from '../../shared/recording.ts'
import { toPattern } from '../../shared/search/search-fact.ts'
import { searchNotes } from '../../shared/search/search-notes.ts'
import type { Library } from '../library.ts'

/** More than anybody reads; who looks for one among so many adds a word. */
const MOST_OF_ONE = 20
const MOST = 200
const MOST_MS = 5_000

/** Fewer letters are in everything. */
export const LEAST_WORDS = 2
export const MOST_WORDS = 200

/** @param isGone whether nobody waits for the answer any longer */
export async function searchAll(
  library: Library,
  recordings: readonly RecordingSummary[],
  words: string,
  isGone: () => boolean,
): Promise<SearchAnswer> {
  const until = performance.now() + MOST_MS
  const isLate = () => isGone() || performance.now() > until
  const found: RecordingHits[] = []
  let [searched, hits] = [0, 0]
  for (const recording of recordings) {
    if (isLate() || hits >= MOST) break
    const one = await searchOne(library, recording, words, isLate)
    searched++
    hits += one.hits.length
    if (one.isNamed || one.notes.length > 0 || one.hits.length > 0) found.push(one)
  }
  const isTooMuch = hits >= MOST || found.some(({ isCut }) => isCut)
  const cut = isLate() ? 'time' : isTooMuch ? 'hits' : null
  return { recordings: found, cut, searched, all: recordings.length }
}

async function searchOne(
  library: Library,
  recording: RecordingSummary,
  words: string,
  isLate: () => boolean,
): Promise<RecordingHits> {
  const hits: RecordingHits['hits'][number][] = []
  for await (const more of library.search(recording.id, words)) {
    hits.push(...more)
    if (hits.length > MOST_OF_ONE || isLate()) break
  }
  const pattern = toPattern(words)
  return {
    recording,
    isNamed: pattern.test(recording.name),
    notes: searchNotes(await library.notes(recording.id), pattern).slice(0, MOST_OF_ONE),
    hits: hits.slice(0, MOST_OF_ONE),
    isCut: hits.length > MOST_OF_ONE,
  }
}
