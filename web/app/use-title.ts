/** The title of the browser's tab: which recording, which view. */
import { useEffect } from 'react'
import { shownText } from '../../shared/shown-text.ts'
import { usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { pageOf, viewOf } from './views.tsx'

export function useTitle(): void {
  const { view } = usePlace()
  const page = pageOf(view)
  const name = useSession(({ recording, source }) => recording?.name ?? source?.label ?? '')
  const parts = page === null ? [name, viewOf(view).label] : [page.label]
  const title = shownText([...parts, 'acmescope'].filter(Boolean).join(' · '))
  useEffect(() => {
    document.title = title
  }, [title])
}
