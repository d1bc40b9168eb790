/** A wire object as one answer showed it, every field explained, with what changed since another answer. */
import { type Explained, type Explanation, explain } from '../explain/explain.ts'
import { show } from '../explain/show-value.ts'
import { isObject } from '../json.ts'
import type { JsonObject } from '../model.ts'
import type { ObjectKind } from '../specs/row.ts'
import { type Change, changesBetween, countChanges } from './changes.ts'

export type Mark = 'same' | 'added' | 'removed' | 'changed'

export interface Line {
  readonly text: string
  readonly mark: Mark
}

export interface ComparedField {
  readonly field: string
  readonly mark: Mark
  /** What it is, in words; of what is gone, what it was. */
  readonly explained: Omit<Explained, 'inside'>
  /** Of a plain value, or of a list of them: one line each. */
  readonly lines: readonly Line[]
  /** Fields or elements inside; null for a plain value. */
  readonly inside: Comparison | null
  /** It is an element of a list, and `field` is its number. */
  readonly isElement: boolean
}

export interface Comparison {
  readonly fields: readonly ComparedField[]
  /** How many more there are than are shown. */
  readonly omitted: number
  /** How many fields and elements are new, gone or different. */
  readonly changes: number
}

const MAX_LINES = 200

/**
 * Explains `after`, with what is different in it from `before`.
 * @param before null where there is nothing to compare with: then nothing is marked
 */
export function compareAnswers(kind: ObjectKind, before: JsonObject | null, after: JsonObject): Comparison {
  const change = before === null ? SAME : changesBetween(before, after)
  const side = (wire: JsonObject | null): Side => ({ value: wire, explanation: wire && explain(kind, wire) })
  return inside(side(before), side(after), change)
}

const SAME: Change = { kind: 'same' }

/** A value on one side, with the words for what is in it. */
interface Side {
  readonly value: unknown
  readonly explanation: Explanation | null
}

function inside(before: Side, after: Side, change: Change): Comparison {
  const fields = Array.isArray(after.value)
    ? elements(before, after, change)
    : members(before, after, change.kind === 'object' ? change.members : new Map<string, Change>())
  return { fields, omitted: after.explanation?.omitted ?? 0, changes: countChanges(change) }
}

function members(before: Side, after: Side, changes: ReadonlyMap<string, Change>): readonly ComparedField[] {
  const [then, now] = [membersOf(before), membersOf(after)]
  const shown = [...now].map(([name, { explained, value }]) =>
    toField(explained, then.get(name)?.explained ?? null, then.get(name)?.value, value, changes.get(name) ?? SAME),
  )
  const gone = [...then].flatMap(([name, { explained, value }]) =>
    changes.get(name)?.kind === 'removed' ? [removed(explained, value)] : [],
  )
  return [...shown, ...gone]
}

interface Member {
  readonly explained: Explained
  readonly value: unknown
}

/** The explanation has a field for each member, in their order, as far as it goes. */
function membersOf({ value, explanation }: Side): ReadonlyMap<string, Member> {
  if (!isObject(value) || !explanation) return new Map()
  const names = Object.keys(value)
  return new Map(
    explanation.fields.flatMap((explained, place) => {
      const name = names[place]
      return name === undefined ? [] : [[name, { explained, value: value[name] }] as const]
    }),
  )
}

function elements(before: Side, after: Side, change: Change): readonly ComparedField[] {
  const list = Array.isArray(after.value) ? after.value : []
  const earlier = Array.isArray(before.value) ? before.value : []
  const items = change.kind === 'list' ? change.items : list.map((_, from) => ({ from, change: SAME }))
  const shown = (after.explanation?.fields ?? []).flatMap((explained, place) => {
    const item = items[place]
    if (!item) return []
    const then = item.from === null ? null : (before.explanation?.fields[item.from] ?? null)
    return [{ ...toField(explained, then, earlier[item.from ?? -1], list[place], item.change), isElement: true }]
  })
  const gone = items.slice(list.length).flatMap(({ from }) => {
    const explained = before.explanation?.fields[from ?? -1]
    return explained ? [{ ...removed(explained, earlier[from ?? -1]), isElement: true }] : []
  })
  return [...shown, ...gone]
}

function toField(
  explained: Explained,
  earlier: Explained | null,
  before: unknown,
  after: unknown,
  change: Change,
): ComparedField {
  const { inside: explanation, ...words } = explained
  const mark = change.kind === 'added' || change.kind === 'changed' ? change.kind : 'same'
  const base = { field: explained.field, explained: words, isElement: false }
  if (explanation && mark !== 'changed' && isContainer(after))
    return {
      ...base,
      mark,
      lines: [],
      inside: inside({ value: before, explanation: earlier?.inside ?? null }, { value: after, explanation }, change),
    }
  const lines = linesOf(explained, before, after, change)
  return { ...base, mark: change.kind === 'object' ? 'changed' : mark, lines, inside: null }
}

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null

const removed = (explained: Explained, value: unknown): ComparedField => ({
  ...toField(explained, null, undefined, value, { kind: 'removed', before: value }),
  mark: 'removed',
})

/** A plain value is one line; what it was before stands above it. Of a list, each element. */
function linesOf({ value }: Explained, before: unknown, after: unknown, change: Change): readonly Line[] {
  if (change.kind === 'list') return linesOfList(change.items, before, after)
  if (change.kind !== 'changed' && change.kind !== 'object')
    return value.split('\n').map((text) => ({ text, mark: 'same' }))
  return [
    { text: show(before), mark: 'removed' },
    { text: show(after), mark: 'added' },
  ]
}

function linesOfList(
  items: readonly { readonly from: number | null; readonly change: Change }[],
  before: unknown,
  after: unknown,
): readonly Line[] {
  const [then, now] = [before, after].map((list) => (Array.isArray(list) ? list : []))
  const lines = items.slice(0, MAX_LINES).flatMap(({ from, change }, place): readonly Line[] => {
    const [was, is] = [then?.[from ?? -1], now?.[place]]
    if (change.kind === 'removed') return [{ text: show(was), mark: 'removed' }]
    if (change.kind === 'added') return [{ text: show(is), mark: 'added' }]
    if (change.kind === 'same') return [{ text: show(is), mark: 'same' }]
    return [
      { text: show(was), mark: 'removed' },
      { text: show(is), mark: 'added' },
    ]
  })
  const more = items.length - MAX_LINES
  return more > 0 ? [...lines, { text: `… ${more} more`, mark: 'same' }] : lines
}
