/** Keys that work in every view. */
import { useHotkeys } from '@mantine/hooks'
import { spotlight } from '@mantine/spotlight'
import { focusFilter } from '../exchanges/filter-focus.ts'
import { writeNote } from '../notes/write-note.ts'
import { focusFinder } from '../objects/finder-focus.ts'
import { undoLatest } from '../recordings/change.ts'
import { focusSearch } from '../recordings/search-focus.ts'
import { goTo, readPlace, select } from '../session/location.ts'
import { stepTab } from '../session/tabs.ts'
import { showKeys } from './keys-dialog.tsx'
import { pageOf, views } from './views.tsx'

/** A menu or dialog that is open takes Escape for itself. */
const isOverlaid = (): boolean => document.querySelector('[role="menu"], [role="dialog"]') !== null

export function useAppKeys(): void {
  // Not the palette's own: that is loaded a moment later, and until then the browser would take the keys.
  useHotkeys([['mod+K', spotlight.toggle]], [], true)
  useHotkeys([
    ['Escape', () => !isOverlaid() && select(null), { preventDefault: false }],
    ['n', writeNote],
    ['shift+{', () => stepTab(-1)],
    ['shift+}', () => stepTab(1)],
    ['mod+Z', undoLatest],
    ['shift+?', showKeys],
    ['?', showKeys],
    [
      '/',
      () => {
        const { view } = readPlace(window.location.search)
        if (pageOf(view)?.id === 'recordings') return focusSearch()
        if (view === 'objects') return focusFinder()
        goTo({ view: 'exchanges' })
        focusFilter()
      },
    ],
    ...views.map((view, index) => [String(index + 1), () => goTo({ view: view.id })] as [string, () => void]),
  ])
}
