/** What the page holds: the source, its analysis, and which polls are drawn open. What is looked at, the address says. */
import { create } from 'zustand'
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import type { Analysis, Decoded } from '../../shared/acme/model.ts'
import type { Note, Recording } from '../../shared/recording.ts'
import type { Outage, Source, SourceListener, SourceState, SourceTrouble } from '../source/source.ts'
import { createPace } from './pace.ts'

export interface Session {
  readonly source: Source | null
  readonly state: SourceState
  /** While it is reconnecting. */
  readonly outage: Outage | null
  readonly recording: Recording | null
  readonly trouble: SourceTrouble | null
  /** What of the source could not be read, in words. */
  readonly unread: readonly string[]
  readonly analysis: Analysis
  /** What people wrote on the recording, in the order in which they did. */
  readonly notes: readonly Note[]
  /** Ids of folded polls drawn open. */
  readonly openPolls: ReadonlySet<string>
}

const noPolls: ReadonlySet<string> = new Set()

const noProblems: readonly string[] = []

const noNotes: readonly Note[] = []

const blank = () =>
  ({
    state: 'connecting',
    outage: null,
    recording: null,
    trouble: null,
    unread: noProblems,
    analysis: startAnalysis(),
    notes: noNotes,
    openPolls: noPolls,
  }) as const satisfies Partial<Session>

export const useSession = create<Session>(() => ({ ...blank(), source: null }))

let closeSource = () => {}

/** Of so many recordings in other tabs what was read is kept; the one looked at longest ago is read again. */
const MOST_KEPT = 8

/** By the key of their source, in the order in which they were last looked at. */
const kept = new Map<string, Session>()

function putAside(session: Session): void {
  if (session.source === null || session.trouble !== null) return
  const state = session.state === 'reconnecting' ? 'connecting' : session.state
  kept.set(session.source.key, { ...session, state, outage: null })
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}

/** Lets go of what was kept of a recording that is in no tab any longer. */
export const forgetSource = (key: string): boolean => kept.delete(key)

/** Takes leave of what is shown, with all of it that has arrived. */
function leave(): void {
  closeSource()
  closeSource = () => {}
  pace.now()
}

/** Says why there is nothing to show. */
export function openNothing(trouble: SourceTrouble): void {
  leave()
  useSession.setState({ ...blank(), source: null, trouble, state: 'ready' })
}

/** Shows another source instead of the one before, of which all is kept where it `stays` in a tab of its own. */
export function openSource(wanted: Source, stays: (key: string) => boolean = () => false): void {
  leave()
  const left = useSession.getState()
  if (left.source !== null && stays(left.source.key)) putAside(left)
  const before = kept.get(wanted.key)
  kept.delete(wanted.key)
  const source = before?.source ?? wanted
  const shown = before ?? { ...blank(), source }
  folded = shown.analysis
  useSession.setState(shown)
  const current = () => useSession.getState().source === source
  const listener: SourceListener = {
    facts: (decoded) => current() && addFacts(decoded),
    state: (state) => current() && enter(state),
    away: (outage) => current() && useSession.setState({ outage }),
    recording: (recording) => current() && useSession.setState({ recording }),
    notes: (notes) => current() && useSession.setState({ notes }),
    unread: (unread) => current() && useSession.setState({ unread }),
    failed: (trouble) => current() && useSession.setState({ trouble, state: 'ready', outage: null }),
  }
  closeSource = source.open(listener, before !== undefined)
}

/** What arrives is folded at once, a little at a time, and drawn as often as leaves room for everything else. */
let folded = startAnalysis()
const pace = createPace(() => useSession.setState({ analysis: folded }))

function addFacts(decoded: readonly Decoded[]): void {
  folded = analyse(folded, decoded)
  pace.soon()
}

/** A state tells of what has arrived: that is drawn first. */
function enter(state: SourceState): void {
  pace.now()
  useSession.setState({ state, ...(state !== 'reconnecting' && { outage: null }) })
}

export function togglePoll(id: string): void {
  useSession.setState(({ openPolls }) => {
    const next = new Set(openPolls)
    if (!next.delete(id)) next.add(id)
    return { openPolls: next }
  })
}
