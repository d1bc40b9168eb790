/** Repeated questions after one object, folded into one row until someone wants to see each. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useMemo } from 'react'
import { moodOf } from '../../shared/acme/mood.ts'
import { shownText } from '../../shared/shown-text.ts'
import { useNotes } from '../notes/use-notes.ts'
import { useIsSelected } from '../session/location.ts'
import { togglePoll } from '../session/session.ts'
import { Chip, StatusChip, ToneShape } from '../theme/chip.tsx'
import { preciseTime } from '../theme/time.ts'
import { statusTone } from '../theme/tone.ts'
import styles from './arrow.module.css'
import { Arrow, useEnds } from './arrow.tsx'
import { useScene } from './flow-context.ts'
import { Marks } from './marks.tsx'
import { lastOf, type PollRowOf, pollRange, pollTicks, pollWords } from './poll-words.ts'
import { Face, Gutter, RowFrame, type RowProps, Summary } from './row-frame.tsx'
import { RowNote, useNoteOn } from './row-note.tsx'
import { pollSentence } from './sentences.ts'
import { StepFacts } from './step-facts.tsx'
import { About, StepLabel } from './step-row.tsx'
import { aboutStep } from './step-words.ts'
import { TroubleLine, useTrouble } from './trouble.tsx'

/** Room for the button that unfolds, left of the label. */
const foldWidth = (count: number): number => 40 + String(count).length * 7

/** Its shape alone, where there is no room for two words. */
const FirstStatus = ({ status }: { status: string }) => (
  <Chip tone={statusTone(status)} title={shownText(status)}>
    <ToneShape tone={statusTone(status)} />
  </Chip>
)

function PollAnswer({ row }: { row: PollRowOf }) {
  const { fromStatus, toStatus } = row
  const { isShort } = useEnds(row.steps[0].from, row.steps[0].to)
  return (
    <>
      {fromStatus !== null && fromStatus !== toStatus && (
        <>
          {isShort ? <FirstStatus status={fromStatus} /> : <StatusChip status={fromStatus} />}
          <span className={styles.turn}>→</span>
        </>
      )}
      {toStatus !== null && <StatusChip status={toStatus} />}
      <Marks step={lastOf(row)} />
    </>
  )
}

function Fold({ row }: { row: PollRowOf }) {
  const { start, end } = useEnds(row.steps[0].from, row.steps[0].to)
  const count = row.steps.length
  return (
    <button
      type="button"
      className={styles.fold}
      style={{ left: Math.min(start, end) + 9 }}
      aria-expanded={row.open}
      aria-label={row.open ? `Fold these ${count} polls` : `Show all ${count} polls`}
      tabIndex={-1}
      onClick={() => togglePoll(row.id)}
    >
      {row.open ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}×{count}
    </button>
  )
}

export function PollRow({ row, place }: RowProps<'poll'>) {
  const scene = useScene()
  const [first, last] = [row.steps[0], lastOf(row)]
  const exchanges = useMemo(() => (row.open ? [] : row.steps.map(({ exchange }) => exchange)), [row])
  const within = useIsSelected(...exchanges)
  const trouble = useTrouble(row.open ? [last] : row.steps)
  const notes = useNotes()
  const noted = row.open || notes.size === 0 ? undefined : row.steps.find((step) => notes.has(step.exchange))
  const note = useNoteOn(noted ?? { ...first, exchange: '' })
  const ticks = useMemo(() => pollTicks(row), [row])
  const words = pollWords(row)
  const about = aboutStep(scene.analysis, first)
  const { summary } = scene.geometry
  const { isShort } = useEnds(first.from, first.to)
  const below = trouble !== null ? null : isShort && about !== '' ? <About about={about} /> : summary === null && words
  return (
    <RowFrame row={row} place={place} mood={moodOf(last)} operation={first.operation} selected={within}>
      <Face
        label={pollSentence(scene, first, words, trouble) + note.said}
        subject={last.exchange}
        selected={within}
        entry={place.entry}
      >
        <Gutter
          sequence={pollRange(first.sequence, last.sequence)}
          rowId={row.id}
          title={`${preciseTime(first.time)} – ${preciseTime(last.time)} UTC`}
        />
        <Arrow
          from={first.from}
          to={first.to}
          height={row.height}
          mood={moodOf(last)}
          indent={foldWidth(row.steps.length)}
          label={<StepLabel step={first} about={isShort && trouble === null ? '' : about} />}
          answer={<PollAnswer row={row} />}
          below={below}
          ticks={ticks}
        />
        <Summary text={words} />
        <StepFacts step={last} tookMs={row.durationMs} crowded={trouble !== null || note.until !== null} />
        {noted !== undefined && <RowNote exchange={noted.exchange} from={first.from} to={first.to} />}
      </Face>
      <Fold row={row} />
      {trouble !== null && <TroubleLine trouble={trouble} from={first.from} to={first.to} until={note.until} />}
    </RowFrame>
  )
}
