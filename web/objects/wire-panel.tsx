/** The object as an answer showed it, beside what it was in another. */
import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { type Answer, answersOf } from '../../shared/acme/course/answers.ts'
import { compareAnswers } from '../../shared/acme/course/compared.ts'
import { statusIn } from '../../shared/acme/course/machine.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import type { ObjectKind } from '../../shared/acme/specs/row.ts'
import { shownText } from '../../shared/shown-text.ts'
import { Copy } from '../inspector/facts.tsx'
import { goTo } from '../session/location.ts'
import { clockTime } from '../theme/time.ts'
import { ComparedFields } from './compared-fields.tsx'
import { Panel, StepLink } from './frame.tsx'
import styles from './wire.module.css'

interface WirePanelProps {
  readonly analysis: Analysis
  readonly kind: ObjectKind
  readonly url: string
}

const PREVIOUS = 'previous'
const NOTHING = 'nothing'

/** So many fit into a menu; of more, those that repeat the one before are left out. */
const MOST_OFFERED = 150

const optionOf = ({ step, at, wire, isRepeat }: Answer, place: number) => ({
  value: String(place),
  label: `${place + 1}. #${step.sequence}, ${clockTime(at)}${statusWord(statusIn(wire))}${isRepeat ? ', the same' : ''}`,
})

const statusWord = (status: string | null): string => (status === null ? '' : ` ${shownText(status.slice(0, 40))}`)

function offered(answers: readonly Answer[], shown: number) {
  const all = answers.map((answer, place) => ({ answer, place }))
  const few = all.length <= MOST_OFFERED ? all : all.filter(({ answer, place }) => !answer.isRepeat || place === shown)
  return few.slice(-MOST_OFFERED).map(({ answer, place }) => optionOf(answer, place))
}

/** Which answer is shown: the newest that showed something new, until somebody chooses another. */
function useAnswers({ analysis, url }: WirePanelProps) {
  const answers = useMemo(() => answersOf(analysis, url), [analysis, url])
  const [chosen, setChosen] = useState<number | null>(null)
  const [other, setOther] = useState<string>(PREVIOUS)
  const last = answers.length - 1
  const newest = useMemo(() => answers.findLastIndex(({ isRepeat }) => !isRepeat), [answers])
  const shown = Math.min(chosen ?? newest, last)
  const show = (place: number) => setChosen(place === newest ? null : Math.min(last, Math.max(0, place)))
  const base = other === NOTHING ? -1 : other === PREVIOUS ? shown - 1 : Number(other)
  return { answers, shown, show, base, other, setOther }
}

type Answers = ReturnType<typeof useAnswers>

function Picker({ answers, shown, show }: Answers) {
  return (
    <span className={styles.picker}>
      <Tooltip label="The answer before (←)">
        <ActionIcon
          variant="default"
          size={26}
          aria-label="The answer before"
          disabled={shown <= 0}
          onClick={() => show(shown - 1)}
        >
          <IconChevronLeft size={14} />
        </ActionIcon>
      </Tooltip>
      <NativeSelect
        size="xs"
        w={216}
        aria-label="Answer"
        data-testid="answer"
        value={String(shown)}
        data={offered(answers, shown)}
        onChange={(event) => show(Number(event.currentTarget.value))}
      />
      <Tooltip label="The next answer (→)">
        <ActionIcon
          variant="default"
          size={26}
          aria-label="The next answer"
          disabled={shown >= answers.length - 1}
          onClick={() => show(shown + 1)}
        >
          <IconChevronRight size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}

const BaseChoice = ({ answers, shown, other, setOther }: Answers) => (
  <NativeSelect
    size="xs"
    w={178}
    aria-label="Compared with"
    data-testid="compared-with"
    value={other}
    data={[
      { value: PREVIOUS, label: 'against the one before' },
      { value: NOTHING, label: 'against nothing' },
      { group: 'against answer', items: offered(answers, shown) },
    ]}
    onChange={(event) => setOther(event.currentTarget.value)}
  />
)

function changesWord(changes: number, base: Answer | undefined): string {
  if (!base) return 'nothing to compare it with'
  const since = `since #${base.step.sequence}`
  if (changes === 0) return `nothing changed ${since}`
  return `${changes} ${changes === 1 ? 'change' : 'changes'} ${since}`
}

/** A button or a link of the object's page does its own when it is entered. */
const isElsewhere = (): boolean => document.activeElement?.closest('a:not([aria-current]), button, summary') != null

/** How many answers right after one showed the very same. */
function repeatsAfter(answers: readonly Answer[], shown: number): number {
  const next = answers.findIndex(({ isRepeat }, place) => place > shown && !isRepeat)
  return (next < 0 ? answers.length : next) - shown - 1
}

export function WirePanel(props: WirePanelProps) {
  const { analysis, kind } = props
  const state = useAnswers(props)
  const { answers, shown, show } = state
  const [answer, base] = [answers[shown], answers[state.base]]
  const compared = useMemo(
    () => answer && compareAnswers(kind, base?.wire ?? null, answer.wire),
    [kind, answer?.wire, base?.wire, answer],
  )
  const repeated = repeatsAfter(answers, shown)
  useHotkeys([
    ['ArrowLeft', () => show(shown - 1)],
    ['ArrowRight', () => show(shown + 1)],
    ['Enter', () => answer && !isElsewhere() && goTo({ step: answer.step.exchange }), { preventDefault: false }],
  ])
  if (!answer || !compared) return null
  return (
    <Panel
      title="On the wire"
      action={
        answers.length > 1 && (
          <>
            <Picker {...state} />
            <BaseChoice {...state} />
          </>
        )
      }
    >
      <div className={styles.about}>
        <span>
          answer {shown + 1} of {answers.length}, in <StepLink step={answer.step} /> at {clockTime(answer.at)}
        </span>
        {repeated > 0 && (
          <span>{repeated === 1 ? 'shown once more after it' : `shown ${repeated} times more after it`}</span>
        )}
        <span data-testid="changes" className={styles.changes} data-changed={compared.changes > 0}>
          {changesWord(compared.changes, base)}
        </span>
        <span className={styles.end}>
          <Copy value={JSON.stringify(answer.wire, null, 2)} label="Copy as JSON" />
        </span>
      </div>
      <div className={styles.fields} data-testid="wire">
        <ComparedFields of={compared} analysis={analysis} />
      </div>
    </Panel>
  )
}
