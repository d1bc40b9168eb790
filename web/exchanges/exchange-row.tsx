/** One exchange in the table. */

import type { Step } from '../../shared/acme/model.ts'
import { moodOf } from '../../shared/acme/mood.ts'
import { Marks } from '../flow/marks.tsx'
import { hostOf, operationLabel } from '../flow/step-words.ts'
import { NoteMark } from '../notes/note-mark.tsx'
import { select, useSelected } from '../session/location.ts'
import { ReferenceBadge, StatusChip } from '../theme/chip.tsx'
import { byteSize, duration, preciseTime } from '../theme/time.ts'
import { codeTone } from '../theme/tone.ts'
import { template } from './columns.ts'
import styles from './exchanges.module.css'

/** Path and query of a URL; the whole of what is none. */
function afterHost(url: string): string {
  if (!URL.canParse(url)) return ''
  const { pathname, search } = new URL(url)
  return pathname + search
}

const Status = ({ step }: { step: Step }) => (
  <>
    <span className={styles.code} data-tone={codeTone(step.status)}>
      {step.status ?? '–'}
    </span>
    {step.objectStatus !== null && <StatusChip status={step.objectStatus} />}
    <Marks step={step} />
    <NoteMark exchange={step.exchange} />
  </>
)

export function ExchangeRow({ step, index, top, height }: { step: Step; index: number; top: number; height: number }) {
  const selected = useSelected() === step.exchange
  const { timings } = step.decoded.head
  const [reference] = step.references
  return (
    <tr
      className={styles.row}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
      aria-rowindex={index + 1}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      data-testid="exchange-row"
      data-operation={step.operation}
      data-mood={moodOf(step)}
      onClick={() => select(step.exchange)}
    >
      <td className={styles.number}>{step.sequence}</td>
      <td className={styles.time}>{preciseTime(step.time)}</td>
      <td className={styles.wire}>{step.method}</td>
      <td className={styles.url} title={step.url}>
        <span className={styles.host}>{hostOf(step.url)}</span>
        <span className={styles.path}>{afterHost(step.url)}</span>
      </td>
      <td className={styles.operation}>{step.operation === 'other' ? '' : operationLabel(step)}</td>
      <td className={styles.status}>
        <Status step={step} />
      </td>
      <td className={styles.number}>{byteSize(step.decoded.head.response?.body.bytes)}</td>
      <td className={styles.number}>{timings.total === undefined ? '–' : duration(timings.total)}</td>
      <td>{reference !== undefined && <ReferenceBadge reference={reference} />}</td>
    </tr>
  )
}
