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

/** The list and what is new among the items, in order. For lists that one answer names whole. */
export function united<T>(list: readonly T[] | undefined, items: readonly T[]): readonly T[] {
  if (!list?.length) return [...new Set(items)]
  const known = new Set(list)
  const added = items.filter((item) => !known.has(item))
  return added.length ? [...new Set([...list, ...added])] : list
}
