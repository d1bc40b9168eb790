/** Moves the selection along the rows, and keeps it in sight. */
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { select, useSelected } from '../session/location.ts'
import { togglePoll } from '../session/session.ts'
import { rowOf, subjectOf } from './row-of.ts'
import type { Viewport } from './use-viewport.ts'

export function useRowKeys(rows: readonly FlowRow[], viewport: Viewport): void {
  const selected = useSelected()
  const shown = useRef(viewport.show)
  shown.current = viewport.show
  const current = rowOf(rows, selected)

  const move = (by: 1 | -1) => {
    const stops = rows.filter((row) => subjectOf(row) !== null)
    const at = current === null ? -1 : stops.indexOf(current)
    const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by]
    if (next !== undefined) select(subjectOf(next), 'replace')
  }
  const edge = (row: FlowRow | undefined) => row !== undefined && select(subjectOf(row), 'replace')
  const fold = (open: boolean) => {
    const poll = rows.find((row) => row.kind === 'poll' && row.steps.some(({ exchange }) => exchange === selected))
    if (poll?.kind === 'poll' && poll.open !== open) togglePoll(poll.id)
  }

  useHotkeys([
    ['j', () => move(1)],
    ['ArrowDown', () => move(1)],
    ['k', () => move(-1)],
    ['ArrowUp', () => move(-1)],
    ['Home', () => edge(rows.find((row) => subjectOf(row) !== null))],
    ['End', () => edge(rows.findLast((row) => subjectOf(row) !== null))],
    ['ArrowRight', () => fold(true)],
    ['ArrowLeft', () => fold(false)],
    ['Enter', () => current === null && move(1), { preventDefault: false }],
  ])

  const rowId = current?.id
  // Only a change of the selection scrolls: rows that arrive meanwhile must not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `current` changes with every new row
  useEffect(() => {
    if (current !== null) shown.current(current)
  }, [rowId])
}
