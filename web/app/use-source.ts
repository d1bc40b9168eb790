/** Opens the source that the address names. */
import { useEffect } from 'react'
import { goTo, type Place, readPlace, usePlace, writePlace } from '../session/location.ts'
import { forgetSource, openNothing, openSource, type Session, useSession } from '../session/session.ts'
import { isFile, isInTab, noteShown, useTabs } from '../session/tabs.ts'
import { recorderSource } from '../source/recorder-source.ts'
import { fileOf, forgetFile } from './open-file.ts'
import { isLive, listed, refreshShelf, useShelf } from './use-recordings.ts'
import { pageOf } from './views.tsx'

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

const FILE_GONE = {
  title: 'This file is not open any longer',
  message: 'A file that was dropped is read in the page only, and a reload forgets it.',
  fix: 'Drop it again; “Keep in recordings” has the recorder remember it.',
}

function open(key: string): void {
  const { source, trouble } = useSession.getState()
  if (source?.key === key && trouble === null) return
  const wanted = isFile(key)
    ? fileOf(key)
    : recorderSource(listed(key) ?? unlisted(key), { isLive: () => isLive(key), shelfChanged })
  if (wanted === undefined) openNothing(FILE_GONE)
  else openSource(wanted, isInTab)
}

const shelfChanged = (): void => void refreshShelf()

/** Opens what the address asks for, and keeps what the page knows of the recorder fresh. */
export function useSource(): void {
  const place = usePlace()
  const liveId = useShelf(({ recorder }) => recorder?.recording ?? null)
  useFreshShelf()
  useLasting(place, liveId)
  const wanted = place.recording ?? liveId
  const isListed = useShelf(({ recordings }) => recordings.some(({ id }) => id === wanted))

  // What was deleted while it was shown, and is in the list again, is opened again.
  useEffect(() => {
    if (wanted !== null && (isFile(wanted) || isListed || liveId !== null)) open(wanted)
  }, [wanted, liveId, isListed])

  useShownTab(place, wanted)
  useShelfNames()
}

function useFreshShelf(): void {
  const away = useShelf(({ trouble }) => trouble !== null)
  useEffect(() => {
    void refreshShelf()
    const look = () => !document.hidden && shelfChanged()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
    }
  }, [])
  useEffect(() => {
    if (!away) return
    const timer = setInterval(refreshShelf, RETRY_MS)
    return () => clearInterval(timer)
  }, [away])
}

const hasContent = ({ analysis }: Session): boolean => analysis.steps.length > 0 || analysis.connections.length > 0

/** Whoever looks at the recording being written looks at a recording: it stays when the recorder goes on in another one. */
function stay({ former, recorder }: ReturnType<typeof useShelf.getState>): void {
  const session = useSession.getState()
  const key = session.source?.key
  if (key === undefined || key === recorder?.recording) return
  if (session.state === 'live') useSession.setState({ state: 'ready' })
  const { recording, view } = readPlace(window.location.search)
  const isHere = recording === null && pageOf(view) === null
  if (isHere && key === former && hasContent(session)) goTo({ recording: key }, 'replace')
}

/** A link to a part of the recording being written names it: it may be another one tomorrow. */
function useLasting({ recording, step, order, object }: Place, liveId: string | null): void {
  const isAtPart = step !== null || order !== null || object !== null
  useEffect(() => useShelf.subscribe(stay), [])
  useEffect(() => {
    if (recording === null && isAtPart && liveId !== null) goTo({ recording: liveId }, 'replace')
  }, [recording, liveId, isAtPart])
}

/** The tab of what is shown keeps the place; what is in no tab any longer is let go of. */
function useShownTab(place: Place, wanted: string | null): void {
  const key = useSession(({ source }) => source?.key ?? null)
  const label = useSession(({ source, recording }) => recording?.name ?? source?.label ?? '')
  const isThere = key === wanted && pageOf(place.view) === null
  const search = writePlace({ ...place, recording: key })
  useEffect(() => {
    if (key !== null && isThere) noteShown({ key, label, search })
  }, [key, label, search, isThere])
  useEffect(
    () =>
      useTabs.subscribe(({ tabs }, before) => {
        for (const { key: closed } of before.tabs) {
          if (tabs.some((tab) => tab.key === closed)) continue
          forgetSource(closed)
          forgetFile(closed)
        }
      }),
    [],
  )
}

/** A recording may be renamed, or end, while nobody streams it. */
function useShelfNames(): void {
  const recordings = useShelf((shelf) => shelf.recordings)
  useEffect(() => {
    const { recording, source } = useSession.getState()
    const known = recordings.find(({ id }) => id === source?.key)
    if (known === undefined || recording === null) return
    if (known.name !== recording.name || known.endedAt !== recording.endedAt) useSession.setState({ recording: known })
  }, [recordings])
}
