/** One exchange as an arrow. */
import type { Step } from '../../shared/acme/model.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { NoteMark } from '../notes/note-mark.tsx'
import { useIsSelected } from '../session/location.ts'
import { Chip, StatusChip, ToneShape } from '../theme/chip.tsx'
import { duration, preciseTime } from '../theme/time.ts'
import { codeTone } from '../theme/tone.ts'
import styles from './arrow.module.css'
import { Arrow, useEnds } from './arrow.tsx'
import { useScene } from './flow-context.ts'
import { Marks } from './marks.tsx'
import { Face, Gutter, RowFrame, type RowProps, Summary } from './row-frame.tsx'
import { RowNote, useNoteOn } from './row-note.tsx'
import { stepSentence } from './sentences.ts'
import { StepFacts } from './step-facts.tsx'
import { aboutStep, operationLabel, shown } from './step-words.ts'
import { TroubleLine, useTrouble } from './trouble.tsx'

export const StepLabel = ({ step, about }: { step: Step; about: string }) => (
  <>
    {!useEnds(step.from, step.to).isShort && <span className={styles.method}>{shown(step.method)}</span>}
    <strong className={styles.operation} title={shown(step.url)}>
      {operationLabel(step)}
    </strong>
    {about !== '' && (
      <span className={styles.about} title={about}>
        {about}
      </span>
    )}
  </>
)

/** What a step is about, beneath its arrow where the lanes stand too near for it beside the operation. */
export const About = ({ about }: { about: string }) => (
  <span className={styles.about} title={about}>
    {about}
  </span>
)

function StepAnswer({ step }: { step: Step }) {
  const problem = step.problem && shown(nameOfProblem(step.problem) ?? 'problem')
  return (
    <>
      {step.status !== null && (
        <span className={styles.status} data-tone={codeTone(step.status)}>
          {step.status}
        </span>
      )}
      {step.objectStatus !== null && <StatusChip status={step.objectStatus} />}
      {problem !== null && (
        <Chip tone={moodOf(step) === 'failed' ? 'bad' : 'plain'} title={problem}>
          <ToneShape tone={moodOf(step) === 'failed' ? 'bad' : 'plain'} />
          <span className={styles.cut}>{problem}</span>
        </Chip>
      )}
      <Marks step={step} />
    </>
  )
}

const tookOf = ({ decoded }: Step): number | null => decoded.head.timings.total ?? null

function timing(step: Step): string {
  const took = tookOf(step)
  return `${preciseTime(step.time)} UTC${took === null ? '' : `, took ${duration(took)}`}`
}

export function StepRow({ row, place }: RowProps<'step'>) {
  const { step } = row
  const scene = useScene()
  const selected = useIsSelected(step.exchange)
  const trouble = useTrouble([step])
  const note = useNoteOn(step)
  // Where there is no room for both beside each other, what went wrong is said, and the note is a sign.
  const isCrowded = trouble !== null && note.until !== null && scene.geometry.columns === null
  const mood = moodOf(step)
  const about = aboutStep(scene.analysis, step)
  const beneath = useEnds(step.from, step.to).isShort && about !== '' && trouble === null
  return (
    <RowFrame row={row} place={place} mood={mood} operation={step.operation} selected={selected}>
      <Face
        label={stepSentence(scene, step, trouble) + note.said}
        subject={step.exchange}
        selected={selected}
        entry={place.entry}
      >
        <Gutter sequence={step.sequence} rowId={row.id} title={timing(step)} />
        <Arrow
          from={step.from}
          to={step.to}
          height={row.height}
          mood={mood}
          label={<StepLabel step={step} about={beneath ? '' : about} />}
          answer={
            <>
              <StepAnswer step={step} />
              {isCrowded && <NoteMark exchange={step.exchange} />}
            </>
          }
          below={beneath && <About about={about} />}
        />
        <Summary text={shown(step.summary)} />
        <StepFacts step={step} tookMs={tookOf(step)} crowded={trouble !== null || note.until !== null} />
        {!isCrowded && <RowNote exchange={step.exchange} from={step.from} to={step.to} />}
      </Face>
      {trouble !== null && (
        <TroubleLine trouble={trouble} from={step.from} to={step.to} until={isCrowded ? null : note.until} />
      )}
    </RowFrame>
  )
}
