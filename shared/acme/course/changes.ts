/**
 * What changed between two answers that showed the same object: field by field, list elements by what they are rather
 * than where they stand. Linear in both, and whatever they hold; past a bound, a part that differs is one change.
 */
import { isObject } from '../json.ts'
import type { JsonObject } from '../model.ts'

export type Change =
  | { readonly kind: 'same' }
  | { readonly kind: 'added'; readonly after: unknown }
  | { readonly kind: 'removed'; readonly before: unknown }
  | { readonly kind: 'changed'; readonly before: unknown; readonly after: unknown }
  /** Some member differs; those that do not are left out. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Change> }
  /** Some element differs, or they stand in another order. */
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }

/** In the order of the later list; what is gone stands at the end. */
export interface ListItem {
  /** Place in the earlier list; null for a new one. */
  readonly from: number | null
  readonly change: Change
}

/** Parts that are told apart at most; objects of ACME have some ten, orders of a hundred names some hundreds. */
const MAX_PARTS = 20_000

const SAME: Change = { kind: 'same' }

/** What turns one value into the other; `same` where nothing differs but perhaps the order of an object's members. */
export const changesBetween = (before: unknown, after: unknown): Change => compare(before, after, { left: MAX_PARTS })

interface Budget {
  left: number
}

function compare(before: unknown, after: unknown, budget: Budget): Change {
  if (Object.is(before, after)) return SAME
  if (budget.left > 0) {
    if (isObject(before) && isObject(after)) return compareObjects(before, after, budget)
    if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, budget)
  }
  return isEqual(before, after) ? SAME : { kind: 'changed', before, after }
}

function compareObjects(before: JsonObject, after: JsonObject, budget: Budget): Change {
  const members = new Map<string, Change>()
  for (const name of new Set([...Object.keys(after), ...Object.keys(before)])) {
    budget.left--
    const change = member(before, after, name, budget)
    if (change.kind !== 'same') members.set(name, change)
  }
  return members.size ? { kind: 'object', members } : SAME
}

function member(before: JsonObject, after: JsonObject, name: string, budget: Budget): Change {
  if (!Object.hasOwn(before, name)) return { kind: 'added', after: after[name] }
  if (!Object.hasOwn(after, name)) return { kind: 'removed', before: before[name] }
  return compare(before[name], after[name], budget)
}

function compareLists(before: readonly unknown[], after: readonly unknown[], budget: Budget): Change {
  budget.left -= before.length + after.length
  const left = placesByIdentity(before)
  const matched = new Set<number>()
  const nameOf = identities()
  const items = after.map((item): ListItem => {
    const from = left.get(nameOf(item))?.shift()
    if (from === undefined) return { from: null, change: { kind: 'added', after: item } }
    matched.add(from)
    return { from, change: compare(before[from], item, budget) }
  })
  const gone = before.flatMap((item, from): ListItem[] =>
    matched.has(from) ? [] : [{ from, change: { kind: 'removed', before: item } }],
  )
  const all = [...items, ...gone]
  return all.every(({ from, change }, place) => from === place && change.kind === 'same')
    ? SAME
    : { kind: 'list', items: all }
}

function placesByIdentity(list: readonly unknown[]): Map<string, number[]> {
  const nameOf = identities()
  const places = new Map<string, number[]>()
  for (const [place, item] of list.entries()) {
    const name = nameOf(item)
    const known = places.get(name)
    if (known) known.push(place)
    else places.set(name, [place])
  }
  return places
}

/** What an element is known by: its URL, its type and value, itself where it is text; else its place among such. */
function identities(): (item: unknown) => string {
  let nameless = 0
  return (item) => {
    if (typeof item === 'string') return `text ${item}`
    if (isObject(item)) {
      if (typeof item.url === 'string') return `url ${item.url}`
      if (typeof item.value === 'string') return `value ${String(item.type)} ${item.value}`
    }
    return `place ${nameless++}`
  }
}

/** Whether two values of JSON are the same but for the order of members. Stops at the first difference. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, place) => isEqual(item, other[place]))
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]))
  )
}

/** How many fields and elements are new, gone or different. */
export function countChanges(change: Change): number {
  switch (change.kind) {
    case 'same':
      return 0
    case 'object':
      return [...change.members.values()].reduce((sum, one) => sum + countChanges(one), 0)
    case 'list':
      return change.items.reduce((sum, one) => sum + countChanges(one.change), 0)
    default:
      return 1
  }
}
