/** What of the documents this recording exercised, in a line. */
import type { Coverage } from '../../shared/acme/coverage/coverage.ts'
import type { OutlineGroup } from '../../shared/acme/coverage/outline-groups.ts'
import { tallyOf } from '../../shared/acme/coverage/tally.ts'
import { type DocumentOutline, sectionAddress } from '../../shared/acme/registry/outline.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './rfc.module.css'

export const documentsIn = (groups: readonly OutlineGroup[], wanted: OutlineGroup['id']): readonly DocumentOutline[] =>
  groups.find(({ id }) => id === wanted)?.documents ?? []

function firstExercised({ sections }: DocumentOutline, { count }: Coverage): string | null {
  const first = sections.find(({ cite }) => count(cite) > 0)
  return first ? sectionAddress(first.reference) : null
}

interface SummaryProps {
  readonly groups: readonly OutlineGroup[]
  readonly coverage: Coverage
}

export function Summary({ groups, coverage }: SummaryProps) {
  const [base] = documentsIn(groups, 'base')
  const { exercised, possible } = base ? tallyOf(base, coverage) : { exercised: 0, possible: 0 }
  const extensions = documentsIn(groups, 'extensions')
  return (
    <header className={styles.summary} data-testid="rfc-summary">
      <p>
        This recording exercised{' '}
        <PlaceLink to={{ section: null }}>
          <strong>{exercised}</strong> of the {possible} sections
        </PlaceLink>{' '}
        of RFC 8555 that a recording can exercise
        {extensions.length > 0 && (
          <>
            {', and of '}
            {extensions.map((document, at) => (
              <span key={document.id}>
                {at > 0 && (at === extensions.length - 1 ? ' and ' : ', ')}
                <PlaceLink to={{ section: firstExercised(document, coverage) }} title={document.title}>
                  {document.id}
                </PlaceLink>{' '}
                <span className={styles.aside}>({tallyOf(document, coverage).exercised})</span>
              </span>
            ))}
          </>
        )}
        .
      </p>
      <meter
        className={styles.meter}
        min={0}
        max={possible}
        value={exercised}
        aria-label={`${exercised} of ${possible} sections exercised`}
      />
    </header>
  )
}
