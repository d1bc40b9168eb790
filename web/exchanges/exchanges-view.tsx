/** Every exchange as a row of a table. */
import { TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { goTo, usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { columns, template } from './columns.ts'
import { ExchangeRow } from './exchange-row.tsx'
import styles from './exchanges.module.css'
import { filterId } from './filter-focus.ts'
import { FIRST_ORDER, filterSteps, nextOrder, type Order, sortSteps } from './sort-and-filter.ts'
import { useTableKeys } from './use-table-keys.ts'

const ROW = 32

const setFilter = (query: string): void => goTo({ query }, 'replace')

function Filter({ shown, total }: { shown: number; total: number }) {
  const filter = usePlace().query
  return (
    <div className={styles.bar}>
      <TextInput
        id={filterId}
        size="xs"
        w={340}
        aria-label="Filter exchanges"
        placeholder="Filter: method, host, operation, status, name …"
        leftSection={<IconSearch size={14} />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          if (filter === '') event.currentTarget.blur()
          else setFilter('')
        }}
      />
      <span className={styles.tally} role="status">
        {shown === total ? `${total} exchanges` : `${shown} of ${total} exchanges`}
      </span>
    </div>
  )
}

function ColumnHeads({ order, sort }: { order: Order; sort: (column: string) => void }) {
  const Arrow = order.descending ? IconArrowDown : IconArrowUp
  return (
    <thead>
      <tr className={styles.heads} style={{ gridTemplateColumns: template }}>
        {columns.map(({ id, label, align }) => {
          const sorted = id === order.column
          const direction = order.descending ? 'descending' : 'ascending'
          return (
            <th key={id} scope="col" aria-sort={sorted ? direction : 'none'} data-align={align}>
              <button type="button" onClick={() => sort(id)}>
                {label}
                {sorted && <Arrow size={12} aria-hidden="true" />}
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

export function ExchangesView() {
  const analysis = useSession((session) => session.analysis)
  const filter = usePlace().query
  const [order, setOrder] = useState(FIRST_ORDER)
  const rows = useMemo(() => sortSteps(filterSteps(analysis.steps, filter), order), [analysis, filter, order])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  useTableKeys(rows, (index) => virtual.scrollToIndex(index))
  return (
    <section className={styles.view} aria-label="Exchanges">
      <Filter shown={rows.length} total={analysis.steps.length} />
      <div className={styles.scroller} ref={scroller}>
        <table className={styles.table} aria-rowcount={rows.length}>
          <ColumnHeads order={order} sort={(column) => setOrder(nextOrder(order, column))} />
          <tbody style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const step = rows[index]
              return step && <ExchangeRow key={step.exchange} step={step} index={index} top={start} height={ROW} />
            })}
          </tbody>
        </table>
        {rows.length === 0 && <p className={styles.none}>No exchange holds “{filter}”.</p>}
      </div>
    </section>
  )
}
