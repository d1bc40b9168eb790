/** One row of the list of objects: a link to the object, beside what folds what is under it. */
import { IconChevronRight } from '@tabler/icons-react'
import { memo } from 'react'
import type { TreeRow } from '../../shared/acme/course/tree.ts'
import { shownText } from '../../shared/shown-text.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { StatusChip } from '../theme/chip.tsx'
import { clockTime, dateTime } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import { kinds } from './kinds.ts'
import styles from './object-list.module.css'

interface ObjectRowProps {
  readonly row: TreeRow
  readonly isCurrent: boolean
  readonly top: number
  readonly place: number
  readonly count: number
  readonly toggle: (key: string) => void
}

/** What is far down has the time of what it belongs to, near enough. */
const TIMED_DEPTH = 2

function About({ row }: { row: TreeRow }) {
  const { Icon, label } = kinds[row.kind]
  return (
    <>
      <Icon size={15} stroke={1.6} className={styles.icon} aria-label={label} role="img" />
      <span className={styles.name}>
        <WireText text={row.name} cut />
      </span>
      {row.kind === 'nonces' && <span className={styles.tally}>{row.children}</span>}
      {row.status !== null && (
        <span className={styles.status} title={shownText(row.status.slice(0, 100))}>
          <StatusChip status={row.status} />
        </span>
      )}
      {row.at !== null && row.depth <= TIMED_DEPTH && row.kind !== 'directory' && (
        <time className={styles.time} dateTime={row.at} title={`first seen ${dateTime(row.at)}`}>
          {clockTime(row.at)}
        </time>
      )}
    </>
  )
}

function Fold({ row, toggle }: Pick<ObjectRowProps, 'row' | 'toggle'>) {
  if (row.children === 0 || row.kind === 'nonces') return <span className={styles.fold} />
  return (
    <button
      type="button"
      className={styles.fold}
      tabIndex={-1}
      aria-expanded={row.isOpen}
      aria-label={`What belongs to ${row.name.slice(0, 80)}`}
      onClick={() => toggle(row.key)}
    >
      <IconChevronRight size={14} aria-hidden="true" />
    </button>
  )
}

export const ObjectRow = memo(({ row, isCurrent, top, place, count, toggle }: ObjectRowProps) => (
  <li
    className={styles.row}
    style={{ transform: `translateY(${top}px)`, paddingLeft: 6 + row.depth * 14 }}
    data-current={isCurrent}
    aria-setsize={count}
    aria-posinset={place + 1}
    data-testid="object-row"
    data-kind={row.kind}
  >
    <Fold row={row} toggle={toggle} />
    {row.url === null ? (
      <span className={styles.link}>
        <About row={row} />
      </span>
    ) : (
      <PlaceLink
        to={{ object: row.url }}
        className={styles.link}
        aria-current={isCurrent ? 'true' : undefined}
        tabIndex={isCurrent ? 0 : -1}
      >
        <About row={row} />
      </PlaceLink>
    )}
  </li>
))
