/** Moves the selection along the table's rows. */
import { useHotkeys } from '@mantine/hooks'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { idOf, type Subject } from '../../shared/query/query.ts'
import { select, useSelected } from '../session/location.ts'
import { ROW_HEIGHT } from './exchange-row.tsx'

export function useTableKeys(
  rows: readonly Subject[],
  scroller: RefObject<HTMLElement | null>,
  show: (index: number) => void,
): void {
  const selected = useSelected()
  const at = useMemo(() => rows.findIndex((row) => idOf(row) === selected), [rows, selected])
  const goToRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (row !== undefined) select(idOf(row), 'replace')
  }
  const move = (by: number) => goToRow(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by)
  const screenful = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
  useHotkeys([
    ['j', () => move(1)],
    ['ArrowDown', () => move(1)],
    ['k', () => move(-1)],
    ['ArrowUp', () => move(-1)],
    ['PageDown', () => move(screenful())],
    ['PageUp', () => move(-screenful())],
    ['Home', () => goToRow(0)],
    ['End', () => goToRow(rows.length - 1)],
    ['Enter', () => at < 0 && move(1), { preventDefault: false }],
  ])

  const latest = useRef({ show, at })
  latest.current = { show, at }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the selection scrolls
  useEffect(() => {
    if (latest.current.at < 0) return
    latest.current.show(latest.current.at)
    // Who moves within the table by key stays within it.
    const table = scroller.current
    if (table?.contains(document.activeElement))
      requestAnimationFrame(() =>
        table.querySelector<HTMLElement>('tr[aria-selected="true"]')?.focus({ preventScroll: true }),
      )
  }, [selected])
}
