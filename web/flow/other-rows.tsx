/** Rows that are no exchange: a phase's name, a silence, a connection that carried nothing, the end. */
import { IconDots, IconPlugConnectedX } from '@tabler/icons-react'
import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import { connectionWords, isQuiet } from '../../shared/connection-words.ts'
import { select, useSelected } from '../session/location.ts'
import { StatusChip } from '../theme/chip.tsx'
import { duration, preciseTime } from '../theme/time.ts'
import { Arrow } from './arrow.tsx'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'
import { Gutter, Lifelines } from './row-frame.tsx'
import { RowNote } from './row-note.tsx'
import { Summary } from './step-row.tsx'

export const PhaseRow = ({ row }: { row: FlowRow & { kind: 'phase' } }) => (
  <div className={styles.phase} style={{ height: row.height }} data-testid="phase">
    <Lifelines height={row.height} look="whole" />
    <h2 className={styles.phaseName}>{row.phase}</h2>
  </div>
)

export const GapRow = ({ row }: { row: FlowRow & { kind: 'gap' } }) => (
  <div className={styles.gap} style={{ height: row.height }} data-testid="gap">
    <Lifelines height={row.height} look="broken" />
    <span className={styles.gapText}>
      <IconDots size={13} aria-hidden="true" /> {duration(row.durationMs)}
    </span>
  </div>
)

export function ConnectionRow({ row }: { row: FlowRow & { kind: 'connection' } }) {
  const { lanes, geometry } = useScene()
  const { connection } = row
  const selected = useSelected() === connection.id
  const start = geometry.laneX.get(lanes[0]?.id ?? '') ?? 0
  return (
    <button
      type="button"
      className={styles.row}
      style={{ height: row.height }}
      data-testid="connection"
      data-mood={isQuiet(connection) ? 'ok' : 'failed'}
      aria-pressed={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => select(connection.id)}
    >
      <Lifelines height={row.height} look="whole" />
      <Gutter sequence={connection.sequence} rowId={row.id} title={`${preciseTime(connection.startedAt)} UTC`} />
      <span className={styles.refusal} style={{ left: start + 10 }}>
        <IconPlugConnectedX size={15} aria-hidden="true" />
        {connectionWords(connection)}
      </span>
      <RowNote exchange={connection.id} />
    </button>
  )
}

/** Fainter and dashed throughout: nobody saw this. What tells of it is on the tip of the tongue. */
export function InferredRow({ row }: { row: FlowRow & { kind: 'inferred' } }) {
  const { inferred } = row
  const name = inferred.identifier === null ? '' : ` ${inferred.identifier}`
  return (
    <div
      className={styles.inferred}
      style={{ height: row.height }}
      data-testid="inferred"
      data-operation={inferred.operation}
      title={`${inferred.summary}\n\nNot recorded, but inferred: ${inferred.evidence}`}
    >
      <Lifelines height={row.height} look="whole" />
      <Arrow
        from={inferred.from}
        to={inferred.to}
        height={row.height}
        mood="inferred"
        label={
          <>
            <strong>{WORDS[inferred.operation] ?? inferred.operation}</strong>
            <span className={styles.about}>{name}</span>
          </>
        }
        answer={
          <>
            {inferred.outcome !== null && <StatusChip status={inferred.outcome} />}
            <span className={styles.faint}>inferred</span>
          </>
        }
      />
      <Summary text={inferred.summary} />
    </div>
  )
}

const WORDS: Readonly<Record<string, string>> = { 'dns.propagation': 'waits for DNS' }

export const EndRow = ({ height }: { height: number }) => (
  <div className={styles.end} style={{ height }}>
    <Lifelines height={height} look="ending" />
  </div>
)
