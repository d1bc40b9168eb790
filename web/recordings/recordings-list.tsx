/** All recordings as a table, of which only the rows in view are drawn. */
import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { RecordingSummary } from '../../shared/recording.ts'
import { useLiveId } from '../app/use-recordings.ts'
import { RecordingRow } from './recording-row.tsx'
import styles from './recordings.module.css'
import { type Column, canChange, nextOrder, type Order } from './rows.ts'
import { choose, useList } from './use-list.ts'
import { useListKeys } from './use-list-keys.ts'

const ROW = 38

const columns: readonly { readonly id: Column; readonly label: string; readonly align?: 'end' }[] = [
  { id: 'name', label: 'Name' },
  { id: 'started', label: 'Started, UTC' },
  { id: 'length', label: 'Length', align: 'end' },
  { id: 'exchanges', label: 'Exchanges', align: 'end' },
  { id: 'size', label: 'Size', align: 'end' },
]

interface HeadsProps {
  readonly order: Order
  readonly setOrder: (order: Order) => void
  /** Ids of what can be deleted. */
  readonly deletable: readonly string[]
}

function ColumnHeads({ order, setOrder, deletable }: HeadsProps) {
  const chosen = useList((list) => list.chosen.size)
  const Arrow = order.descending ? IconArrowDown : IconArrowUp
  const isAll = chosen > 0 && chosen === deletable.length
  return (
    <thead>
      <tr className={styles.heads}>
        <th scope="col" className={styles.check}>
          <Checkbox
            size="xs"
            aria-label="Choose all"
            disabled={deletable.length === 0}
            checked={isAll}
            indeterminate={chosen > 0 && !isAll}
            onChange={() => choose(isAll ? [] : deletable)}
          />
        </th>
        {columns.map(({ id, label, align }) => (
          <th
            key={id}
            scope="col"
            data-align={align}
            aria-sort={id !== order.column ? 'none' : order.descending ? 'descending' : 'ascending'}
          >
            <button type="button" onClick={() => setOrder(nextOrder(order, id))}>
              {label}
              {id === order.column && <Arrow size={12} aria-hidden="true" />}
            </button>
          </th>
        ))}
        <th scope="col">Source</th>
        <td />
      </tr>
    </thead>
  )
}

interface RecordingsListProps {
  readonly rows: readonly RecordingSummary[]
  readonly order: Order
  readonly setOrder: (order: Order) => void
}

export function RecordingsList({ rows, order, setOrder }: RecordingsListProps) {
  const live = useLiveId()
  const active = useList((list) => list.active)
  const renaming = useList((list) => list.renaming)
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  })
  useListKeys(rows, (index) => {
    grid.current?.focus({ preventScroll: true })
    virtual.scrollToIndex(index)
  })
  const renamingAt = rows.findIndex(({ id }) => id === renaming)
  useEffect(() => {
    // It may be asked for from elsewhere, of a row that is not in view.
    if (renamingAt >= 0) virtual.scrollToIndex(renamingAt)
    else grid.current?.focus({ preventScroll: true })
  }, [renamingAt, virtual])
  const deletable = rows.filter((one) => canChange(one) && one.id !== live).map(({ id }) => id)
  const isThere = rows.some(({ id }) => id === active)
  return (
    <div className={styles.list} ref={scroller}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is walked through by key
        role="grid"
        ref={grid}
        tabIndex={0}
        aria-label="All recordings"
        aria-multiselectable="true"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={isThere ? `recording-${active}` : undefined}
      >
        <ColumnHeads order={order} setOrder={setOrder} deletable={deletable} />
        <tbody style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const recording = rows[index]
            return (
              recording && (
                <RecordingRow
                  key={recording.id}
                  recording={recording}
                  isLive={recording.id === live}
                  top={start}
                  height={ROW}
                />
              )
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
