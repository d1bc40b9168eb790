/** Moves along the list of objects by key. */
import { useHotkeys } from '@mantine/hooks'
import type { TreeRow } from '../../shared/acme/course/tree.ts'
import { goTo } from '../session/location.ts'

interface ListKeys {
  readonly rows: readonly TreeRow[]
  /** Place of the row looked at; -1 where it is not among them. */
  readonly at: number
  readonly moved: (row: TreeRow) => void
  readonly toggle: (key: string) => void
}

export function useListKeys({ rows, at, moved, toggle }: ListKeys): void {
  const goToRow = (row: TreeRow | undefined) => {
    if (!row?.url) return
    moved(row)
    goTo({ object: row.url }, 'replace')
  }
  const move = (by: 1 | -1) => {
    let next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by
    while (rows[next]?.url === null) next += by
    goToRow(rows[next])
  }
  const fold = () => {
    const row = rows[at]
    if (row && row.children > 0) toggle(row.key)
  }
  useHotkeys([
    ['ArrowDown', () => move(1)],
    ['j', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['k', () => move(-1)],
    ['Home', () => goToRow(rows.find(({ url }) => url !== null))],
    ['End', () => goToRow(rows.findLast(({ url }) => url !== null))],
    ['o', fold],
  ])
}
