/** How to point a client here, as a page of its own: it stays when the first request comes. */
import { useEffect, useRef } from 'react'
import { atRecording, goTo, HOME_VIEW, usePlace } from '../session/location.ts'
import { Setup } from './setup.tsx'

/** Only what is being recorded now has anybody to wait for; whoever opens another one from here wants to see that. */
export function SetupView() {
  const { recording } = usePlace()
  const entered = useRef(false)
  useEffect(() => {
    if (recording !== null) goTo(entered.current ? { view: HOME_VIEW } : atRecording(null), 'replace')
    entered.current = true
  }, [recording])
  return <Setup />
}
