/** What came of the recording, on top of everything that is said of it. */
import { IconCircleCheckFilled, IconCircleDashed, IconCircleXFilled, IconProgress } from '@tabler/icons-react'
import type { Outcome, Verdict } from '../../shared/acme/verdict/verdict.ts'
import type { Finding } from '../../shared/finding.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'

interface BannerProps {
  readonly verdict: Verdict
  readonly addresses: ReadonlyMap<Finding, string>
}

const icons: Readonly<Record<Outcome, typeof IconProgress>> = {
  good: IconCircleCheckFilled,
  bad: IconCircleXFilled,
  waiting: IconProgress,
  plain: IconCircleDashed,
}

export function VerdictBanner({ verdict, addresses }: BannerProps) {
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
            {verdict.cause?.title === verdict.reason ? (
              <PlaceLink className={styles.reason} to={{ finding: addresses.get(verdict.cause) ?? verdict.cause.id }}>
                <WireText text={verdict.reason} />
              </PlaceLink>
            ) : (
              <WireText text={verdict.reason} />
            )}
          </p>
        )}
      </div>
    </div>
  )
}
