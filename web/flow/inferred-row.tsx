/**
 * What is no exchange: seen beside the proxied path, drawn as any step; or told from what was recorded, then fainter and
 * dashed throughout, with how we know on the tip of the tongue.
 */
import { shownText } from '../../shared/shown-text.ts'
import { useIsSelected } from '../session/location.ts'
import { StatusChip } from '../theme/chip.tsx'
import styles from './arrow.module.css'
import { Arrow, useEnds } from './arrow.tsx'
import { useScene } from './flow-context.ts'
import { Face, RowFrame, type RowProps, Summary } from './row-frame.tsx'
import { inferredSentence } from './sentences.ts'

const WORDS: Readonly<Record<string, string>> = { 'dns.propagation': 'waits for DNS' }

export function InferredRow({ row, place }: RowProps<'inferred'>) {
  const { inferred } = row
  const scene = useScene()
  const summary = shownText(inferred.summary)
  const about = shownText(inferred.identifier ?? '')
  const { isShort } = useEnds(inferred.from, inferred.to)
  const selected = useIsSelected(inferred.id)
  const isSeen = inferred.seen !== null
  const mood = isSeen ? 'ok' : 'inferred'
  return (
    <RowFrame
      row={row}
      place={place}
      mood={mood}
      operation={inferred.operation}
      selected={selected}
      title={`${summary}\n\n${isSeen ? '' : 'Not recorded, but inferred: '}${inferred.evidence}`}
    >
      <Face label={inferredSentence(scene, inferred)} subject={inferred.id} selected={selected} entry={place.entry}>
        <Arrow
          from={inferred.from}
          to={inferred.to}
          height={row.height}
          mood={mood}
          label={
            <>
              <strong className={styles.operation}>
                {(isSeen ? undefined : WORDS[inferred.operation]) ?? inferred.operation}
              </strong>
              {!isShort && <span className={styles.about}>{about}</span>}
            </>
          }
          answer={
            <>
              {inferred.outcome !== null && <StatusChip status={inferred.outcome} />}
              <span className={styles.inferred}>{isSeen ? 'seen' : 'inferred'}</span>
            </>
          }
          below={isShort && about}
        />
        <Summary text={summary} />
      </Face>
    </RowFrame>
  )
}
