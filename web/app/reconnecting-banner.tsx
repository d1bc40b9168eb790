/** Says that the recorder went away and when it is tried again, that nothing shown is lost, and that it is back. */
import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useSession } from '../session/session.ts'
import type { Outage } from '../source/source.ts'
import styles from './app.module.css'
import { count } from './recording-facts.ts'

const TOLD_MS = 5_000

/** Full seconds until then, counted down. */
function useSecondsTo(time: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((time - now) / 1000))
}

function NextTry({ outage }: { outage: Outage }) {
  const seconds = useSecondsTo(outage.nextTry)
  useEffect(() => {
    window.addEventListener('online', outage.tryNow)
    return () => window.removeEventListener('online', outage.tryNow)
  }, [outage])
  return (
    <>
      <span className={styles.nextTry} aria-hidden="true">
        {seconds === 0 ? 'Trying …' : `Next try in ${seconds} s`}
      </span>
      <Button size="compact-xs" variant="default" onClick={outage.tryNow}>
        Try now
      </Button>
    </>
  )
}

const stepsHere = (): number => useSession.getState().analysis.steps.length

/** How many exchanges an outage held up, for a moment after it; null at any other time. */
function useCaughtUp(): number | null {
  const state = useSession((session) => session.state)
  const [caughtUp, setCaughtUp] = useState<number | null>(null)
  const before = useRef<number | null>(null)
  useEffect(() => {
    if (state === 'reconnecting') {
      before.current ??= stepsHere()
      setCaughtUp(null)
    } else if (state !== 'connecting' && before.current !== null) {
      const isBack = useSession.getState().trouble === null
      if (isBack) setCaughtUp(stepsHere() - before.current)
      before.current = null
    }
  }, [state])
  useEffect(() => {
    if (caughtUp === null) return
    const timer = setTimeout(() => setCaughtUp(null), TOLD_MS)
    return () => clearTimeout(timer)
  }, [caughtUp])
  return caughtUp
}

function Back({ caughtUp }: { caughtUp: number }) {
  return (
    <div className={styles.banner} data-tone="ok" role="status">
      <IconPlugConnected size={15} aria-hidden="true" />
      {caughtUp > 0
        ? `Back. ${count(caughtUp, 'exchange')} came meanwhile; nothing was missed.`
        : 'Back; nothing was missed.'}
    </div>
  )
}

function Connection() {
  const isAway = useSession((session) => session.state === 'reconnecting' && session.trouble === null)
  const outage = useSession((session) => session.outage)
  const caughtUp = useCaughtUp()
  if (!isAway) return caughtUp === null ? null : <Back caughtUp={caughtUp} />
  return (
    <div className={styles.banner}>
      <IconPlugConnectedX size={15} aria-hidden="true" />
      <span role="alert">
        {outage?.why ?? 'The recorder does not answer.'} What is shown stays, and nothing it recorded meanwhile will be
        missed.
      </span>
      {outage !== null && <NextTry outage={outage} />}
    </div>
  )
}

/** What was counted of one recording says nothing of another. */
export function ReconnectingBanner() {
  const key = useSession((session) => session.source?.key)
  return <Connection key={key} />
}
