/** Which of many values does a text go on with? Answered in a time that hardly depends on how many there are. */

interface Entry {
  readonly value: string
  /** The longest other value that this one begins with. */
  readonly shorter: Entry | null
}

/** The longest of the values that stands at this place of a text and is accepted; null when none does. */
export type Prefixes = (text: string, place: number, accepts?: (value: string) => boolean) => string | null

export function toPrefixes(values: readonly string[]): Prefixes {
  const sorted = chained([...new Set(values)].sort())
  const longest = sorted.reduce((most, { value }) => Math.max(most, value.length), 0)
  return (text, place, accepts = () => true) => {
    const rest = text.slice(place, place + longest)
    let entry = lastNotAfter(sorted, rest)
    while (entry && !(rest.startsWith(entry.value) && accepts(entry.value))) entry = entry.shorter
    return entry?.value ?? null
  }
}

/** In the order of the sort, a value comes after all that it begins with. */
function chained(sorted: readonly string[]): readonly Entry[] {
  let before: Entry | null = null
  return sorted.map((value) => {
    while (before && !value.startsWith(before.value)) before = before.shorter
    before = { value, shorter: before }
    return before
  })
}

/** What the text begins with is this value or one that this value begins with. */
function lastNotAfter(sorted: readonly Entry[], text: string): Entry | null {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle]?.value ?? '') <= text) low = middle + 1
    else high = middle
  }
  return sorted[low - 1] ?? null
}
