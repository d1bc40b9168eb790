/** Ways to another recording. */
import { atRecording, goTo, HOME_VIEW, type Place, readPlace } from '../session/location.ts'
import { openInTab } from '../session/tabs.ts'
import { isLive } from './use-recordings.ts'
import { pageOf } from './views.tsx'

/** Where a recording is looked at: in the view that is chosen, unless that is none of a recording. */
export function placeOf(id: string | null): Partial<Place> {
  const { view } = readPlace(window.location.search)
  const recording = id !== null && isLive(id) ? null : id
  return {
    ...atRecording(recording),
    panel: null,
    section: null,
    find: '',
    view: pageOf(view) === null ? view : HOME_VIEW,
  }
}

/** Shows a recording of the recorder's in place of what is shown; null: the one being written. */
export const openRecording = (id: string | null): void => goTo(placeOf(id))

export const openRecordingInTab = (id: string): void => openInTab(id, placeOf(id))
