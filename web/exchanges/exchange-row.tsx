/** One exchange or connection in the table. */
import { memo } from 'react'
import { moodOf } from '../../shared/acme/mood.ts'
import { isQuiet } from '../../shared/connection-words.ts'
import { idOf, isStep, type Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import { select } from '../session/location.ts'
import { MOST_SHOWN } from './cells.tsx'
import type { Column } from './columns.tsx'
import styles from './exchanges.module.css'
import { type Scene, useScene } from './scene.ts'

export const ROW_HEIGHT = 28

/** Hover texts are not scrolled. */
const MOST_HOVERED = 2000

function Cell({ column, row, scene }: { column: Column; row: Subject; scene: Scene }) {
  const text = shownText(column.text(row, scene).slice(0, MOST_HOVERED))
  return (
    <td
      className={styles.cell}
      data-column={column.id}
      data-align={column.align}
      data-mono={column.mono}
      title={text.length > 0 ? text : undefined}
    >
      {column.Cell ? <column.Cell row={row} /> : <bdi>{text.slice(0, MOST_SHOWN)}</bdi>}
    </td>
  )
}

const moodOfRow = (row: Subject): string => (isStep(row) ? moodOf(row) : isQuiet(row) ? 'ok' : 'failed')

interface RowProps {
  readonly row: Subject
  readonly columns: readonly Column[]
  /** Among the rows that are shown, from 0. */
  readonly index: number
  readonly top: number
  readonly isSelected: boolean
  /** The one row of the table that the Tab key comes to. */
  readonly isStop: boolean
}

export const ExchangeRow = memo(function ExchangeRow({ row, columns, index, top, isSelected, isStop }: RowProps) {
  const scene = useScene()
  return (
    <tr
      className={styles.row}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
      // The heads are the first.
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isStop ? 0 : -1}
      data-testid="exchange-row"
      data-id={idOf(row)}
      data-operation={isStep(row) ? row.operation : 'connection'}
      data-mood={moodOfRow(row)}
      onClick={() => select(idOf(row))}
    >
      {columns.map((column) => (
        <Cell key={column.id} column={column} row={row} scene={scene} />
      ))}
    </tr>
  )
})
