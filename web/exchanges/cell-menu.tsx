/** Narrowing down by pointing: the menu of a row, and the + and − over the cell under the mouse. */
import { Menu } from '@mantine/core'
import { IconArrowsSplit2, IconCopy, IconMinus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Asked } from '../../shared/query/edit.ts'
import { printTerm } from '../../shared/query/print.ts'
import { idOf, type Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import { goTo } from '../session/location.ts'
import type { Column } from './columns.tsx'
import styles from './exchanges.module.css'
import type { Scene } from './scene.ts'
import { BUTTONS_MARK } from './use-pointing.ts'

export interface PointedAt {
  readonly row: Subject
  /** Null: the row as a whole, as from the keyboard. */
  readonly column: Column | null
  /** In the window, in CSS pixels. */
  readonly x: number
  readonly y: number
}

/** What narrows down: to this, or to all but this. */
export type Narrow = (asked: Asked, isWanted: boolean) => void

const MOST = 48

const wordsOf = (asked: Asked): string => {
  const text = shownText(printTerm(asked))
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}

const Conditions = ({ all, isWanted, narrow }: { all: readonly Asked[]; isWanted: boolean; narrow: Narrow }) =>
  all.map((asked) => (
    <Menu.Item
      key={printTerm(asked)}
      leftSection={isWanted ? <IconPlus size={13} aria-hidden="true" /> : <IconMinus size={13} aria-hidden="true" />}
      onClick={() => narrow(asked, isWanted)}
    >
      {isWanted ? 'Only ' : 'Not '}
      <code className={styles.condition}>{wordsOf(asked)}</code>
    </Menu.Item>
  ))

interface RowMenuProps {
  readonly at: PointedAt | null
  readonly columns: readonly Column[]
  readonly scene: Scene
  readonly narrow: Narrow
  readonly close: () => void
}

export function RowMenu({ at, columns, scene, narrow, close }: RowMenuProps) {
  const [latest, setLatest] = useState(at)
  // While it closes it still shows what it was opened on.
  if (at !== null && at !== latest) setLatest(at)
  if (latest === null) return null
  const { row, column, x, y } = latest
  const pointed = column?.asks?.(row, scene)
  const all = columns.flatMap((one) => one.asks?.(row, scene) ?? [])
  const text = column?.text(row, scene) ?? ''
  return (
    <Menu opened={at !== null} onChange={(isOpen) => !isOpen && close()} position="bottom-start" withinPortal>
      <Menu.Target>
        <span className={styles.anchor} style={{ left: x, top: y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label="Narrow down">
        <Conditions all={pointed ? [pointed] : all} isWanted narrow={narrow} />
        {!pointed && all.length > 0 && <Menu.Divider />}
        <Conditions all={pointed ? [pointed] : all} isWanted={false} narrow={narrow} />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowsSplit2 size={13} aria-hidden="true" />}
          onClick={() => goTo({ view: 'flow', step: idOf(row) })}
        >
          Show in the flow
        </Menu.Item>
        {text !== '' && (
          <Menu.Item
            leftSection={<IconCopy size={13} aria-hidden="true" />}
            onClick={() => void navigator.clipboard?.writeText(text)}
          >
            Copy {column?.label}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Drawn once, over the cell under the mouse; the row's menu holds the same for everybody else. */
export function CellButtons({ at, scene, narrow }: { at: PointedAt | null; scene: Scene; narrow: Narrow }) {
  const asked = at?.column?.asks?.(at.row, scene)
  if (!at || !asked) return null
  const words = wordsOf(asked)
  return (
    <span className={styles.narrow} style={{ left: at.x, top: at.y }} {...{ [BUTTONS_MARK]: true }}>
      <button
        type="button"
        className={styles.narrowButton}
        tabIndex={-1}
        title={`Only ${words}`}
        onClick={() => narrow(asked, true)}
      >
        <IconPlus size={12} aria-label={`Only ${words}`} />
      </button>
      <button
        type="button"
        className={styles.narrowButton}
        tabIndex={-1}
        title={`Not ${words}`}
        onClick={() => narrow(asked, false)}
      >
        <IconMinus size={12} aria-label={`Not ${words}`} />
      </button>
    </span>
  )
}
