/** What went wrong, in words, on the arrow where it shows; a finding leads to what to do about it. */
import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react'
import type { Step } from '../../shared/acme/model.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import type { Finding } from '../../shared/finding.ts'
import { shownText } from '../../shared/shown-text.ts'
import { useFindings, worstByExchange } from '../findings/use-findings.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { useEnds } from './arrow.tsx'
import { useScene } from './flow-context.ts'
import styles from './trouble.module.css'

export interface Trouble {
  readonly severity: 'error' | 'warning'
  readonly text: string
  /** The exchange whose finding says so; null for what the answer itself says. */
  readonly finding: string | null
}

/** More of a CA's words than this fits no row and no tip. */
const MOST_TOLD = 600

const ofFinding = ({ severity, title, exchanges }: Finding): Trouble => ({
  severity: severity === 'error' ? 'error' : 'warning',
  text: shownText(title),
  finding: exchanges[0] ?? null,
})

/** What the step itself shows, where no finding says it better. */
export function ownTrouble(step: Step): Trouble | null {
  if (moodOf(step) !== 'failed') return null
  const { failure } = step.decoded.head
  const said = step.problem && (step.problem.detail ?? step.problem.title ?? nameOfProblem(step.problem))
  const text = failure ? `No answer: ${failure.message}` : (said ?? step.summary)
  return { severity: 'error', text: shownText(text.slice(0, MOST_TOLD)), finding: null }
}

/** What a finding says of an exchange or a connection. */
export function useFindingOf(id: string): Trouble | null {
  const finding = worstByExchange(useFindings()).get(id)
  return finding ? ofFinding(finding) : null
}

/** Of the given steps the first that has a finding, or else whose answer tells of trouble. */
export function useTrouble(steps: readonly Step[]): Trouble | null {
  const worst = worstByExchange(useFindings())
  const found = steps.find(({ exchange }) => worst.has(exchange))
  const finding = found && worst.get(found.exchange)
  if (finding) return ofFinding(finding)
  const last = steps.at(-1)
  return last ? ownTrouble(last) : null
}

const shapes = { error: IconCircleXFilled, warning: IconAlertTriangleFilled } as const

const Words = ({ severity, text }: Trouble) => {
  const Shape = shapes[severity]
  return (
    <span className={styles.words}>
      <Shape size={12} aria-label={severity} />
      <span className={styles.text}>{text}</span>
    </span>
  )
}

interface LineProps {
  readonly trouble: Trouble
  /** Lane ids. */
  readonly from: string
  readonly to: string
  /** x that it must not reach; null: the diagram's edge. */
  readonly until: number | null
}

export function TroubleLine({ trouble, from, to, until }: LineProps) {
  const { geometry } = useScene()
  const { start, end } = useEnds(from, to)
  const left = Math.min(start, end) + 8
  const style = { left, maxWidth: (until ?? geometry.width - 14) - left }
  if (trouble.finding === null)
    return (
      <span className={styles.line} style={style} data-severity={trouble.severity} title={trouble.text}>
        <Words {...trouble} />
      </span>
    )
  return (
    <PlaceLink
      to={{ view: 'findings', finding: `@${trouble.finding}`, step: trouble.finding }}
      className={styles.line}
      style={style}
      data-severity={trouble.severity}
      data-testid="trouble"
      title={`${trouble.text}\n\nShow what to do about it`}
    >
      <Words {...trouble} />
    </PlaceLink>
  )
}
