/** Follows a live recording's end, until the person scrolls away from it. */
import { useEffect, useState } from 'react'
import type { Flow } from '../../shared/acme/flow/flow.ts'
import { readPlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import type { Viewport } from './use-viewport.ts'

export interface Follow {
  /** Rows that came since the person looked away; null while there are none. */
  readonly unseen: number | null
  /** To be called when the diagram was moved; `event` is null when we moved it. */
  readonly moved: (event: MouseEvent | TouchEvent | null) => void
  readonly jump: () => void
}

export function useFollow(flow: Flow, height: number, viewport: Viewport): Follow {
  const live = useSession((session) => session.state === 'live')
  const [following, setFollowing] = useState(false)
  const [seen, setSeen] = useState(0)
  const total = flow.rows.length

  // Whoever opens a run that is over begins at its beginning; whoever comes while it goes on is taken along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is there when the recording turns live is not new
  useEffect(() => {
    setSeen(total)
    if (live) setFollowing(isGoingOn() && readPlace(window.location.search).step === null)
  }, [live])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row or a new size is what moves the end
  useEffect(() => {
    if (live && following) viewport.toEnd()
  }, [live, following, flow.height, height])

  return {
    unseen: live && !following && total > seen ? total - seen : null,
    moved: (event) => {
      if (event === null || !live) return
      if (following) setSeen(total)
      setFollowing(viewport.isAtEnd())
    },
    jump: () => {
      setFollowing(true)
      viewport.toEnd()
    },
  }
}

const isGoingOn = (): boolean => {
  const last = useSession.getState().analysis.steps.at(-1)
  return last === undefined || last.decoded.head.state === 'in progress'
}
