/** The key `n`: a note on what is selected, or on the recording. */
import { pageOf } from '../app/views.tsx'
import { goTo, readPlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { beginDraft } from './drafts.ts'

export function writeNote(): void {
  const { source, analysis } = useSession.getState()
  if (source === null || (analysis.steps.length === 0 && analysis.connections.length === 0)) return
  const { step, view } = readPlace(window.location.search)
  if (pageOf(view) !== null) return
  if (source.notebook !== null) beginDraft(source.key, step)
  goTo(step === null ? { view: 'notes' } : { panel: 'notes' })
}
