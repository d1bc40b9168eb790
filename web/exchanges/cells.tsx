/** Cells that draw more than a text. */
import { IconFlag3, IconFlag3Filled, IconPlugConnectedX } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import { hostOf } from '../../shared/acme/fold/lanes.ts'
import { clip } from '../../shared/acme/fold/words/subject.ts'
import type { Step } from '../../shared/acme/model.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { connectionWords, isQuiet } from '../../shared/connection-words.ts'
import { instantOf } from '../../shared/query/fields/measures.ts'
import { idOf, isStep, type Subject } from '../../shared/query/query.ts'
import { shownText } from '../../shared/shown-text.ts'
import { Marks } from '../flow/marks.tsx'
import { pathOf } from '../flow/step-words.ts'
import { NoteMark } from '../notes/note-mark.tsx'
import { hrefOf } from '../session/location.ts'
import { Chip, ReferenceBadge, StatusChip, ToneShape } from '../theme/chip.tsx'
import { codeTone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './exchanges.module.css'
import { tookOf, useScene, worstOf } from './scene.ts'

/** Characters that no column is wide enough for. */
export const MOST_SHOWN = 400

interface CellProps {
  readonly row: Subject
}

/** A plain click is the row's; any other opens the exchange in a tab of its own. */
const leaveToRow = (event: MouseEvent): void => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault()
}

export const NumberCell = ({ row }: CellProps) => (
  <a className={styles.link} href={hrefOf({ step: idOf(row) })} tabIndex={-1} onClick={leaveToRow} draggable={false}>
    {row.sequence}
  </a>
)

/** The host gives way before the path, which tells exchanges apart. */
export function UrlCell({ row }: CellProps) {
  if (!isStep(row))
    return (
      <span className={styles.words}>
        <IconPlugConnectedX className={styles.sign} size={13} aria-hidden="true" />
        <bdi className={styles.path}>{shownText(clip(connectionWords(row), MOST_SHOWN))}</bdi>
      </span>
    )
  return (
    <>
      <bdi className={styles.host}>{shownText(clip(hostOf(row.url), MOST_SHOWN))}</bdi>
      <bdi className={styles.path}>{shownText(clip(pathOf(row.url), MOST_SHOWN))}</bdi>
    </>
  )
}

export function StatusCell({ row }: CellProps) {
  if (!isStep(row))
    return (
      <>
        <span className={styles.code} data-tone={isQuiet(row) ? 'plain' : 'bad'}>
          {isQuiet(row) ? 'none' : 'failed'}
        </span>
        <Flag row={row} />
        <NoteMark exchange={row.id} />
      </>
    )
  const refusal = refusalOf(row)
  return (
    <>
      <span className={styles.code} data-tone={codeTone(row.status)}>
        {row.status ?? '–'}
      </span>
      {refusal !== null && (
        <Chip tone="bad">
          <ToneShape tone="bad" />
          <WireText text={clip(refusal, MOST_SHOWN)} />
        </Chip>
      )}
      {row.objectStatus !== null && <StatusChip status={row.objectStatus} />}
      <Marks step={row} />
      <Flag row={row} />
      <NoteMark exchange={row.exchange} />
    </>
  )
}

/** What the CA or the DNS provider calls what it refused; null where nothing was. */
function refusalOf({ problem, dns }: Step): string | null {
  if (problem) return nameOfProblem(problem) ?? 'problem'
  return dns && !dns.accepted ? (dns.errors[0]?.kind ?? null) : null
}

/** A finding shows first here. Remarks have no flag: many speak of every exchange. */
function Flag({ row }: CellProps) {
  const finding = worstOf(row, useScene(), true)
  if (finding === null) return null
  const title = `Finding: ${finding.title}`
  const Icon = finding.severity === 'error' ? IconFlag3Filled : IconFlag3
  return (
    <span className={styles.flag} data-severity={finding.severity} title={title} role="img" aria-label={title}>
      <Icon size={13} aria-hidden="true" />
    </span>
  )
}

export const ReferenceCell = ({ row }: CellProps) => {
  const [reference] = isStep(row) ? row.references : []
  return reference === undefined ? null : <ReferenceBadge reference={reference} />
}

/** Its place and length in the time of all that is shown, in per cent. */
export function WaterfallCell({ row }: CellProps) {
  const { span } = useScene()
  const at = instantOf(row)
  const whole = span.to - span.from
  if (at === null || !(whole > 0)) return null
  const left = ((at - span.from) / whole) * 100
  const width = ((tookOf(row) ?? 0) / whole) * 100
  return (
    <span className={styles.lane} aria-hidden="true">
      <span className={styles.span} style={{ left: `${left}%`, width: `${width}%` }} />
    </span>
  )
}
