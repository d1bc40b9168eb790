/** One section in the outline. */
import { canBeExercised, type Tally } from '../../shared/acme/coverage/tally.ts'
import { type OutlineSection, sectionAddress } from '../../shared/acme/registry/outline.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './rfc.module.css'

interface OutlineRowProps {
  readonly section: OutlineSection
  /** Of the steps that exercised it. */
  readonly count: number
  /** Of what it holds, for a chapter that itself cannot be exercised. */
  readonly inside: Tally | null
  readonly isCurrent: boolean
  /** The step looked at exercised it. */
  readonly isMarked: boolean
}

/** `exercised`, `open` for one that could have been; `chapter` for one that holds such, `apart` for what no recording shows. */
function stateOf(section: OutlineSection, count: number, inside: Tally | null) {
  if (count > 0) return 'exercised'
  if (canBeExercised(section)) return 'open'
  return inside !== null && inside.possible > 0 ? 'chapter' : 'apart'
}

export function OutlineRow({ section, count, inside, isCurrent, isMarked }: OutlineRowProps) {
  const { reference, depth } = section
  const state = stateOf(section, count, inside)
  return (
    <li>
      <PlaceLink
        to={{ section: sectionAddress(reference) }}
        className={styles.row}
        data-depth={depth}
        aria-current={isCurrent ? 'true' : undefined}
        data-state={state}
        data-marked={isMarked || undefined}
        data-testid="rfc-row"
        data-section={section.cite}
        title={reference.title}
      >
        <span className={styles.number}>{reference.section}</span>
        <span className={styles.title}>{reference.title}</span>
        {isMarked && <span className={styles.mark}>in this step</span>}
        {state === 'chapter' && inside && (
          <span className={styles.tally}>
            {inside.exercised}/{inside.possible}
          </span>
        )}
        {count > 0 && (
          <span className={styles.count}>
            {count.toLocaleString('en')}
            <span className={styles.unseen}> {count === 1 ? 'step' : 'steps'}</span>
          </span>
        )}
      </PlaceLink>
    </li>
  )
}
