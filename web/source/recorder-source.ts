/** A recording the recorder holds, finished or still being written. */
import type { Decoded } from '../../shared/acme/model.ts'
import type { Note, Recording, RecordingSummary } from '../../shared/recording.ts'
import {
  ApiFailure,
  deleteNote,
  fetchExchange,
  fetchHar,
  fetchRecordings,
  importHar,
  putNote,
  recordingPath,
} from './api.ts'
import type { ExportFormat, Notebook, Source, SourceListener, SourceTrouble } from './source.ts'
import { openStream, type StreamMessage } from './stream.ts'
import { createTurns } from './turns.ts'

const exportsOf = (id: string): readonly ExportFormat[] => [
  {
    label: 'HAR, redacted',
    hint: 'Credentials and personal data become stable placeholders. Safe to share.',
    href: `${recordingPath(id)}/export?format=har`,
    warning: false,
  },
  {
    label: 'HAR, raw',
    hint: 'Everything as captured, API tokens and cookies included. Keep it to yourself.',
    href: `${recordingPath(id)}/export?format=har&raw=1`,
    warning: true,
  },
]

const GONE: SourceTrouble = {
  title: 'This recording is not here',
  message: 'The recorder knows no recording by this id; it may have been deleted, or the link comes from elsewhere.',
  fix: 'Choose another recording above, or drop its HAR file here.',
}

const toTrouble = (failure: ApiFailure): SourceTrouble => ({
  title: 'The recorder refused',
  message: failure.message,
  fix: failure.fix || 'Open the address the recorder printed when it started.',
})

/** What only a plain request can tell (a stream's error carries no status); null while it may yet come back. */
async function whyLost(id: string): Promise<SourceTrouble | string | null> {
  try {
    const known = await fetchRecordings()
    return known.some((recording) => recording.id === id) ? null : GONE
  } catch (error) {
    if (!(error instanceof ApiFailure)) return null
    return error.status < 500 ? toTrouble(error) : `${error.message} ${error.fix}`
  }
}

/** What a recording of the recorder's needs to know of the page. */
export interface Surroundings {
  /** Whether it is the one being written now. */
  readonly isLive: () => boolean
  /** The recorder, or its list of recordings, is to be asked again. */
  readonly shelfChanged: () => void
}

function openRecorded(summary: RecordingSummary, { isLive, shelfChanged }: Surroundings) {
  let last: number | null = null
  return (listener: SourceListener, resumed: boolean): (() => void) => {
    let closed = false
    let wasLost = false
    const turns = createTurns()
    const takeIn = ({ event, data }: StreamMessage) => {
      if (event === 'recording') return listener.recording(JSON.parse(data) as Recording)
      if (event === 'notes') return listener.notes(JSON.parse(data) as readonly Note[])
      if (event === 'shelf') return shelfChanged()
      turns.add(() => {
        if (event === 'facts') listener.facts(JSON.parse(data) as readonly Decoded[])
        else listener.state(isLive() ? 'live' : 'ready')
      })
    }
    const lost = async (retryInMs: number) => {
      wasLost = true
      const outage = { nextTry: Date.now() + retryInMs, tryNow: () => stream.retryNow() }
      listener.state('reconnecting')
      listener.away({ ...outage, why: null })
      const why = await whyLost(summary.id)
      if (closed || why === null) return
      if (typeof why === 'string') return listener.away({ ...outage, why })
      close()
      listener.failed(why)
    }
    if (!resumed) {
      last = null
      listener.recording(summary)
      listener.state('connecting')
    }
    const stream = openStream({
      path: `${recordingPath(summary.id)}/stream`,
      after: last,
      events: ['notes', 'facts', 'ready', 'recording', 'shelf'],
      message: takeIn,
      // The recorder may be another one, that writes another recording.
      opened: () => wasLost && shelfChanged(),
      lost,
    })
    const close = () => {
      turns.finish()
      last = stream.revision()
      closed = true
      stream.close()
    }
    return close
  }
}

const notebookOf = (id: string): Notebook => ({
  put: (note, text) => putNote(id, note, text),
  remove: (note) => deleteNote(id, note),
})

export const recorderSource = (summary: RecordingSummary, surroundings: Surroundings): Source => ({
  key: summary.id,
  label: summary.name,
  exports: exportsOf(summary.id),
  notebook: summary.origin === 'example' ? null : notebookOf(summary.id),
  keep:
    summary.origin === 'example'
      ? async () => (await importHar(summary.name, await fetchHar(summary.id))).recording.id
      : null,
  open: openRecorded(summary, surroundings),
  exchange: (id) => fetchExchange(summary.id, id),
})
