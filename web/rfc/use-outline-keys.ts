/** Moves through the outline by key. */
import { useHotkeys } from '@mantine/hooks'
import { type OutlineSection, sectionAddress } from '../../shared/acme/registry/outline.ts'
import { goTo } from '../session/location.ts'

/** @param rows those that are drawn, in order */
export function useOutlineKeys(rows: readonly OutlineSection[], current: OutlineSection | null): void {
  const at = current === null ? -1 : rows.indexOf(current)
  const goToRow = (index: number) => {
    const row = rows[index]
    if (row) goTo({ section: sectionAddress(row.reference) }, 'replace')
  }
  const move = (by: 1 | -1) => goToRow(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by)
  useHotkeys([
    ['ArrowDown', () => move(1)],
    ['j', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['k', () => move(-1)],
    ['Home', () => goToRow(0)],
    ['End', () => goToRow(rows.length - 1)],
  ])
}
