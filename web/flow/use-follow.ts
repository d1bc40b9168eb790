/** Follows a live recording's end, until the person looks elsewhere. */
import { useEffect, useState } from 'react'
import type { Flow, FlowRow } from '../../shared/acme/flow/flow.ts'
import { readPlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import type { Viewport } from './use-viewport.ts'

export interface Follow {
  /** Exchanges that came since the person looked away; null while there are none. */
  readonly unseen: number | null
  /** To be called with each movement that the person makes: the first one away from the end is enough. */
  readonly moved: () => void
  /** To be called when a row is looked at. */
  readonly looksAt: (row: FlowRow) => void
  readonly jump: () => void
}

/** @param total of exchanges that are drawn */
export function useFollow(flow: Flow, total: number, height: number, viewport: Viewport): Follow {
  const live = useSession((session) => session.state === 'live')
  const [following, setFollowing] = useState(false)
  const [seen, setSeen] = useState(0)

  // Whoever opens a run that is over begins at its beginning; whoever comes while it goes on, or before it, is taken along.
  const isMeasured = height > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is there when the recording turns live is not new
  useEffect(() => {
    setSeen(total)
    const isFree = readPlace(window.location.search).step === null
    if (live && isMeasured) setFollowing(isFree && (isGoingOn() || viewport.isAtEnd()))
  }, [live, isMeasured])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row or a new size is what moves the end
  useEffect(() => {
    if (live && following) viewport.toEnd('at once')
  }, [live, following, flow.height, height])

  const follow = (next: boolean) => {
    if (!live || next === following) return
    if (following) setSeen(total)
    setFollowing(next)
  }
  return {
    unseen: live && !following && total > seen ? total - seen : null,
    moved: () => follow(viewport.isAtEnd()),
    looksAt: (row) => follow(row.id === flow.rows.at(-1)?.id),
    jump: () => {
      setFollowing(true)
      viewport.toEnd('seen')
    },
  }
}

const isGoingOn = (): boolean => {
  const last = useSession.getState().analysis.steps.at(-1)
  return last === undefined || last.decoded.head.state === 'in progress'
}
