/** The steps a finding shows in, each a line that selects it. */
import { useMemo } from 'react'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import type { Connection } from '../../shared/exchange.ts'
import { useSelected } from '../session/location.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { Chip, StatusChip, ToneShape } from '../theme/chip.tsx'
import { clockTime } from '../theme/time.ts'
import { codeTone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'

export type Shown = Step | Connection

const tables = new WeakMap<Analysis, ReadonlyMap<string, Shown>>()

/** Steps and connections by the ids that findings use. */
export function shownBy(analysis: Analysis): ReadonlyMap<string, Shown> {
  const known = tables.get(analysis)
  if (known) return known
  const table = new Map<string, Shown>([
    ...analysis.connections.map((connection) => [connection.id, connection] as const),
    ...analysis.steps.map((step) => [step.exchange, step] as const),
  ])
  tables.set(analysis, table)
  return table
}

const isStep = (shown: Shown): shown is Step => 'operation' in shown

/** What an object is after a good answer says more than that it was good. */
function Answer({ step: { status, objectStatus } }: { step: Step }) {
  if (objectStatus !== null && status !== null && status < 400) return <StatusChip status={objectStatus} />
  return (
    <Chip tone={codeTone(status)}>
      <ToneShape tone={codeTone(status)} />
      {status ?? 'no answer'}
    </Chip>
  )
}

interface LineProps {
  readonly shown: Shown
  readonly isSelected: boolean
}

export function StepLine({ shown, isSelected }: LineProps) {
  const [id, time, words] = isStep(shown)
    ? [shown.exchange, shown.time, shown.summary]
    : [shown.id, shown.startedAt, `Connection to ${shown.host ?? 'an unnamed host'}`]
  return (
    <PlaceLink
      to={{ step: id }}
      className={styles.step}
      aria-current={isSelected ? 'true' : undefined}
      data-testid="step-line"
    >
      <span className={styles.sequence}>#{shown.sequence}</span>
      <time dateTime={time}>{clockTime(time)}</time>
      <span className={styles.stepWords}>
        <WireText text={words} cut />
      </span>
      {isStep(shown) ? <Answer step={shown} /> : <Chip tone="bad">no request</Chip>}
    </PlaceLink>
  )
}

const FIRST = 5
const MOST_NUMBERS = 60

interface StepLinesProps {
  readonly analysis: Analysis
  readonly exchanges: readonly string[]
}

/** The first of them with their words, the rest by number. */
export function StepLines({ analysis, exchanges }: StepLinesProps) {
  const selected = useSelected()
  const shown = useMemo(() => {
    const table = shownBy(analysis)
    return exchanges.flatMap((id) => table.get(id) ?? []).toSorted((a, b) => a.sequence - b.sequence)
  }, [analysis, exchanges])
  const lines = shown.length > FIRST + 1 ? shown.slice(0, FIRST) : shown
  const rest = shown.slice(lines.length)
  if (shown.length === 0) return null
  return (
    <div className={styles.steps}>
      {lines.map((one) => (
        <StepLine key={one.sequence} shown={one} isSelected={idOf(one) === selected} />
      ))}
      {rest.length > 0 && (
        <p className={styles.rest}>
          and in
          {rest.slice(0, MOST_NUMBERS).map((one) => (
            <PlaceLink key={one.sequence} className={styles.numeral} to={{ step: idOf(one) }}>
              #{one.sequence}
            </PlaceLink>
          ))}
          {rest.length > MOST_NUMBERS && ` and ${rest.length - MOST_NUMBERS} more`}
        </p>
      )}
    </div>
  )
}

const idOf = (shown: Shown): string => (isStep(shown) ? shown.exchange : shown.id)
