/** Lists in the order of their sequence numbers, which nearly always grow: found and placed by halving. */

/** Index of the first item whose number is not below `sequence`. */
export function placeOf<T>(list: readonly T[], sequence: number, sequenceOf: (item: T) => number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = list[middle]
    if (item !== undefined && sequenceOf(item) < sequence) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts an item in its place; one of the same number goes behind those that are there. */
export function insert<T>(list: T[], item: T, sequenceOf: (item: T) => number): void {
  const at = placeOf(list, sequenceOf(item) + 1, sequenceOf)
  if (at === list.length) list.push(item)
  else list.splice(at, 0, item)
}

/** Where the item of this number and identity is; −1 when it is not there. Several may share a number. */
export function indexIn<T>(
  list: readonly T[],
  sequence: number,
  sequenceOf: (item: T) => number,
  is: (item: T) => boolean,
): number {
  for (let at = placeOf(list, sequence, sequenceOf); at < list.length; at++) {
    const item = list[at]
    if (item === undefined || sequenceOf(item) !== sequence) return -1
    if (is(item)) return at
  }
  return -1
}
