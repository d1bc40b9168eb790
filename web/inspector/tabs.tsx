/** Tabs as the ARIA practices have them: one stop for Tab, arrows within, and `[` and `]` from anywhere. */
import { useHotkeys } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { goTo, usePlace } from '../session/location.ts'
import styles from './frame.module.css'

export interface Tab {
  readonly id: string
  readonly label: string
}

interface TabsProps<T> {
  /** What they are about, for who cannot see it. */
  readonly label: string
  readonly tabs: readonly T[]
  /** What stands beside a label. */
  readonly count: (tab: T) => ReactNode
  readonly children: (tab: T) => ReactNode
}

const KEYS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

const choose = (tab: Tab | undefined): void => {
  if (tab !== undefined) goTo({ panel: tab.id }, 'replace')
}

const SCROLLING: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '])

/** What scrolls a panel must not move on to another step. */
export function keepScrolling(event: KeyboardEvent): void {
  if (SCROLLING.has(event.key)) event.stopPropagation()
}

export function Tabs<T extends Tab>({ label, tabs, count, children }: TabsProps<T>) {
  const { panel } = usePlace()
  const list = useRef<HTMLDivElement>(null)
  const wanted = tabs.findIndex(({ id }) => id === panel)
  const at = Math.max(0, wanted)
  const current = tabs[at]
  const go = (by: number) => choose(tabs[(at + by + tabs.length) % tabs.length])
  useHotkeys([
    [']', () => go(1)],
    ['[', () => go(-1)],
  ])

  const chosen = () => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked for again when another tab is chosen
  useEffect(() => {
    // Some browsers answer with a promise, which is no way to end an effect.
    void chosen()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current?.id])

  const key = (event: KeyboardEvent) => {
    const next = KEYS[event.key]
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    choose(tabs[next(at, tabs.length)])
    requestAnimationFrame(() => chosen()?.focus())
  }

  if (current === undefined) return null
  return (
    <>
      <div ref={list} className={styles.tabs} role="tablist" aria-label={label} onKeyDown={key}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`tab-${tab.id}`}
            aria-selected={tab === current}
            aria-controls="panel"
            tabIndex={tab === current ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(tab)}
          >
            {tab.label}
            {count(tab)}
          </button>
        ))}
      </div>
      <div
        className={styles.panel}
        role="tabpanel"
        id="panel"
        aria-labelledby={`tab-${current.id}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach it
        tabIndex={0}
        onKeyDown={keepScrolling}
      >
        {children(current)}
      </div>
    </>
  )
}
