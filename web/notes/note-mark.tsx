/** That something was written on a step: a sign beside its answer, and its first line on the diagram. */
import { IconNote } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { firstLine } from './first-line.ts'
import styles from './notes.module.css'
import { useNotesOn } from './use-notes.ts'

const more = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '')

export function NoteMark({ exchange }: { exchange: string }) {
  const notes = useNotesOn(exchange)
  const [first] = notes
  if (first === undefined) return null
  const title = `Note: ${firstLine(first.text)}${more(notes.length)}`
  return (
    <span className={styles.mark} title={title} role="img" aria-label={title}>
      <IconNote size={14} stroke={1.7} />
    </span>
  )
}

/** Where it stands is the diagram's to say. */
export function NoteCallout({ exchange, style }: { exchange: string; style: CSSProperties }) {
  const notes = useNotesOn(exchange)
  const [first] = notes
  if (first === undefined) return null
  const line = firstLine(first.text)
  return (
    <span
      className={styles.callout}
      style={style}
      title={`Note: ${line}${more(notes.length)}`}
      data-testid="note-callout"
    >
      <IconNote size={13} stroke={1.7} aria-hidden="true" />
      <bdi>{line}</bdi>
      {notes.length > 1 && <span className={styles.count}>{notes.length}</span>}
    </span>
  )
}
