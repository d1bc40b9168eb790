/**
 * Judges what is shown, apart from drawing it. All of a recording is judged each time, which for a long one takes many
 * frames: so it is done a turn at a time, and a recording that grows is judged anew only as often as leaves the page most
 * of its time. The checks arrive after the page is drawn.
 */
import { create } from 'zustand'
import { copyOf } from '../../shared/acme/analyse.ts'
import type { Finding } from '../../shared/finding.ts'
import { type Session, useSession } from '../session/session.ts'

const none: readonly Finding[] = []

interface Judgement {
  readonly findings: readonly Finding[]
  /** Until then no findings does not mean that there are none. */
  readonly isJudged: boolean
}

export const useJudgement = create<Judgement>(() => ({ findings: none, isJudged: false }))

/** Between two judgements the page does other things for as many times what the last one took. */
const PAUSE = 4

/** Nothing more will come: only then is what is missing missing. */
export const isOver = ({ state, recording }: Session): boolean => state === 'ready' || recording?.endedAt !== undefined

const isSame = (one: Session, other: Session): boolean =>
  one.analysis === other.analysis && isOver(one) === isOver(other)

/** A part of what is stored is not judged. */
const isArriving = ({ state }: Session): boolean => state === 'connecting'

const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Findings, and the ms that they took; null when something else is shown by then. */
async function judge(session: Session): Promise<readonly [readonly Finding[], number] | null> {
  const { checkInTurns } = await import('../../shared/acme/checks/index.ts')
  let from = performance.now()
  let took = 0
  const checking = checkInTurns(copyOf(session.analysis), isOver(session))
  while (useSession.getState().source === session.source) {
    const { done, value } = checking.next()
    took += performance.now() - from
    if (done) return [value, took]
    await nextTurn()
    from = performance.now()
  }
  return null
}

/** Judges from now on whatever the page shows. */
export function startJudging(): void {
  let took = 0
  let isBusy = false
  const judgeNext = async () => {
    const session = useSession.getState()
    const judged = await judge(session).finally(() => {
      isBusy = false
    })
    if (judged !== null) {
      took = judged[1]
      useJudgement.setState({ findings: judged[0], isJudged: true })
    }
    if (!isSame(session, useSession.getState())) ask()
  }
  /** What changes while it is judged is judged after it. */
  const ask = () => {
    if (isBusy || isArriving(useSession.getState())) return
    isBusy = true
    setTimeout(judgeNext, took * PAUSE)
  }
  useSession.subscribe((now, before) => {
    if (now.source !== before.source) {
      took = 0
      useJudgement.setState({ findings: none, isJudged: false })
    }
    if (!isSame(now, before) || isArriving(before)) ask()
  })
}
