/** What nobody saw, told from what was: fainter and dashed throughout, with how we know on the tip of the tongue. */
import { VisuallyHidden } from '@mantine/core'
import { shownText } from '../../shared/shown-text.ts'
import { StatusChip } from '../theme/chip.tsx'
import styles from './arrow.module.css'
import { Arrow } from './arrow.tsx'
import { useScene } from './flow-context.ts'
import { RowFrame, type RowProps, Summary } from './row-frame.tsx'
import { inferredSentence } from './sentences.ts'

const WORDS: Readonly<Record<string, string>> = { 'dns.propagation': 'waits for DNS' }

export function InferredRow({ row, place }: RowProps<'inferred'>) {
  const { inferred } = row
  const scene = useScene()
  const summary = shownText(inferred.summary)
  const about = shownText(inferred.identifier ?? '')
  const { dense } = scene.geometry
  return (
    <RowFrame
      row={row}
      place={place}
      mood="inferred"
      operation={inferred.operation}
      title={`${summary}\n\nNot recorded, but inferred: ${inferred.evidence}`}
    >
      <VisuallyHidden>{inferredSentence(scene, inferred)}</VisuallyHidden>
      <span aria-hidden="true">
        <Arrow
          from={inferred.from}
          to={inferred.to}
          height={row.height}
          mood="inferred"
          label={
            <>
              <strong className={styles.operation}>{WORDS[inferred.operation] ?? inferred.operation}</strong>
              {!dense && <span className={styles.about}>{about}</span>}
            </>
          }
          answer={
            <>
              {inferred.outcome !== null && <StatusChip status={inferred.outcome} />}
              <span className={styles.inferred}>inferred</span>
            </>
          }
          below={dense && about}
        />
        <Summary text={summary} />
      </span>
    </RowFrame>
  )
}
