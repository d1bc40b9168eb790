/** The recorder and its recordings, asked again while it is away or as often as someone wants to know. */
import { create } from 'zustand'
import type { RecorderInfo, RecordingsList } from '../../shared/api.ts'
import { ApiFailure, fetchRecorder, fetchRecordings } from '../source/api.ts'
import type { SourceTrouble } from '../source/source.ts'

interface Shelf {
  readonly recorder: RecorderInfo | null
  readonly recordings: RecordingsList
  /** Why the recorder cannot be asked; null once it answered. */
  readonly trouble: SourceTrouble | null
}

export const useShelf = create<Shelf>(() => ({ recorder: null, recordings: [], trouble: null }))

const troubleOf = (error: unknown): SourceTrouble =>
  error instanceof ApiFailure
    ? { title: 'The recorder refused', message: error.message, fix: error.fix || 'Open the address it printed.' }
    : {
        title: 'No recorder here',
        message: 'Nothing answers at this address; it may have been stopped.',
        fix: 'Start it again with: acmescope. This page goes on by itself. A HAR file can be dropped here meanwhile.',
      }

/** Asks once; what was known before stays when nobody answers. */
export async function refreshShelf(): Promise<void> {
  try {
    const [recorder, recordings] = await Promise.all([fetchRecorder(), fetchRecordings()])
    useShelf.setState({ recorder, recordings, trouble: null })
  } catch (error) {
    useShelf.setState({ trouble: troubleOf(error) })
  }
}
