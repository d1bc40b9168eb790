/** The right-hand panel's frame: its width is the person's, kept from visit to visit. */
import { useLocalStorage } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import styles from './app.module.css'

const LEAST = 340
const MAIN_LEAST = 380
const STEP = 24
/** Of the window, for who never chose a width. */
const SHARE = 0.375
const MOST_UNASKED = 480
/** Of a window this wide there is room for more. */
const WIDE_WINDOW = 1800
const MOST_UNASKED_WIDE = 640

const mostUnasked = (): number => (window.innerWidth >= WIDE_WINDOW ? MOST_UNASKED_WIDE : MOST_UNASKED)

const clamp = (width: number): number =>
  Math.round(Math.max(LEAST, Math.min(width, Math.max(LEAST, window.innerWidth - MAIN_LEAST))))

export function SidePanel({ children }: { children: ReactNode }) {
  const [stored, setStored] = useLocalStorage({
    key: 'acmescope.inspector',
    defaultValue: 0,
    getInitialValueInEffect: false,
  })
  const width = clamp(stored > 0 ? stored : Math.min(mostUnasked(), window.innerWidth * SHARE))
  const grip = useRef(0)

  const start = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = event.clientX + width
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setStored(clamp(grip.current - event.clientX))
  }
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setStored(clamp(width + by))
  }

  return (
    <aside className={styles.side} style={{ width }} aria-label="Inspector">
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, not a rule between paragraphs */}
      <div
        className={styles.divider}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the inspector"
        aria-valuenow={width}
        aria-valuemin={LEAST}
        tabIndex={0}
        onPointerDown={start}
        onPointerMove={drag}
        onKeyDown={key}
      />
      {children}
    </aside>
  )
}
