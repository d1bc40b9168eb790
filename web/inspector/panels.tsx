/** The inspector's tabs, in order: a new panel is a component and one row. A tab exists when there is something to show. */
import { NotesPanel, useStepNotes } from '../notes/notes-panel.tsx'
import { CertificatePanel, carriedBy } from './certificate-panel.tsx'
import { CsrPanel } from './csr-panel.tsx'
import { DecodedPanel } from './decoded-panel.tsx'
import { JwsPanel } from './jws-panel.tsx'
import { RequestPanel, ResponsePanel } from './message-panel.tsx'
import type { Panel } from './panel.ts'
import { ReferencePanel } from './reference-panel.tsx'
import { SummaryPanel } from './summary-panel.tsx'
import { TimingPanel } from './timing-panel.tsx'

export const panels: readonly Panel[] = [
  { id: 'summary', label: 'Summary', applies: () => true, Component: SummaryPanel },
  { id: 'decoded', label: 'Decoded', applies: () => true, Component: DecodedPanel },
  { id: 'jws', label: 'JWS', applies: ({ decoded }) => decoded.jws !== null, Component: JwsPanel },
  { id: 'request', label: 'Request', applies: () => true, Component: RequestPanel },
  { id: 'response', label: 'Response', applies: () => true, Component: ResponsePanel },
  { id: 'csr', label: 'CSR', applies: ({ decoded }) => decoded.csr !== null, Component: CsrPanel },
  {
    id: 'certificate',
    label: 'Certificate',
    applies: (step) => carriedBy(step) !== null,
    Component: CertificatePanel,
  },
  { id: 'timing', label: 'Timing', applies: () => true, Component: TimingPanel },
  { id: 'rfc', label: 'RFC', applies: ({ references }) => references.length > 0, Component: ReferencePanel },
  { id: 'notes', label: 'Notes', applies: () => true, useCount: useStepNotes, Component: NotesPanel },
]
