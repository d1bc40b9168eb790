/** Octets, of which only the rows in view are in the page. */
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import styles from './body.module.css'
import { hexRow } from './hex.ts'

const ROW_HEIGHT = 18
/** Browsers lay out nothing taller than some 16 million pixels. */
const MOST_ROWS = 800_000
const NARROW_UP_TO = MOST_ROWS * 8
/** CSS pixels that sixteen octets and their text need. */
const WIDE = 520

export function HexView({ octets }: { octets: Uint8Array }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref, width } = useElementSize()
  const perRow = width >= WIDE || octets.length > NARROW_UP_TO ? 16 : 8
  const count = Math.min(MOST_ROWS, Math.ceil(octets.length / perRow))
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  })
  return (
    <div ref={ref}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach it */}
      <section ref={scroller} className={styles.hex} tabIndex={0} aria-label="Body as hex">
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const { offset, hex, text } = hexRow(octets, index, perRow)
            return (
              <div key={index} className={styles.hexRow} style={{ transform: `translateY(${start}px)` }}>
                <span className={styles.hexOffset}>{offset}</span>
                <span>{hex}</span>
                <span className={styles.hexText}>{text}</span>
              </div>
            )
          })}
        </div>
      </section>
      {count * perRow < octets.length && <p className={styles.told}>The rest is too long to be drawn here.</p>}
    </div>
  )
}
