/**
 * Lists that only grow, one item at a time, and belong to one analysis: added to in place, so that the thousandth poll of
 * an order costs as much as the first.
 */

/** The same list with the item at its end; a new one where there was none. */
export function grown<T>(list: readonly T[] | undefined, item: T): readonly T[] {
  if (!list) return [item]
  ;(list as T[]).push(item)
  return list
}

/** As `grown`, for an item that is not the last one already. What one exchange adds twice is added in a row. */
export const grownBy = <T>(list: readonly T[] | undefined, item: T): readonly T[] =>
  list?.at(-1) === item ? list : grown(list, item)

/** The list with what is new among the items at its end, in order. For lists that one answer names whole. */
export function united<T>(list: readonly T[] | undefined, items: readonly T[]): readonly T[] {
  const all = (list ?? []) as T[]
  for (const item of items) if (isNewTo(all, item)) all.push(item)
  return all
}

/** What is in long lists: it takes too long to look for an item in the list itself. */
const members = new WeakMap<object, Set<unknown>>()
const LONG = 16

/** Whether the item is not in the list yet, to which it is then added by whoever asks. */
function isNewTo<T>(list: readonly T[], item: T): boolean {
  if (list.length < LONG) return !list.includes(item)
  const known = members.get(list) ?? new Set(list)
  members.set(list, known)
  const before = known.size
  return known.add(item).size > before
}
