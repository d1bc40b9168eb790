/** Every exchange, and every connection without one, as a row of a table. */
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useMemo, useRef } from 'react'
import { withCondition } from '../../shared/query/edit.ts'
import { idOf, type Subject } from '../../shared/query/query.ts'
import { useSelected } from '../session/location.ts'
import { CellButtons, type Narrow, RowMenu } from './cell-menu.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { ColumnHeads } from './column-heads.tsx'
import { columnOf } from './columns.tsx'
import { ExchangeRow, ROW_HEIGHT } from './exchange-row.tsx'
import styles from './exchanges.module.css'
import { Footer } from './footer.tsx'
import { tracksOf, useLayout } from './layout.ts'
import { None } from './none.tsx'
import { QueryBox } from './query-box.tsx'
import { QueryHelp } from './query-help.tsx'
import { SceneContext, totalsOf, useKnown, useSceneOf } from './scene.ts'
import { sortRows, subjectsOf, useSifted } from './sifting.ts'
import { useFollow } from './use-follow.ts'
import { usePointing } from './use-pointing.ts'
import { useQuery } from './use-query.ts'
import { useTableKeys } from './use-table-keys.ts'

const HEADS_HEIGHT = 30

export function ExchangesView() {
  const known = useKnown()
  const { analysis } = known
  const typed = useQuery()
  const subjects = useMemo(() => subjectsOf(analysis), [analysis])
  const sifted = useSifted(subjects, typed.query, known)
  const totals = useMemo(() => totalsOf(sifted), [sifted])
  const scene = useSceneOf(known, totals.span)

  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize<HTMLDivElement>()
  const layout = useLayout(width)
  const { sort } = layout.layout
  const rows = useMemo(() => sortRows(sifted, columnOf(sort.column), sort.descending, scene), [sifted, sort, scene])
  const heads = layout.heads.map((head) => ({ id: head.column.id, width: head.getSize() }))
  const drawn = heads.map(({ id }) => id).join(' ')
  const columns = useMemo(() => drawn.split(' ').flatMap((id) => columnOf(id) ?? []), [drawn])

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // Beneath the heads, which stay in sight.
    scrollMargin: HEADS_HEIGHT,
    scrollPaddingStart: HEADS_HEIGHT,
    overscan: 12,
  })
  useTableKeys(rows, scroller, (index) => virtual.scrollToIndex(index))
  useFollow(scroller, rows.length, sort.column === 'sequence' && !sort.descending)
  const pointing = usePointing(rows, scroller)
  const narrow: Narrow = (asked, isWanted) => {
    pointing.leave()
    typed.ask(withCondition(typed.query, asked, isWanted))
  }

  return (
    <SceneContext value={scene}>
      <section className={styles.view} aria-label="Exchanges">
        <div className={styles.bar}>
          <QueryBox typed={typed} subjects={subjects} known={known} />
          <QueryHelp ask={typed.ask} />
          <ColumnChooser layout={layout} />
        </div>
        <div className={styles.scroller} ref={useMergedRef(scroller, measured)}>
          <table
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen, as a grid's are
            role="grid"
            className={styles.table}
            aria-label="Exchanges"
            aria-rowcount={rows.length + 1}
            style={{ ...columnTracks(tracksOf(heads)), minWidth: heads.reduce((sum, head) => sum + head.width, 0) }}
          >
            <ColumnHeads layout={layout} />
            <tbody
              style={{ height: virtual.getTotalSize() }}
              onMouseOver={pointing.hover}
              onMouseLeave={pointing.leaveTable}
              onFocus={pointing.leave}
              onContextMenu={pointing.openMenu}
            >
              <Rows rows={rows} columns={columns} items={virtual.getVirtualItems()} />
            </tbody>
          </table>
          {rows.length === 0 && <None query={typed.query} subjects={subjects} known={known} ask={typed.ask} />}
          <CellButtons at={pointing.hovered} scene={scene} narrow={narrow} />
        </div>
        <Footer shown={totals} all={subjects.length} />
        <RowMenu at={pointing.menu} columns={columns} scene={scene} narrow={narrow} close={pointing.closeMenu} />
      </section>
    </SceneContext>
  )
}

/** Given once for all rows, so that a width that changes draws none of them anew. */
const columnTracks = (tracks: string): CSSProperties => ({ '--columns': tracks }) as CSSProperties

interface RowsProps {
  readonly rows: readonly Subject[]
  readonly columns: Parameters<typeof ExchangeRow>[0]['columns']
  readonly items: readonly { readonly index: number; readonly start: number }[]
}

function Rows({ rows, columns, items }: RowsProps) {
  const selected = useSelected()
  const isShown = items.some(({ index }) => rows[index] !== undefined && idOf(rows[index]) === selected)
  return items.map(({ index, start }, at) => {
    const row = rows[index]
    if (row === undefined) return null
    const isSelected = idOf(row) === selected
    return (
      <ExchangeRow
        key={idOf(row)}
        row={row}
        columns={columns}
        index={index}
        top={start - HEADS_HEIGHT}
        isSelected={isSelected}
        isStop={isShown ? isSelected : at === 0}
      />
    )
  })
}
