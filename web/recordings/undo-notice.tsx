/** That something was deleted, and for how long it can be taken back. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { shownText } from '../../shared/shown-text.ts'
import styles from './recordings.module.css'

interface UndoNoticeProps {
  readonly what: string
  /** In the page's clock, ms since the epoch. */
  readonly until: number
  readonly undo: () => void
}

export function UndoNotice({ what, until, undo }: UndoNoticeProps) {
  const [left, setLeft] = useState(() => until - Date.now())
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), 250)
    return () => clearInterval(timer)
  }, [until])
  return (
    <div className={styles.undo}>
      <span>
        <bdi>{shownText(what)}</bdi> deleted
      </span>
      <Button size="compact-sm" variant="default" onClick={undo}>
        Undo
      </Button>
      {/* The time runs for the eye only: a screen reader would say each second. */}
      <small aria-hidden="true">{Math.max(0, Math.ceil(left / 1000))} s</small>
    </div>
  )
}
