/** The views, in the order of their tabs: a new view is a component and one row. */
import { type ComponentType, lazy } from 'react'
import { SEVERITIES, type Severity } from '../../shared/finding.ts'
import { useFindings } from '../findings/use-findings.ts'
import { FlowView } from '../flow/flow-view.tsx'
import { useNoteCount } from '../notes/use-notes.ts'
import { useSession } from '../session/session.ts'
import type { Tone } from '../theme/tone.ts'

export interface View {
  /** As the address holds it. */
  readonly id: string
  readonly label: string
  readonly Component: ComponentType
  /** What stands beside the label; null where nothing is ever counted. A hook of the tab. */
  readonly useCount: () => Count | null
}

export interface Count {
  readonly number: number
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
  const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity))
  return { number: findings.length, tone: tones[worst ?? 'info'] }
}

const flow: View = { id: 'flow', label: 'Flow', Component: FlowView, useCount: useNone }

/** Of a recording. All but the home view arrive when they are first looked at. */
export const views: readonly View[] = [
  flow,
  {
    id: 'exchanges',
    label: 'Exchanges',
    Component: lazy(() =>
      import('../exchanges/exchanges-view.tsx').then(({ ExchangesView }) => ({ default: ExchangesView })),
    ),
    useCount: useSteps,
  },
  {
    id: 'objects',
    label: 'Objects',
    Component: lazy(() => import('../objects/objects-view.tsx').then(({ ObjectsView }) => ({ default: ObjectsView }))),
    useCount: useNone,
  },
  {
    id: 'findings',
    label: 'Findings',
    Component: lazy(() =>
      import('../findings/findings-view.tsx').then(({ FindingsView }) => ({ default: FindingsView })),
    ),
    useCount: useFindingCount,
  },
  {
    id: 'rfc',
    label: 'RFC 8555',
    Component: lazy(() => import('../rfc/rfc-view.tsx').then(({ RfcView }) => ({ default: RfcView }))),
    useCount: useNone,
  },
  {
    id: 'notes',
    label: 'Notes',
    Component: lazy(() => import('../notes/notes-view.tsx').then(({ NotesView }) => ({ default: NotesView }))),
    useCount: useNotesWritten,
  },
]

/** The home view for an address that names none we have. */
export const viewOf = (id: string): View => views.find((view) => view.id === id) ?? flow

/** What is about no one recording, and so needs none. */
export interface Page extends Pick<View, 'id' | 'label' | 'Component'> {}

export const pages: readonly Page[] = [
  {
    id: 'recordings',
    label: 'Recordings',
    Component: lazy(() =>
      import('../recordings/recordings-view.tsx').then(({ RecordingsView }) => ({ default: RecordingsView })),
    ),
  },
  {
    id: 'setup',
    label: 'Set up a client',
    Component: lazy(() => import('../start/setup-view.tsx').then(({ SetupView }) => ({ default: SetupView }))),
  },
]

/** Null for an address that names a view of a recording. */
export const pageOf = (id: string): Page | null => pages.find((page) => page.id === id) ?? null
