/**
 * Judges what is shown, apart from drawing it. All of a recording is judged each time, which for a long one takes longer
 * than a frame, so a recording that grows is judged anew only as often as leaves the page most of its time.
 */
import { create } from 'zustand'
import { check } from '../../shared/acme/checks/index.ts'
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
const isOver = ({ state, recording }: Session): boolean => state === 'ready' || recording?.endedAt !== undefined

/** Judges from now on whatever the page shows. */
export function startJudging(): void {
  let took = 0
  let isDue = false
  const judge = () => {
    isDue = false
    const session = useSession.getState()
    const from = performance.now()
    const findings = check(session.analysis, isOver(session))
    took = performance.now() - from
    useJudgement.setState({ findings, isJudged: true })
  }
  useSession.subscribe((now, before) => {
    if (now.source !== before.source) {
      took = 0
      useJudgement.setState({ findings: none, isJudged: false })
    }
    if (isDue || (now.analysis === before.analysis && isOver(now) === isOver(before))) return
    isDue = true
    setTimeout(judge, took * PAUSE)
  })
}
