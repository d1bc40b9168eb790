/** Where the way from the client to the server ended, and what to do about it. */
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import type { Exchange } from '../../shared/exchange.ts'
import { failureEnd, type Stage, type StageState, stagesOf, type TransportWords } from '../../shared/transport.ts'
import { useFindings } from '../findings/use-findings.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './course.module.css'

const icons: Readonly<Record<StageState, typeof IconCircleX>> = {
  passed: IconCircleCheck,
  failed: IconCircleX,
  'not reached': IconCircleDashed,
}

/** From left to right, as far as it went. */
export const Course = ({ stages }: { stages: readonly Stage[] }) =>
  stages.length > 0 && (
    <ol className={styles.course} aria-label="How far it went">
      {stages.map(({ label, state }) => {
        const Icon = icons[state]
        return (
          <li key={label} data-state={state}>
            <Icon size={16} aria-hidden="true" />
            <span>{label}</span>
            <em>{state}</em>
          </li>
        )
      })}
    </ol>
  )

interface WordsProps {
  readonly words: TransportWords
  /** What the system called it. */
  readonly code: string | null
  readonly message: string | null
}

export const TransportCard = ({ words: { title, text, fix }, code, message }: WordsProps) => (
  <div className={styles.card}>
    <h3>{title}</h3>
    <p>{text}</p>
    {message !== null && (
      <p className={styles.message}>
        <WireText text={message} /> {code !== null && code !== '' && <WireText text={code} mono />}
      </p>
    )}
    {fix !== null && (
      <p>
        <strong>What to do</strong> {fix}
      </p>
    )}
  </div>
)

export function FailureCard({ head }: { head: Pick<Exchange, 'id' | 'failure'> }) {
  const { id, failure } = head
  const isFound = useFindings().some(({ exchanges }) => exchanges.includes(id))
  if (failure === undefined) return null
  const words = failureEnd(failure.stage)
  return (
    <>
      {/* What a finding says of this very failure is better than what is true of all at this stage. */}
      <TransportCard words={isFound ? { ...words, fix: null } : words} code={failure.code} message={failure.message} />
      <Course stages={stagesOf(head)} />
    </>
  )
}
