/** Repeated questions after one object, folded into one row until someone wants to see each. */

import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { useNotes } from '../notes/use-notes.ts'
import { select, useSelected } from '../session/location.ts'
import { togglePoll } from '../session/session.ts'
import { ReferenceBadge, StatusChip } from '../theme/chip.tsx'
import { duration, preciseTime } from '../theme/time.ts'
import { Arrow } from './arrow.tsx'
import styles from './flow.module.css'
import { Marks } from './marks.tsx'
import { Gutter, Lifelines } from './row-frame.tsx'
import { RowNote } from './row-note.tsx'
import { StepLabel, Summary } from './step-row.tsx'

type PollRowOf = FlowRow & { kind: 'poll' }

const lastOf = ({ steps }: PollRowOf) => steps[steps.length - 1] ?? steps[0]

const transition = ({ fromStatus, toStatus }: PollRowOf): string =>
  [...new Set([fromStatus, toStatus].filter((status) => status !== null))].join(' → ')

const sentence = (row: PollRowOf): string =>
  `Asked ${row.steps.length} times in ${duration(row.durationMs)}${transition(row) && `: ${transition(row)}`}`

/** `15–18`; of long numbers only the first has room. */
const range = (first: number, last: number): string => (last < 1000 ? `${first}–${last}` : `${first}…`)

function PollAnswer({ row }: { row: PollRowOf }) {
  const [reference] = lastOf(row).references
  const { fromStatus, toStatus } = row
  return (
    <>
      {fromStatus !== null && fromStatus !== toStatus && (
        <>
          <StatusChip status={fromStatus} />
          <span className={styles.faint}>→</span>
        </>
      )}
      {toStatus !== null && <StatusChip status={toStatus} />}
      <span className={styles.faint}>{duration(row.durationMs)}</span>
      <Marks step={lastOf(row)} />
      {reference !== undefined && <ReferenceBadge reference={reference} />}
    </>
  )
}

export function PollRow({ row }: { row: PollRowOf }) {
  const selected = useSelected()
  const [first, last] = [row.steps[0], lastOf(row)]
  const notes = useNotes()
  const noted = row.open || notes.size === 0 ? undefined : row.steps.find((step) => notes.has(step.exchange))
  const within = !row.open && row.steps.some((step) => step.exchange === selected)
  return (
    <div
      className={styles.row}
      style={{ height: row.height }}
      data-testid="poll"
      data-operation={first.operation}
      data-selected={within}
      data-mood={moodOf(last)}
    >
      <Lifelines height={row.height} look="whole" />
      <button
        type="button"
        className={styles.cover}
        tabIndex={within ? 0 : -1}
        aria-label={`${first.operation}: ${sentence(row)}`}
        onClick={() => (row.open ? togglePoll(row.id) : select(last.exchange))}
      />
      <Gutter
        sequence={range(first.sequence, last.sequence)}
        rowId={row.id}
        title={`${preciseTime(first.time)} – ${preciseTime(last.time)} UTC`}
      />
      <Arrow
        from={first.from}
        to={first.to}
        height={row.height}
        mood={moodOf(last)}
        label={
          <>
            <button
              type="button"
              className={styles.fold}
              aria-expanded={row.open}
              aria-label={row.open ? 'Fold these polls' : `Show all ${row.steps.length} polls`}
              onClick={() => togglePoll(row.id)}
            >
              {row.open ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}×{row.steps.length}
            </button>
            <StepLabel step={first} />
          </>
        }
        answer={<PollAnswer row={row} />}
      />
      <Summary text={sentence(row)} />
      {noted !== undefined && <RowNote exchange={noted.exchange} />}
    </div>
  )
}
