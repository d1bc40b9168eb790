/** What the page holds: the source, its analysis, and which polls are drawn open. What is looked at, the address says. */
import { create } from 'zustand'
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import type { Analysis, Decoded } from '../../shared/acme/model.ts'
import type { Note, Recording } from '../../shared/recording.ts'
import type { Source, SourceState, SourceTrouble } from '../source/source.ts'

export interface Session {
  readonly source: Source | null
  readonly state: SourceState
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
    recording: null,
    trouble: null,
    unread: noProblems,
    analysis: startAnalysis(),
    notes: noNotes,
    openPolls: noPolls,
  }) as const satisfies Partial<Session>

export const useSession = create<Session>(() => ({ ...blank(), source: null }))

let closeSource = () => {}

/** Shows another source instead of the one before. */
export function openSource(source: Source): void {
  closeSource()
  useSession.setState({ ...blank(), source })
  const current = () => useSession.getState().source === source
  closeSource = source.open({
    facts: (decoded) => current() && addFacts(decoded),
    state: (state) => current() && useSession.setState({ state }),
    recording: (recording) => current() && useSession.setState({ recording }),
    notes: (notes) => current() && useSession.setState({ notes }),
    unread: (unread) => current() && useSession.setState({ unread }),
    failed: (trouble) => current() && useSession.setState({ trouble, state: 'ready' }),
  })
}

const addFacts = (decoded: readonly Decoded[]): void =>
  useSession.setState(({ analysis }) => ({ analysis: analyse(analysis, decoded) }))

export function togglePoll(id: string): void {
  useSession.setState(({ openPolls }) => {
    const next = new Set(openPolls)
    if (!next.delete(id)) next.add(id)
    return { openPolls: next }
  })
}
