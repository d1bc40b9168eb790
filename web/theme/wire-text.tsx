/** A captured string as text: isolated from the words around it, and with nothing in it that hides. */
import { shownText } from '../../shared/shown-text.ts'
import styles from './wire-text.module.css'

interface WireTextProps {
  readonly text: string
  /** On one line, cut at its end, with the whole on hover. */
  readonly cut?: boolean
  /** In the type of wire data. */
  readonly mono?: boolean
}

/** Hover texts are not scrolled. */
const MOST_HOVERED = 2000

export function WireText({ text, cut = false, mono = false }: WireTextProps) {
  const shown = shownText(text)
  return (
    <bdi className={styles.text} data-cut={cut} data-mono={mono} title={cut ? shown.slice(0, MOST_HOVERED) : undefined}>
      {shown}
    </bdi>
  )
}
