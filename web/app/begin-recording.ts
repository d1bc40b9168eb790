/** Has the recorder go on in a new recording, and looks at it. */
import { notifications } from '@mantine/notifications'
import { goTo } from '../session/location.ts'
import { beginRecording } from '../source/api.ts'
import { placeOf } from './open-recording.ts'
import { refreshShelf, useShelf } from './use-recordings.ts'
import { wordsOf } from './words-of.ts'

export async function beginNewRecording(): Promise<void> {
  try {
    const recorder = await beginRecording()
    useShelf.setState({ recorder, former: null })
    goTo(placeOf(null))
    await refreshShelf()
  } catch (error) {
    notifications.show({ color: 'red', title: 'No new recording was begun', message: wordsOf(error) })
  }
}
