/** What is shown before a section is chosen: how much of each document, and what was left out. */
import type { Coverage } from '../../shared/acme/coverage/coverage.ts'
import type { OutlineGroup } from '../../shared/acme/coverage/outline-groups.ts'
import { canBeExercised, tallyOf } from '../../shared/acme/coverage/tally.ts'
import { type DocumentOutline, sectionAddress } from '../../shared/acme/registry/outline.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './rfc.module.css'
import { documentsIn } from './summary.tsx'

interface OverviewProps {
  readonly groups: readonly OutlineGroup[]
  readonly coverage: Coverage
  /** What the address names, where that is no section we have. */
  readonly unknown: string | null
}

function DocumentLine({ document, coverage }: { document: DocumentOutline; coverage: Coverage }) {
  const { exercised, possible } = tallyOf(document, coverage)
  const first = document.sections.find(({ cite }) => coverage.count(cite) > 0) ?? document.sections[0]
  return (
    <li>
      <PlaceLink to={{ section: first ? sectionAddress(first.reference) : null }}>{document.id}</PlaceLink>
      <span title={document.title}>{document.title}</span>
      <span className={styles.tally}>
        {exercised} of {possible}
      </span>
    </li>
  )
}

export function OverviewPane({ groups, coverage, unknown }: OverviewProps) {
  const [base] = documentsIn(groups, 'base')
  const left = (base?.sections ?? []).filter((section) => canBeExercised(section) && coverage.count(section.cite) === 0)
  const met = groups.filter(({ id }) => id !== 'absent').flatMap(({ documents }) => documents)
  return (
    <article className={styles.pane} data-testid="rfc-overview">
      {unknown !== null && (
        <p className={styles.unknown} role="status">
          We have no section “{unknown}”. Choose one from the outline.
        </p>
      )}
      <h2>The documents beside this recording</h2>
      <p className={styles.text}>
        Each section of the outline carries the number of steps that exercised it. Choose one to read what it asks and
        to see those steps, or select a step and see its sections marked.
      </p>
      <h3>Documents met</h3>
      <ul className={styles.documents}>
        {met.map((document) => (
          <DocumentLine key={document.id} document={document} coverage={coverage} />
        ))}
      </ul>
      <h3>Not exercised of RFC 8555</h3>
      {left.length === 0 ? (
        <p className={styles.text}>Nothing: every section that a recording can exercise was.</p>
      ) : (
        <ul className={styles.left}>
          {left.map(({ cite, reference }) => (
            <li key={cite}>
              <PlaceLink to={{ section: sectionAddress(reference) }}>
                <span className={styles.number}>{reference.section}</span> {reference.title}
              </PlaceLink>
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}
