/** Rows that are no exchange: a phase's name, a silence, a connection that carried nothing. */
import { IconPlugConnectedX } from '@tabler/icons-react'
import { phasePurposes } from '../../shared/acme/flow/phases.ts'
import { connectionWords, isQuiet } from '../../shared/connection-words.ts'
import { shownText } from '../../shared/shown-text.ts'
import { useIsSelected } from '../session/location.ts'
import { clockTime, duration, preciseTime } from '../theme/time.ts'
import { Stub } from './arrow.tsx'
import { useScene } from './flow-context.ts'
import { Face, Gutter, RowFrame, type RowProps } from './row-frame.tsx'
import { RowNote, useNoteOn } from './row-note.tsx'
import styles from './rows.module.css'
import { spoken } from './sentences.ts'
import { TroubleLine, useFindingOf } from './trouble.tsx'

/** x right of the first lifeline, where labels begin. */
function useLabelX(): number {
  const { lanes, geometry } = useScene()
  return (geometry.laneX.get(lanes[0]?.id ?? '') ?? 0) + 10
}

export function PhaseRow({ row, place }: RowProps<'phase'>) {
  const left = useLabelX()
  return (
    <RowFrame row={row} place={place}>
      <h2 className={styles.phaseName}>{row.phase}</h2>
      {row.isFirst && (
        <span className={styles.purpose} style={{ left }}>
          {phasePurposes[row.phase]}
        </span>
      )}
    </RowFrame>
  )
}

export function GapRow({ row, place }: RowProps<'gap'>) {
  const left = useLabelX()
  return (
    <RowFrame row={row} place={place} look="broken">
      <span className={styles.measure} aria-hidden="true" />
      <span className={styles.silence} style={{ left }}>
        {duration(row.durationMs)} pass
      </span>
    </RowFrame>
  )
}

/** A beginning of an arrow that comes to nothing. */
export function ConnectionRow({ row, place }: RowProps<'connection'>) {
  const lane = useScene().lanes[0]?.id ?? ''
  const left = useLabelX()
  const { connection } = row
  const selected = useIsSelected(connection.id)
  const trouble = useFindingOf(connection.id)
  const words = shownText(connectionWords(connection))
  const note = useNoteOn({ exchange: connection.id, from: lane, to: lane })
  const mood = isQuiet(connection) ? 'ok' : 'failed'
  return (
    <RowFrame row={row} place={place} mood={mood} selected={selected}>
      <Face
        label={`#${connection.sequence}: ${words}, at ${clockTime(connection.startedAt)}${spoken(trouble)}${note.said}`}
        subject={connection.id}
        selected={selected}
        entry={place.entry}
      >
        <Gutter sequence={connection.sequence} rowId={row.id} title={`${preciseTime(connection.startedAt)} UTC`} />
        <Stub from={lane} height={row.height} mood={mood} />
        <span className={styles.refusal} style={{ left }} title={words}>
          <IconPlugConnectedX size={15} aria-hidden="true" />
          {words}
        </span>
        <RowNote exchange={connection.id} from={lane} to={lane} />
      </Face>
      {trouble !== null && <TroubleLine trouble={trouble} from={lane} to={lane} until={note.until} />}
    </RowFrame>
  )
}
