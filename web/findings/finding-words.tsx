/** What a finding says: captured words in it are shown as words, and what is to be typed as it is typed. */
import { Fragment } from 'react'
import { curePieces } from '../../shared/report/cure-pieces.ts'
import { Copy } from '../inspector/facts.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'

/** A line to be typed is worth a button; a word is selected whole by a click. */
const isCommand = (text: string): boolean => text.includes(' ')

export function Cure({ text }: { text: string }) {
  let at = 0
  return curePieces(text).map(({ kind, text: piece }) => {
    at += piece.length
    if (kind === 'words')
      return (
        <Fragment key={at}>
          <WireText text={piece} />
        </Fragment>
      )
    const typed = (
      <code key={at} className={styles.typed}>
        <WireText text={piece} />
      </code>
    )
    if (!isCommand(piece)) return typed
    return (
      <span key={at} className={styles.command}>
        {typed}
        <Copy value={piece} label={`Copy ${piece}`} />
      </span>
    )
  })
}
