/** The list by keyboard. */
import { useHotkeys } from '@mantine/hooks'
import type { RecordingSummary } from '../../shared/recording.ts'
import { openRecording, openRecordingInTab } from '../app/open-recording.ts'
import { isLive } from '../app/use-recordings.ts'
import { remove } from './change.ts'
import { canChange } from './rows.ts'
import { choose, setActive, startRenaming, toggleChosen, useList } from './use-list.ts'

/** Enter on a link or a button is theirs. */
const isTaken = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('a, button, [role="menu"], [role="dialog"]') !== null

const canDelete = (recording: RecordingSummary): boolean => canChange(recording) && !isLive(recording.id)

export function useListKeys(rows: readonly RecordingSummary[], show: (index: number) => void): void {
  const here = () => rows.find(({ id }) => id === useList.getState().active)
  const goToRow = (index: number) => {
    const at = Math.max(0, Math.min(index, rows.length - 1))
    setActive(rows[at]?.id ?? null)
    show(at)
  }
  const move = (by: number) => {
    const at = rows.findIndex(({ id }) => id === useList.getState().active)
    goToRow(at < 0 ? 0 : at + by)
  }
  const open = (event: KeyboardEvent, how: (id: string) => void) => {
    const recording = here()
    if (recording !== undefined && !isTaken(event)) how(recording.id)
  }
  const chosenOrHere = () => {
    const { chosen } = useList.getState()
    return (chosen.size > 0 ? rows.filter(({ id }) => chosen.has(id)) : [here()]).filter((one) => one !== undefined)
  }
  useHotkeys([
    ['j', () => move(1)],
    ['ArrowDown', () => move(1)],
    ['k', () => move(-1)],
    ['ArrowUp', () => move(-1)],
    ['Home', () => goToRow(0)],
    ['End', () => goToRow(rows.length - 1)],
    ['Enter', (event) => open(event, openRecording), { preventDefault: false }],
    ['shift+Enter', (event) => open(event, openRecordingInTab), { preventDefault: false }],
    [
      'F2',
      () => {
        const recording = here()
        if (recording !== undefined && canChange(recording)) startRenaming(recording.id)
      },
    ],
    [
      'x',
      () => {
        const recording = here()
        if (recording !== undefined && canDelete(recording)) toggleChosen(recording.id)
      },
    ],
    ['mod+A', () => choose(rows.filter(canDelete).map(({ id }) => id))],
    ['Escape', () => choose([]), { preventDefault: false }],
    ['Delete', () => removeAll(rows, chosenOrHere())],
  ])
}

/** Who deletes is at the next one then. */
export function removeAll(rows: readonly RecordingSummary[], recordings: readonly RecordingSummary[]): void {
  const ids = new Set(recordings.map(({ id }) => id))
  const last = rows.findLastIndex(({ id }) => ids.has(id))
  const next = rows.slice(last + 1).find(({ id }) => !ids.has(id)) ?? rows.findLast(({ id }) => !ids.has(id))
  setActive(next?.id ?? null)
  choose([])
  void remove(recordings)
}
