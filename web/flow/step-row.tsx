/** One exchange as an arrow. */

import type { FlowRow } from '../../shared/acme/flow/flow.ts'
import type { Step } from '../../shared/acme/model.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { select, useSelected } from '../session/location.ts'
import { Chip, ReferenceBadge, StatusChip } from '../theme/chip.tsx'
import { duration, preciseTime } from '../theme/time.ts'
import { codeTone } from '../theme/tone.ts'
import { Arrow } from './arrow.tsx'
import styles from './flow.module.css'
import { useScene } from './flow-context.ts'
import { Marks } from './marks.tsx'
import { Gutter, Lifelines } from './row-frame.tsx'
import { RowNote } from './row-note.tsx'
import { aboutStep, operationLabel } from './step-words.ts'

export const StepLabel = ({ step }: { step: Step }) => {
  const { analysis } = useScene()
  const about = aboutStep(analysis, step)
  return (
    <>
      <span className={styles.method}>{step.method}</span>
      <strong className={styles.operation}>{operationLabel(step)}</strong>
      {about !== '' && <span className={styles.about}>{about}</span>}
    </>
  )
}

export function StepAnswer({ step }: { step: Step }) {
  const [reference] = step.references
  return (
    <>
      {step.status !== null && (
        <span className={styles.status} data-tone={codeTone(step.status)}>
          {step.status}
        </span>
      )}
      {step.objectStatus !== null && <StatusChip status={step.objectStatus} />}
      {step.problem !== null && (
        <Chip tone={moodOf(step) === 'failed' ? 'bad' : 'plain'}>{nameOfProblem(step.problem) ?? 'problem'}</Chip>
      )}
      <Marks step={step} />
      {reference !== undefined && <ReferenceBadge reference={reference} />}
    </>
  )
}

export function Summary({ text }: { text: string }) {
  const { geometry } = useScene()
  if (geometry.summaryX === null) return null
  return (
    <span className={styles.summary} style={{ left: geometry.summaryX, right: 20 }} title={text}>
      {text}
    </span>
  )
}

const nameOf = (step: Step): string =>
  `#${step.sequence} ${step.method} ${step.operation}, ${step.status ?? 'no answer'}: ${step.summary}`

function timing(step: Step): string {
  const total = step.decoded.head.timings.total
  return `${preciseTime(step.time)} UTC${total === undefined ? '' : `, took ${duration(total)}`}`
}

export function StepRow({ row, nested }: { row: FlowRow & { kind: 'step' }; nested: boolean }) {
  const { step } = row
  const selected = useSelected() === step.exchange
  const mood = moodOf(step)
  return (
    <button
      type="button"
      className={styles.row}
      style={{ height: row.height }}
      data-testid="step"
      data-operation={step.operation}
      data-exchange={step.exchange}
      data-mood={mood}
      data-nested={nested}
      aria-pressed={selected}
      aria-label={nameOf(step)}
      tabIndex={selected ? 0 : -1}
      onClick={() => select(step.exchange)}
    >
      <Lifelines height={row.height} look="whole" />
      <Gutter sequence={step.sequence} rowId={row.id} title={timing(step)} />
      <Arrow
        from={step.from}
        to={step.to}
        height={row.height}
        mood={mood}
        label={<StepLabel step={step} />}
        answer={<StepAnswer step={step} />}
      />
      <Summary text={step.summary} />
      <RowNote exchange={step.exchange} />
    </button>
  )
}
