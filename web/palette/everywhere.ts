/** What can be gone to from anywhere: views, pages, recordings, sections of the documents. */
import { outlines, sectionAddress } from '../../shared/acme/registry/outline.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { placeOf } from '../app/open-recording.ts'
import { factsOf } from '../app/recording-facts.ts'
import { isLive, useShelf } from '../app/use-recordings.ts'
import { pages, views } from '../app/views.tsx'
import type { Entry } from './entry.ts'
import { placeEntry } from './recorded.ts'

export const places = (): readonly Entry[] => [
  ...views.map(({ id, label }, at) => placeEntry(`view ${id}`, label, `key ${at + 1}`, 'view', { view: id })),
  ...pages.map(({ id, label }) => placeEntry(`page ${id}`, label, '', 'page', { view: id })),
]

export const recordings = (): readonly Entry[] =>
  useShelf.getState().recordings.map((recording) => {
    const { id, name } = recording
    return placeEntry(`recording ${id}`, name, factsOf(recording, isLive(id)), `${id} recording`, placeOf(id))
  })

let known: readonly Entry[] | null = null

export function sections(): readonly Entry[] {
  known ??= outlines.flatMap(({ sections: all }) =>
    all.map(({ reference }) =>
      placeEntry(
        `section ${reference.document} ${reference.section}`,
        `${shortCitationOf(reference)} ${reference.title}`,
        reference.document,
        `${reference.section} rfc`,
        { view: 'rfc', section: sectionAddress(reference) },
      ),
    ),
  )
  return known
}
