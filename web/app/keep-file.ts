/** Has the recorder keep the file that is shown, and goes on in what it kept. */
import { notifications } from '@mantine/notifications'
import { goTo } from '../session/location.ts'
import { homeOf, renameTab } from '../session/tabs.ts'
import type { Source } from '../source/source.ts'
import { placeOf } from './open-recording.ts'
import { refreshShelf } from './use-recordings.ts'
import { wordsOf } from './words-of.ts'

export async function keepShown(source: Source): Promise<void> {
  try {
    const id = await source.keep?.()
    if (id === undefined) return
    await refreshShelf()
    renameTab(source.key, { key: id, label: source.label, search: homeOf(id) })
    goTo(placeOf(id), 'replace')
  } catch (error) {
    notifications.show({ color: 'red', title: `${source.label} was not kept`, message: wordsOf(error) })
  }
}
