/** The first line of what people wrote on a row, where the diagram has room for it. */
import { NoteCallout } from '../notes/note-mark.tsx'
import { useScene } from './flow-context.ts'

/** Above the summary, or else above what was answered, at the right edge. */
export function RowNote({ exchange }: { exchange: string }) {
  const { geometry } = useScene()
  const { summaryX } = geometry
  const style = summaryX === null ? { right: 8, maxWidth: 170 } : { left: summaryX - 6 }
  return <NoteCallout exchange={exchange} style={style} />
}
