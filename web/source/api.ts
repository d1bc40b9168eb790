/** The recorder's HTTP interface, as far as it answers at once. */
import type {
  ApiError,
  NoteText,
  RecorderInfo,
  RecordingBegun,
  RecordingDeleted,
  RecordingImported,
  RecordingPeers,
  RecordingsList,
  SearchAnswer,
} from '../../shared/api.ts'
import type { Exchange } from '../../shared/exchange.ts'
import type { Note, RecordingSummary } from '../../shared/recording.ts'

/** An answer of 4xx or 5xx, in the recorder's own words where it gave some. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number
  readonly fix: string

  constructor(status: number, message: string, fix: string) {
    super(message)
    this.status = status
    this.fix = fix
  }
}

const isApiError = (value: unknown): value is ApiError =>
  typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'object'

async function toFailure(response: Response): Promise<ApiFailure> {
  const body: unknown = await response.json().catch(() => null)
  if (isApiError(body)) return new ApiFailure(response.status, body.error.message, body.error.fix)
  return new ApiFailure(response.status, `The recorder answered ${response.status}.`, '')
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init)
  if (!response.ok) throw await toFailure(response)
  return response
}

const get = async <T>(path: string): Promise<T> => (await ask(path)).json() as Promise<T>

const post = async <T>(path: string, body?: Blob | string): Promise<T> =>
  (await ask(path, { method: 'POST', ...(body !== undefined && { body }) })).json() as Promise<T>

export const recordingPath = (recording: string): string => `/api/recordings/${encodeURIComponent(recording)}`

export const fetchRecorder = (): Promise<RecorderInfo> => get<RecorderInfo>('/api/recorder')

export const fetchRecordings = (): Promise<RecordingsList> => get<RecordingsList>('/api/recordings')

export const fetchExchange = (recording: string, exchange: string): Promise<Exchange> =>
  get<Exchange>(`${recordingPath(recording)}/exchanges/${encodeURIComponent(exchange)}`)

const notePath = (recording: string, note: string): string =>
  `${recordingPath(recording)}/notes/${encodeURIComponent(note)}`

export const putNote = async (recording: string, note: string, text: NoteText): Promise<Note> =>
  (await ask(notePath(recording, note), { method: 'PUT', body: JSON.stringify(text) })).json() as Promise<Note>

export const deleteNote = async (recording: string, note: string): Promise<void> => {
  await ask(notePath(recording, note), { method: 'DELETE' })
}

/** With everything in it. */
export const fetchHar = async (recording: string): Promise<string> =>
  (await ask(`${recordingPath(recording)}/export?format=har&raw=1`)).text()

/** Makes a recording of a HAR file. */
export const importHar = (fileName: string, file: Blob | string): Promise<RecordingImported> =>
  post(`/api/recordings?name=${encodeURIComponent(fileName.replace(/\.har$/i, ''))}`, file)

/** Goes on in a new recording. */
export const beginRecording = (): Promise<RecordingBegun> => post('/api/recordings/new')

export const renameRecording = async (recording: string, name: string): Promise<void> => {
  await ask(recordingPath(recording), { method: 'PATCH', body: JSON.stringify({ name }) })
}

export const deleteRecording = async (recording: string): Promise<RecordingDeleted> =>
  (await ask(recordingPath(recording), { method: 'DELETE' })).json() as Promise<RecordingDeleted>

export const restoreRecording = (recording: string): Promise<RecordingSummary> =>
  post(`${recordingPath(recording)}/restore`)

export const fetchPeers = (recording: string): Promise<RecordingPeers> =>
  get<RecordingPeers>(`${recordingPath(recording)}/peers`)

export const searchRecordings = async (words: string, signal: AbortSignal): Promise<SearchAnswer> =>
  (await ask(`/api/search?q=${encodeURIComponent(words)}`, { signal })).json() as Promise<SearchAnswer>
