/** What came of the recording, on top of everything that is said of it. */
import { IconCircleCheckFilled, IconCircleDashed, IconCircleXFilled, IconProgress } from '@tabler/icons-react'
import type { Outcome, Verdict } from '../../shared/acme/verdict/verdict.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'

const icons: Readonly<Record<Outcome, typeof IconProgress>> = {
  good: IconCircleCheckFilled,
  bad: IconCircleXFilled,
  waiting: IconProgress,
  plain: IconCircleDashed,
}

export function VerdictBanner({ verdict }: { verdict: Verdict }) {
  const Icon = icons[verdict.outcome]
  return (
    <div className={styles.verdict} data-outcome={verdict.outcome} data-testid="verdict" role="status">
      <Icon size={28} aria-hidden="true" />
      <div>
        <h2>
          <WireText text={verdict.title} />
        </h2>
        {verdict.reason !== '' && (
          <p>
            <WireText text={verdict.reason} />
          </p>
        )}
      </div>
    </div>
  )
}
