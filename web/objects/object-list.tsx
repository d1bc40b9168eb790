/** The objects of the recording at the left, as a tree that can be searched; only the rows in view are in the page. */
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { countObjects, type TreeRow, treeRows } from '../../shared/acme/course/tree.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { FINDER } from './finder-focus.ts'
import styles from './object-list.module.css'
import { ObjectRow } from './object-row.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useOpenRows } from './use-open-rows.ts'

const ROW = 30

interface ObjectListProps {
  readonly analysis: Analysis
  /** URL of the object looked at. */
  readonly object: string | null
}

interface FilterProps {
  readonly filter: string
  readonly setFilter: (filter: string) => void
}

const Filter = ({ filter, setFilter }: FilterProps) => (
  <TextInput
    size="xs"
    className={styles.filter}
    id={FINDER}
    aria-label="Find objects"
    placeholder="Find: name, kind, status, URL"
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
)

/** The row a person came to by key or click, or else the first one of the object. */
function placeOf(rows: readonly TreeRow[], object: string | null, last: string | null): number {
  const same = rows.findIndex(({ key, url }) => key === last && url === object)
  return same >= 0 ? same : rows.findIndex(({ url }) => url !== null && url === object)
}

/** Who moves along the list with the focus in it takes it along. */
function followFocus(list: HTMLElement | null): void {
  if (!list?.contains(document.activeElement)) return
  requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true }))
}

export function ObjectList({ analysis, object }: ObjectListProps) {
  const [filter, setFilter] = useState('')
  const [last, setLast] = useState<string | null>(null)
  const { isOpen, toggle } = useOpenRows(analysis, object)
  const rows = useMemo(() => treeRows(analysis, { isOpen, filter }), [analysis, isOpen, filter])
  const at = useMemo(() => placeOf(rows, object, last), [rows, object, last])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
  })
  useListKeys({ rows, at, moved: ({ key }) => setLast(key), toggle })

  const latest = useRef({ at, virtual })
  latest.current = { at, virtual }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only looking at another object scrolls
  useEffect(() => {
    const { at, virtual } = latest.current
    if (at < 0) return
    virtual.scrollToIndex(at)
    followFocus(scroller.current)
  }, [object])

  // What is found is read from the top.
  useEffect(() => {
    if (filter !== '') latest.current.virtual.scrollToOffset(0)
  }, [filter])

  const total = countObjects(analysis)
  return (
    <nav className={styles.list} aria-label="Objects of the recording">
      <div className={styles.bar}>
        <Filter filter={filter} setFilter={setFilter} />
        <span className={styles.tally} role={filter === '' ? undefined : 'status'}>
          {filter === '' ? `${total} objects` : `${rows.length} of ${total}`}
        </span>
      </div>
      <div className={styles.scroller} ref={scroller}>
        <ul style={{ height: virtual.getTotalSize() }} className={styles.rows}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index]
            return (
              row && (
                <ObjectRow
                  key={key}
                  row={row}
                  isCurrent={index === at}
                  top={start}
                  place={index}
                  count={rows.length}
                  toggle={toggle}
                />
              )
            )
          })}
        </ul>
        {rows.length === 0 && (
          <p className={styles.none} role="status">
            No object holds “{filter}”.
          </p>
        )}
      </div>
    </nav>
  )
}
