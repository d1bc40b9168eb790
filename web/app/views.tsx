/** The views, in the order of their tabs: a new view is a component and one row. */
import { SEVERITIES, type Severity } from '../../shared/finding.ts'
import { useJudgement } from '../findings/judging.ts'
import { useFindings } from '../findings/use-findings.ts'
import { useNoteCount } from '../notes/use-notes.ts'
import { useSession } from '../session/session.ts'
import type { Tone } from '../theme/tone.ts'
import { type Arriving, arriving } from './arriving.tsx'

export interface View extends Arriving {
  /** As the address holds it. */
  readonly id: string
  readonly label: string
  /** What stands beside the label; null where nothing is ever counted. A hook of the tab. */
  readonly useCount: () => Count | null
}

export interface Count {
  /** Null while it is not known; its room is kept. */
  readonly number: number | null
  /** Of the worst of what is counted. */
  readonly tone: Tone
}

const plain = (number: number): Count => ({ number, tone: 'plain' })

const useNone = (): null => null
const useSteps = (): Count => plain(useSession((session) => session.analysis.steps.length))

/** The last tab: nothing moves when it begins to count. */
function useNotesWritten(): Count | null {
  const count = useNoteCount()
  return count === 0 ? null : plain(count)
}

const tones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', info: 'plain' }

function useFindingCount(): Count {
  const findings = useFindings()
  const isJudged = useJudgement((judgement) => judgement.isJudged)
  const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity))
  return { number: isJudged ? findings.length : null, tone: tones[worst ?? 'info'] }
}

const flow: View = {
  id: 'flow',
  label: 'Flow',
  ...arriving(() => import('../flow/flow-view.tsx').then(({ FlowView }) => FlowView)),
  useCount: useNone,
}

/** Of a recording. They arrive when they are first looked at. */
export const views: readonly View[] = [
  flow,
  {
    id: 'exchanges',
    label: 'Exchanges',
    ...arriving(() => import('../exchanges/exchanges-view.tsx').then(({ ExchangesView }) => ExchangesView)),
    useCount: useSteps,
  },
  {
    id: 'objects',
    label: 'Objects',
    ...arriving(() => import('../objects/objects-view.tsx').then(({ ObjectsView }) => ObjectsView)),
    useCount: useNone,
  },
  {
    id: 'findings',
    label: 'Findings',
    ...arriving(() => import('../findings/findings-view.tsx').then(({ FindingsView }) => FindingsView)),
    useCount: useFindingCount,
  },
  {
    id: 'rfc',
    label: 'RFC 8555',
    ...arriving(() => import('../rfc/rfc-view.tsx').then(({ RfcView }) => RfcView)),
    useCount: useNone,
  },
  {
    id: 'notes',
    label: 'Notes',
    ...arriving(() => import('../notes/notes-view.tsx').then(({ NotesView }) => NotesView)),
    useCount: useNotesWritten,
  },
]

/** The home view for an address that names none we have. */
export const viewOf = (id: string): View => views.find((view) => view.id === id) ?? flow

/** What is about no one recording, and so needs none. */
export interface Page extends Omit<View, 'useCount'> {}

export const pages: readonly Page[] = [
  {
    id: 'recordings',
    label: 'Recordings',
    ...arriving(() => import('../recordings/recordings-view.tsx').then(({ RecordingsView }) => RecordingsView)),
  },
  {
    id: 'setup',
    label: 'Set up a client',
    ...arriving(() => import('../start/setup-view.tsx').then(({ SetupView }) => SetupView)),
  },
]

/** Null for an address that names a view of a recording. */
export const pageOf = (id: string): Page | null => pages.find((page) => page.id === id) ?? null
