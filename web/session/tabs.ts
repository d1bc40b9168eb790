/** The recordings that are open beside one another, each with the place where a person left it. Kept for the visit. */
import { create } from 'zustand'
import { goTo, type Place, readPlace, writePlace } from './location.ts'

export interface Tab {
  /** Of its source. */
  readonly key: string
  /** What it was called when it was last looked at. */
  readonly label: string
  /** The place in it, as the address holds it. */
  readonly search: string
}

interface Tabs {
  readonly tabs: readonly Tab[]
  /** Key of the one that is shown, or was last. */
  readonly active: string | null
}

const STORED = 'acmescope.tabs'

/** A file is gone with the page that read it. */
export const isFile = (key: string): boolean => key.startsWith('file:')

const isTab = (value: unknown): value is Tab =>
  typeof value === 'object' &&
  value !== null &&
  ['key', 'label', 'search'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')

/** What an earlier page of this visit left; nothing where it cannot be read. */
export function readTabs(stored: string | null): Tabs {
  try {
    const { tabs, active }: { tabs?: unknown; active?: unknown } = JSON.parse(stored ?? '{}')
    const known = Array.isArray(tabs) ? tabs.filter(isTab).filter(({ key }) => !isFile(key)) : []
    return { tabs: known, active: typeof active === 'string' ? active : null }
  } catch {
    return { tabs: [], active: null }
  }
}

const storage = (): Storage | null => (typeof sessionStorage === 'undefined' ? null : sessionStorage)

export const useTabs = create<Tabs>(() => readTabs(storage()?.getItem(STORED) ?? null))

useTabs.subscribe((tabs) => storage()?.setItem(STORED, JSON.stringify(tabs)))

/** Gets a tab of its own once it is shown. */
let wanted: string | null = null

/** Opens a place of another recording in a tab of its own. */
export function openInTab(key: string, place: Partial<Place>): void {
  wanted = key
  goTo(place)
}

const insertAfter = (tabs: readonly Tab[], key: string | null, tab: Tab): readonly Tab[] => {
  const at = tabs.findIndex((one) => one.key === key)
  return at < 0 ? [...tabs, tab] : tabs.toSpliced(at + 1, 0, tab)
}

/** The tabs once this one is shown: its own, or else the one that was shown, whose recording it takes the place of. */
export function withShown({ tabs, active }: Tabs, tab: Tab, isNew: boolean): Tabs {
  const replaced =
    tabs.find(({ key }) => key === tab.key) ?? (isNew ? undefined : tabs.find(({ key }) => key === active))
  return {
    tabs: replaced ? tabs.map((one) => (one === replaced ? tab : one)) : insertAfter(tabs, active, tab),
    active: tab.key,
  }
}

/** Takes note of what is shown. A file is never replaced: nobody else has it. */
export function noteShown(tab: Tab): void {
  const before = useTabs.getState()
  const { tabs, active } = before
  if (active === tab.key && tabs.some((one) => isSame(one, tab))) return
  const isNew = wanted === tab.key || (active !== null && active !== tab.key && isFile(active))
  wanted = null
  useTabs.setState(withShown(before, tab, isNew))
}

const isSame = (a: Tab, b: Tab): boolean => a.key === b.key && a.label === b.label && a.search === b.search

/** Beside what is shown, without looking at it. */
export const addTab = (tab: Tab): void => useTabs.setState(({ tabs }) => ({ tabs: [...tabs, tab] }))

export const isInTab = (key: string): boolean => useTabs.getState().tabs.some((tab) => tab.key === key)

export const showTab = ({ search }: Tab): void => goTo(readPlace(search === '.' ? '' : search))

/** The neighbour that is shown once this tab is closed; null when it is the last. */
export function neighbourOf(tabs: readonly Tab[], key: string): Tab | null {
  const at = tabs.findIndex((tab) => tab.key === key)
  return tabs[at + 1] ?? tabs[at - 1] ?? null
}

/** Closes a tab; of the one that is shown, its neighbour takes the place. */
export function closeTab(key: string): void {
  const { tabs, active } = useTabs.getState()
  const next = neighbourOf(tabs, key)
  if (next === null) return
  useTabs.setState({ tabs: tabs.filter((tab) => tab.key !== key), ...(key === active && { active: next.key }) })
  if (key === active) showTab(next)
}

/** One tab on (1) or back (-1), round and round. */
export function stepTab(by: 1 | -1): void {
  const { tabs, active } = useTabs.getState()
  const at = tabs.findIndex((tab) => tab.key === active)
  const next = tabs.at((at + by) % tabs.length)
  if (tabs.length > 1 && next !== undefined) showTab(next)
}

/** The recording of a tab is known by another key from now on: a file that the recorder keeps, for one. */
export function renameTab(key: string, to: Tab): void {
  useTabs.setState(({ tabs, active }) => ({
    tabs: tabs.map((tab) => (tab.key === key ? to : tab)),
    active: active === key ? to.key : active,
  }))
}

/** The address of a place in a recording, nothing of it looked at. */
export const homeOf = (recording: string): string => writePlace({ ...readPlace(''), recording })
