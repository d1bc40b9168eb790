/** Which entries fit what was typed, the best first. */
import type { Entry, EntryGroup } from './entry.ts'

export interface RankedGroup {
  readonly label: string
  readonly entries: readonly Entry[]
}

/** Nobody reads more; who does not find it types on. */
const MOST = 30
/** So that no group crowds out the others. */
const MOST_OF_GROUP = 12

const BEGINS = 8
const BEGINS_WORD = 6
const IN_LABEL = 4
const ELSEWHERE = 1

const isWordStart = (label: string, at: number): boolean => !/[\p{L}\p{N}]/u.test(label[at - 1] ?? ' ')

/** How well one word fits; 0 where it does not. */
function fitOf(label: string, entry: Entry, word: string): number {
  const at = label.indexOf(word)
  if (at === 0) return BEGINS
  if (at > 0) return isWordStart(label, at) ? BEGINS_WORD : IN_LABEL
  return entry.words.includes(word) || entry.detail.toLowerCase().includes(word) ? ELSEWHERE : 0
}

/** Of all words together; 0 where one of them does not fit. */
export function score(entry: Entry, words: readonly string[]): number {
  const label = entry.label.toLowerCase()
  let sum = 0
  for (const word of words) {
    const fits = fitOf(label, entry, word)
    if (fits === 0) return 0
    sum += fits
  }
  return label === words.join(' ') ? sum + BEGINS : sum
}

export const wordsOfQuery = (query: string): readonly string[] =>
  query.trim().toLowerCase().split(/\s+/).filter(Boolean)

/** At most 30 entries, by group; the group of the best entry first. One pass over what there is. */
export function rank(groups: readonly EntryGroup[], query: string): readonly RankedGroup[] {
  const words = wordsOfQuery(query)
  if (words.length === 0)
    return groups
      .filter(({ unasked }) => unasked > 0)
      .map(({ label, entries, unasked }) => ({ label, entries: entries().slice(0, unasked) }))
      .filter(({ entries }) => entries.length > 0)
  const ranked = groups.map((group) => ({ label: group.label, ...bestOf(group, words) }))
  ranked.sort((a, b) => b.best - a.best)
  let left = MOST
  const shown: RankedGroup[] = []
  for (const { label, entries } of ranked) {
    const some = entries.slice(0, Math.min(left, MOST_OF_GROUP))
    if (some.length > 0) shown.push({ label, entries: some })
    left -= some.length
  }
  return shown
}

function bestOf({ entries, weight }: EntryGroup, words: readonly string[]) {
  const fitting: { readonly entry: Entry; readonly points: number }[] = []
  for (const entry of entries()) {
    const points = score(entry, words)
    if (points > 0) fitting.push({ entry, points })
  }
  fitting.sort((a, b) => b.points - a.points)
  return { entries: fitting.map(({ entry }) => entry), best: (fitting[0]?.points ?? 0) + weight }
}
