/** Opens the source that the address names. */
import { useEffect } from 'react'
import { atRecording, goTo, usePlace } from '../session/location.ts'
import { openSource, useSession } from '../session/session.ts'
import { fileSource } from '../source/file-source.ts'
import { recorderSource } from '../source/recorder-source.ts'
import type { Source } from '../source/source.ts'
import { refreshShelf, useShelf } from './use-recordings.ts'

const RETRY_MS = 2000

/** The recording by this id may be newer than the list; the stream tells when there is none. */
const unlisted = (id: string) => ({
  id,
  name: id,
  startedAt: '',
  source: 'live' as const,
  toolVersion: '',
  exchanges: 0,
  bytes: 0,
  origin: 'stored' as const,
})

/** Keeps the shelf fresh until the recorder has answered, and opens what the address asks for. */
export function useSource(): void {
  const { recording } = usePlace()
  const recorder = useShelf((shelf) => shelf.recorder)
  const away = useShelf((shelf) => shelf.trouble !== null)
  const wanted = recording ?? recorder?.recording ?? null

  useEffect(() => {
    void refreshShelf()
  }, [])

  useEffect(() => {
    if (!away) return
    const timer = setInterval(refreshShelf, RETRY_MS)
    return () => clearInterval(timer)
  }, [away])

  useEffect(() => {
    if (recording === null || !isFile(recording) || useSession.getState().source?.key === recording) return
    const file = files.get(recording)
    if (file === undefined) goTo(atRecording(null), 'replace')
    else openSource(file)
  }, [recording])

  useEffect(() => {
    if (wanted === null || recorder === null || isFile(wanted) || useSession.getState().source?.key === wanted) return
    const listed = useShelf.getState().recordings.find(({ id }) => id === wanted)
    openSource(recorderSource(listed ?? unlisted(wanted), wanted === recorder.recording))
  }, [wanted, recorder])
}

const isFile = (recording: string): boolean => recording.startsWith('file:')

/** Dropped files, for the browser's back and forward; a reload forgets them. */
const files = new Map<string, Source>()

/** Shows a dropped file in place of what was shown. */
export async function openFile(file: File): Promise<void> {
  const source = fileSource(file.name, await file.text())
  files.set(source.key, source)
  goTo(atRecording(source.key))
}

/** Shows a recording of the recorder's; null: the one being written. */
export const openRecording = (id: string | null): void => goTo(atRecording(id))
