/** Keys that work in every view. */
import { useHotkeys } from '@mantine/hooks'
import { focusFilter } from '../exchanges/filter-focus.ts'
import { writeNote } from '../notes/write-note.ts'
import { goTo, select } from '../session/location.ts'
import { showKeys } from './keys-dialog.tsx'
import { views } from './views.tsx'

/** A menu or dialog that is open takes Escape for itself. */
const isOverlaid = (): boolean => document.querySelector('[role="menu"], [role="dialog"]') !== null

export function useAppKeys(): void {
  useHotkeys([
    ['Escape', () => !isOverlaid() && select(null), { preventDefault: false }],
    ['n', writeNote],
    ['shift+?', showKeys],
    ['?', showKeys],
    [
      '/',
      () => {
        goTo({ view: 'exchanges' })
        focusFilter()
      },
    ],
    ...views.map((view, index) => [String(index + 1), () => goTo({ view: view.id })] as [string, () => void]),
  ])
}
