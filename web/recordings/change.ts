/** Renames and deletes recordings; what was deleted can be taken back for a while. */
import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import type { RecordingSummary } from '../../shared/recording.ts'
import { shownText } from '../../shared/shown-text.ts'
import { refreshShelf, useShelf } from '../app/use-recordings.ts'
import { wordsOf } from '../app/words-of.ts'
import { closeTab } from '../session/tabs.ts'
import { deleteRecording, renameRecording, restoreRecording } from '../source/api.ts'
import { UndoNotice } from './undo-notice.tsx'

/** What the list says at once; the recorder's own list follows. */
const changeList = (how: (recordings: readonly RecordingSummary[]) => readonly RecordingSummary[]): void =>
  useShelf.setState(({ recordings }) => ({ recordings: how(recordings) }))

export async function rename({ id, name: before }: RecordingSummary, wanted: string): Promise<void> {
  const name = wanted.trim()
  if (name === '' || name === before) return
  changeList((all) => all.map((one) => (one.id === id ? { ...one, name } : one)))
  try {
    await renameRecording(id, name)
  } catch (error) {
    notifications.show({ color: 'red', title: `“${shownText(before)}” was not renamed`, message: wordsOf(error) })
  }
  await refreshShelf()
}

interface Undoable {
  readonly notice: string
  readonly ids: readonly string[]
}

/** What can be taken back, the latest last. */
let undoable: readonly Undoable[] = []

/** Deletes them and offers to take it back; what cannot be deleted is told, one by one. */
export async function remove(recordings: readonly RecordingSummary[]): Promise<void> {
  const gone: RecordingSummary[] = []
  let undoMs = 0
  for (const recording of recordings) {
    try {
      undoMs = (await deleteRecording(recording.id)).undoMs
      gone.push(recording)
    } catch (error) {
      notifications.show({
        color: 'red',
        title: `“${shownText(recording.name)}” was not deleted`,
        message: wordsOf(error),
      })
    }
  }
  const ids = gone.map(({ id }) => id)
  changeList((all) => all.filter(({ id }) => !ids.includes(id)))
  for (const id of ids) closeTab(id)
  if (gone.length > 0) offerUndo(gone, undoMs)
  await refreshShelf()
}

function offerUndo(gone: readonly RecordingSummary[], undoMs: number): void {
  const ids = gone.map(({ id }) => id)
  const notice = `deleted ${ids.join()}`
  const one: Undoable = { notice, ids }
  undoable = [...undoable, one]
  const [first] = gone
  const what = gone.length === 1 ? `“${first?.name}”` : `${gone.length} recordings`
  notifications.show({
    id: notice,
    autoClose: undoMs,
    withCloseButton: true,
    message: createElement(UndoNotice, { what, until: Date.now() + undoMs, undo: () => void undo(one) }),
    onClose: () => {
      undoable = undoable.filter((other) => other !== one)
    },
  })
}

async function undo({ notice, ids }: Undoable): Promise<void> {
  notifications.hide(notice)
  for (const id of ids) {
    try {
      await restoreRecording(id)
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not taken back', message: wordsOf(error) })
    }
  }
  await refreshShelf()
}

/** Takes the latest deletion back, where there is one that can be. */
export function undoLatest(): void {
  const latest = undoable.at(-1)
  if (latest !== undefined) void undo(latest)
}
