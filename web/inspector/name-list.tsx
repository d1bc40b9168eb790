/** Names, of which a certificate may have thousands: a few at once, the others when they are asked for. */
import { Button, TextInput } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { WireText } from '../theme/wire-text.tsx'
import styles from './names.module.css'

/** More than this are folded. */
const SHOWN_AT_ONCE = 12
const FIRST = 8
const ROW_HEIGHT = 20

const count = new Intl.NumberFormat('en')

const Line = ({ names }: { names: readonly string[] }) =>
  names.map((name, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and their order never changes
    <span key={place} className={styles.name}>
      <WireText text={name} />
    </span>
  ))

export function NameList({ names }: { names: readonly string[] }) {
  const [open, setOpen] = useState(false)
  if (names.length <= SHOWN_AT_ONCE) return <Line names={names} />
  if (open) return <LongList names={names} />
  return (
    <>
      <Line names={names.slice(0, FIRST)} />
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        and {count.format(names.length - FIRST)} more
      </Button>
    </>
  )
}

function LongList({ names }: { names: readonly string[] }) {
  const [wanted, setWanted] = useState('')
  const found = useMemo(
    () => names.filter((name) => name.toLowerCase().includes(wanted.trim().toLowerCase())),
    [names, wanted],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  })
  return (
    <div className={styles.long}>
      <div className={styles.find}>
        <TextInput
          size="xs"
          placeholder="Find a name"
          aria-label="Find a name"
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <span>
          {count.format(found.length)} of {count.format(names.length)}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach it */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Names">
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <div key={index} className={styles.row} style={{ transform: `translateY(${start}px)` }}>
              <WireText text={found[index] ?? ''} cut />
            </div>
          ))}
        </div>
      </section>
    </div>
  )
}
