/** Which cell the mouse is over, and which row's menu is open. Told by the events that reach the table. */
import { useDebouncedCallback } from '@mantine/hooks'
import { type MouseEvent, type RefObject, useCallback, useEffect, useState } from 'react'
import type { Subject } from '../../shared/query/query.ts'
import type { PointedAt } from './cell-menu.tsx'
import { columnOf } from './columns.tsx'

/** What the buttons are known by. */
export const BUTTONS_MARK = 'data-narrow'

/** Of both buttons together, in CSS pixels. */
const BUTTONS = 42
/** From the pointer. */
const CLEAR = 12
/** The pointer rests on a cell for as long before they are shown. */
const DWELL_MS = 350

export function usePointing(rows: readonly Subject[], scroller: RefObject<HTMLElement | null>) {
  const [hovered, setHovered] = useState<PointedAt | null>(null)
  const [menu, setMenu] = useState<PointedAt | null>(null)

  const find = (target: EventTarget) => {
    const element = target instanceof Element ? target : null
    const cell = element?.closest('td') ?? null
    const line = element?.closest('tr') ?? null
    // Counted from 1, and the heads are the first.
    const row = rows[Number(line?.getAttribute('aria-rowindex') ?? 0) - 2]
    return row && line ? { row, cell, line, column: columnOf(cell?.dataset.column ?? '') ?? null } : null
  }

  // Nothing may appear beneath a hand that is about to click: the buttons wait, and stand beside the pointer.
  const show = useDebouncedCallback((at: PointedAt) => setHovered(at), DWELL_MS)
  const leave = useCallback(() => {
    show.cancel()
    setHovered(null)
  }, [show])
  const hover = (event: MouseEvent) => {
    const found = find(event.target)
    if (!found?.cell) return leave()
    if (hovered?.row === found.row && hovered.column === found.column) return
    setHovered(null)
    const { right } = found.cell.getBoundingClientRect()
    const { top } = found.line.getBoundingClientRect()
    const x = event.clientX > right - BUTTONS - CLEAR ? event.clientX - BUTTONS - CLEAR : right - BUTTONS
    show({ row: found.row, column: found.column, x, y: top })
  }
  useEffect(() => {
    const element = scroller.current
    element?.addEventListener('scroll', leave, { passive: true })
    return () => element?.removeEventListener('scroll', leave)
  }, [scroller, leave])

  const openMenu = (event: MouseEvent) => {
    const found = find(event.target)
    if (!found) return
    event.preventDefault()
    const { left, bottom } = found.line.getBoundingClientRect()
    // The menu key says nothing of a place, or names the row's.
    const isMouse = event.button === 2
    setMenu({
      row: found.row,
      column: isMouse ? found.column : null,
      x: isMouse ? event.clientX : left + 60,
      y: isMouse ? event.clientY : bottom,
    })
  }
  return {
    hovered,
    menu,
    hover,
    openMenu,
    leave,
    /** The buttons lie over the table, and are no part of it. */
    leaveTable: (event: MouseEvent) => {
      const { relatedTarget } = event
      if (!(relatedTarget instanceof Element && relatedTarget.closest(`[${BUTTONS_MARK}]`))) leave()
    },
    closeMenu: useCallback(() => setMenu(null), []),
  }
}
