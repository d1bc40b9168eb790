/** The first line of what people wrote on a row, where the diagram has room for it: beneath the summary or the answer. */
import { firstLine } from '../notes/first-line.ts'
import { NoteCallout } from '../notes/note-mark.tsx'
import { useNotesOn } from '../notes/use-notes.ts'
import { useEnds } from './arrow.tsx'
import { useScene } from './flow-context.ts'

interface NoteProps {
  /** Id of the exchange or connection that is written on. */
  readonly exchange: string
  /** Lane ids. */
  readonly from: string
  readonly to: string
}

const TOP = 27
const EDGE = 14

function useLeft(from: string, to: string): number {
  const { summary } = useScene().geometry
  const { start, end } = useEnds(from, to)
  return summary === null ? Math.max(start, end) + 10 : summary.left - 6
}

export function RowNote({ exchange, from, to }: NoteProps) {
  const { width } = useScene().geometry
  const left = useLeft(from, to)
  return <NoteCallout exchange={exchange} style={{ left, top: TOP, maxWidth: width - left - EDGE }} />
}

/** x up to which something else may stand beneath the arrow; what a note says, as the end of a sentence. */
export function useNoteOn({ exchange, from, to }: NoteProps): { readonly until: number | null; readonly said: string } {
  const [first] = useNotesOn(exchange)
  const left = useLeft(from, to)
  return first === undefined
    ? { until: null, said: '' }
    : { until: left - EDGE, said: `. Note: ${firstLine(first.text)}` }
}
