/** What is shown, added up. */
import { byteSize, clockTime, duration } from '../theme/time.ts'
import styles from './exchanges.module.css'
import type { Totals } from './scene.ts'

const counted = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`

const iso = (ms: number): string => new Date(ms).toISOString()

interface FooterProps {
  readonly shown: Totals
  /** Exchanges and connections of the recording. */
  readonly all: number
}

export function Footer({ shown, all }: FooterProps) {
  const { exchanges, connections, bytes, span } = shown
  const isPart = exchanges + connections < all
  return (
    <footer className={styles.footer} data-testid="exchanges-footer">
      {/* While all is shown, whatever arrives changes it. */}
      <span aria-live={isPart ? 'polite' : 'off'}>
        {isPart
          ? `${(exchanges + connections).toLocaleString('en')} of ${all.toLocaleString('en')}`
          : counted(exchanges, 'exchange')}
      </span>
      {connections > 0 && <span>{counted(connections, 'connection')} without an exchange</span>}
      <span title="Bytes of the bodies, sent and answered">{byteSize(bytes)}</span>
      {span.from <= span.to && (
        <span title="From the first to the last of them, UTC">
          {clockTime(iso(span.from))} – {clockTime(iso(span.to))} ({duration(span.to - span.from)})
        </span>
      )}
    </footer>
  )
}
