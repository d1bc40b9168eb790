/** The diagram's keys: along the rows, fold and unfold, nearer and farther. */
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { select, useSelected } from '../session/location.ts'
import { togglePoll } from '../session/session.ts'
import { isForRows, isForSelectedRow, letFocusFollow } from './row-focus.ts'
import { nextSubject, placeOf } from './row-of.ts'
import type { Follow } from './use-follow.ts'
import type { Viewport } from './use-viewport.ts'

type Key = [string, (event: KeyboardEvent) => void, { preventDefault: boolean }]

/** A key that is taken only where nothing else wants it. */
const key = (name: string, wanted: (event: KeyboardEvent) => boolean, act: () => void): Key => [
  name,
  (event) => {
    if (!wanted(event) || event.defaultPrevented) return
    event.preventDefault()
    act()
  },
  { preventDefault: false },
]

const always = ({ target }: KeyboardEvent): boolean =>
  !(target instanceof Element && target.closest('[role="menu"], [role="dialog"], [role="listbox"]') !== null)

/** Opens or closes the poll that a row is or belongs to; its first question is then looked at. */
function fold(row: FlowRow | undefined, open: boolean): void {
  if (row?.kind === 'poll' && open && !row.open) {
    select(row.steps[0].exchange, 'replace')
    togglePoll(row.id)
  }
  if (row?.kind === 'step' && row.poll !== null && !open) togglePoll(row.poll)
}

export function useRowKeys(rows: readonly FlowRow[], viewport: Viewport, follow: Follow): void {
  const selected = useSelected()
  const place = placeOf(rows, selected)
  const current = rows[place]

  const go = (from: number, by: 1 | -1) => {
    const subject = nextSubject(rows, from, by)
    if (subject === null) return
    letFocusFollow()
    select(subject, 'replace')
  }
  const next = () => go(place < 0 ? 0 : place + 1, 1)
  const previous = () => go(place < 0 ? rows.length - 1 : place - 1, -1)

  useHotkeys([
    key('j', always, next),
    key('ArrowDown', isForRows, next),
    key('k', always, previous),
    key('ArrowUp', isForRows, previous),
    key('Home', isForRows, () => go(0, 1)),
    key('End', isForRows, () => go(rows.length - 1, -1)),
    key('ArrowRight', isForRows, () => fold(current, true)),
    key('ArrowLeft', isForRows, () => fold(current, false)),
    [
      'Enter',
      (event) => isForSelectedRow(event) && (current ? fold(current, true) : next()),
      { preventDefault: false },
    ],
    ...['plus', 'shift+plus', '='].map((name) => key(name, always, () => viewport.zoomBy(1))),
    ...['minus', 'shift+_'].map((name) => key(name, always, () => viewport.zoomBy(-1))),
    key('0', always, () => viewport.zoomTo(1)),
    key('f', always, () => viewport.fit()),
  ])

  const shown = useRef((row: FlowRow) => viewport.show(row))
  shown.current = (row) => {
    viewport.show(row)
    follow.looksAt(row)
  }
  const rowId = current?.id
  // Only a change of the selection scrolls: rows that arrive meanwhile must not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `current` changes with every new row
  useEffect(() => {
    if (current !== undefined) shown.current(current)
  }, [rowId])
}
