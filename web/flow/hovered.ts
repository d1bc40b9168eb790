/** The row under the pointer, known to what draws its ties and to nothing else. */
import type { PointerEvent } from 'react'
import { create } from 'zustand'

export const useHovered = create<{ readonly row: string | null }>(() => ({ row: null }))

/** For the ground of all rows: a row is hovered until another one is, or none of them can be. */
export function noteHovered({ target, pointerType }: PointerEvent): void {
  if (pointerType === 'touch' || !(target instanceof Element)) return
  const row = target.closest<HTMLElement>('[data-row]')?.dataset.row
  if (row !== undefined && row !== useHovered.getState().row) useHovered.setState({ row })
}

export const forgetHovered = (): void => useHovered.setState({ row: null })
