/** The recorder and its recordings, asked again while it is away or as often as someone wants to know. */
import { create } from 'zustand'
import type { RecorderInfo, RecordingsList } from '../../shared/api.ts'
import type { RecordingSummary } from '../../shared/recording.ts'
import { ApiFailure, fetchRecorder, fetchRecordings } from '../source/api.ts'
import type { SourceTrouble } from '../source/source.ts'

interface Shelf {
  readonly recorder: RecorderInfo | null
  readonly recordings: RecordingsList
  /** Why the recorder cannot be asked; null once it answered. */
  readonly trouble: SourceTrouble | null
  /** The recording that was being written until another took over while this page was open; null when none was. */
  readonly former: string | null
}

export const useShelf = create<Shelf>(() => ({ recorder: null, recordings: [], trouble: null, former: null }))

const troubleOf = (error: unknown): SourceTrouble =>
  error instanceof ApiFailure
    ? { title: 'The recorder refused', message: error.message, fix: error.fix || 'Open the address it printed.' }
    : {
        title: 'No recorder here',
        message: 'Nothing answers at this address; it may have been stopped.',
        fix: 'Start it again with: acmescope. This page goes on by itself. A HAR file can be dropped here meanwhile.',
      }

/** Takes over what the recorder answered. */
export function putRecorder(recorder: RecorderInfo): void {
  const before = useShelf.getState().recorder?.recording ?? null
  const former = before !== null && before !== recorder.recording ? { former: before } : {}
  useShelf.setState({ recorder, ...former })
}

let asking: Promise<void> | null = null
let isStale = false

async function ask(): Promise<void> {
  try {
    const [recorder, recordings] = await Promise.all([fetchRecorder(), fetchRecordings()])
    putRecorder(recorder)
    useShelf.setState({ recordings, trouble: null })
  } catch (error) {
    useShelf.setState({ trouble: troubleOf(error) })
  }
}

async function askUntilFresh(): Promise<void> {
  do {
    isStale = false
    await ask()
  } while (isStale)
  asking = null
}

/** Asks, once more where it is being asked already; what was known before stays when nobody answers. */
export function refreshShelf(): Promise<void> {
  isStale = asking !== null
  asking ??= askUntilFresh()
  return asking
}

/** The recording being written. */
export const useLiveId = (): string | null => useShelf(({ recorder }) => recorder?.recording ?? null)

export const isLive = (id: string): boolean => useShelf.getState().recorder?.recording === id

export const listed = (id: string): RecordingSummary | undefined =>
  useShelf.getState().recordings.find((recording) => recording.id === id)
