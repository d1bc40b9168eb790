/** When an object was seen in which status, and what was refused in between. */
import type { Course, Refusal, Visit } from '../../shared/acme/course/course.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { shownText } from '../../shared/shown-text.ts'
import { Aside } from '../inspector/facts.tsx'
import { Chip, StatusChip, ToneShape } from '../theme/chip.tsx'
import { duration, preciseTime } from '../theme/time.ts'
import { Panel, StepLink } from './frame.tsx'
import styles from './visits.module.css'

type Row = { readonly at: string } & (
  | { readonly kind: 'visit'; readonly visit: Visit }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
)

const MOST_ROWS = 200

function rowsOf({ visits, refusals }: Course): readonly Row[] {
  const rows: readonly Row[] = [
    ...visits.map((visit) => ({ kind: 'visit', visit, at: visit.at }) as const),
    ...refusals.map((refusal) => ({ kind: 'refusal', refusal, at: refusal.at }) as const),
  ]
  return rows.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

function howWords({ arrival, through, step, when }: Visit): string {
  switch (arrival) {
    case 'first':
      return through.length ? `so when first seen; ${listed(through)} before, unseen` : 'when first seen'
    case 'implied':
      return [when, `${listed(through)} in between, unseen`].filter(Boolean).join('; ')
    case 'impossible':
      return 'no document allows this move'
    case 'asked':
      return 'the client asked for it, of what had ended already'
    case 'crossed':
      return 'asked at the same time as the one before'
    case 'unknown':
      return 'no document describes this move'
    case 'move':
      return [when, step === null ? 'by the clock' : null].filter(Boolean).join('; ')
  }
}

const listed = (statuses: readonly string[]): string => statuses.join(', ')

const polled = (answers: number): string => (answers > 1 ? `shown ${answers} times` : '')

function VisitRow({ visit }: { visit: Visit }) {
  const { number, status, at, step, answers, stayed } = visit
  return (
    <tr data-testid="visit" data-arrival={visit.arrival}>
      <td className={styles.number}>{number}</td>
      <td>
        <StatusChip status={status} />
      </td>
      <td className={styles.time}>{preciseTime(at)}</td>
      <td className={styles.time}>{stayed === null ? '' : duration(stayed)}</td>
      <td>
        {step && (
          <>
            <StepLink step={step} />{' '}
            <Aside>{[step.operation, step.status].filter((one) => one !== null).join(' ')}</Aside>
          </>
        )}
      </td>
      <td className={styles.how}>{[howWords(visit), polled(answers)].filter(Boolean).join('; ')}</td>
    </tr>
  )
}

const RefusalRow = ({ refusal: { step, at, problem } }: { refusal: Refusal }) => (
  <tr data-testid="refusal" className={styles.refusal}>
    <td />
    <td>
      <Chip tone="bad">
        <ToneShape tone="bad" />
        refused
      </Chip>
    </td>
    <td className={styles.time}>{preciseTime(at)}</td>
    <td />
    <td>
      <StepLink step={step} /> <Aside>{`${step.operation} ${step.status ?? ''}`}</Aside>
    </td>
    <td className={styles.how}>
      {problem && shownText([nameOfProblem(problem), problem.detail].filter(Boolean).join(': ').slice(0, 300))}
    </td>
  </tr>
)

export function VisitsTable({ course }: { course: Course }) {
  const rows = rowsOf(course)
  if (rows.length === 0) return null
  const more = rows.length - MOST_ROWS
  return (
    <Panel title="Seen as" aside={more > 0 ? `the first ${MOST_ROWS} of ${rows.length}` : null}>
      <div className={styles.scroller}>
        <table className={styles.visits}>
          <thead>
            <tr>
              <th scope="col" className={styles.number}>
                #
              </th>
              <th scope="col">Status</th>
              <th scope="col">From, UTC</th>
              <th scope="col">For</th>
              <th scope="col">Shown in</th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .slice(0, MOST_ROWS)
              .map((row) =>
                row.kind === 'visit' ? (
                  <VisitRow key={`v${row.visit.number}`} visit={row.visit} />
                ) : (
                  <RefusalRow key={row.refusal.step.exchange} refusal={row.refusal} />
                ),
              )}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
