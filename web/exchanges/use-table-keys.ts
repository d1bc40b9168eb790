/** Moves the selection along the table's rows. */
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { Step } from '../../shared/acme/model.ts'
import { select, useSelected } from '../session/location.ts'

export function useTableKeys(rows: readonly Step[], show: (index: number) => void): void {
  const selected = useSelected()
  const at = rows.findIndex((step) => step.exchange === selected)
  const goToRow = (index: number) => {
    const step = rows[index]
    if (step !== undefined) select(step.exchange, 'replace')
  }
  const move = (by: 1 | -1) => goToRow(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by)
  useHotkeys([
    ['j', () => move(1)],
    ['ArrowDown', () => move(1)],
    ['k', () => move(-1)],
    ['ArrowUp', () => move(-1)],
    ['Home', () => goToRow(0)],
    ['End', () => goToRow(rows.length - 1)],
    ['Enter', () => at < 0 && move(1), { preventDefault: false }],
  ])

  const latest = useRef({ show, at })
  latest.current = { show, at }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the selection scrolls
  useEffect(() => {
    if (latest.current.at >= 0) latest.current.show(latest.current.at)
  }, [selected])
}
