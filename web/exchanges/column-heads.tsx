/** The heads of the columns: a press sorts, a drag of the edge (or Shift and an arrow key) makes wider. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { columnOf } from './columns.tsx'
import styles from './exchanges.module.css'
import { type Head, moved, type TableLayout } from './layout.ts'
import { nextOrder } from './sifting.ts'

const STEP = 16

function ColumnHead({ head, layout }: { head: Head; layout: TableLayout }) {
  const { id } = head.column
  const column = columnOf(id)
  const { sort, widths } = layout.layout
  if (column === undefined) return null
  const isSorted = sort.column === id
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp

  const keys = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined
    if (by === undefined || !(event.shiftKey || event.altKey)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.altKey) return layout.change({ order: moved(layout.layout, id, by) })
    layout.change({ widths: { ...widths, [id]: Math.max(44, head.getSize() + by * STEP) } })
  }

  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      data-align={column.align}
      data-resizing={head.column.getIsResizing()}
    >
      <button
        type="button"
        title={`${column.meaning}. Shift ← → makes it narrower or wider, Alt ← → moves it.`}
        onClick={() => layout.change({ sort: nextOrder(sort, id) })}
        onKeyDown={keys}
      >
        <span>{column.label}</span>
        {isSorted && <Arrow size={12} aria-hidden="true" />}
      </button>
      {/* The keys above do the same. */}
      <span
        className={styles.edge}
        aria-hidden="true"
        onMouseDown={head.getResizeHandler()}
        onTouchStart={head.getResizeHandler()}
        onDoubleClick={() => head.column.resetSize()}
      />
    </th>
  )
}

export const ColumnHeads = ({ layout }: { layout: TableLayout }) => (
  <thead>
    <tr className={styles.heads} aria-rowindex={1}>
      {layout.heads.map((head) => (
        <ColumnHead key={head.id} head={head} layout={layout} />
      ))}
    </tr>
  </thead>
)
