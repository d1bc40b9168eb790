/** The recorder's HTTP interface, as far as it answers at once. */
import type { ApiError, NoteText, RecorderInfo, RecordingsList } from '../../shared/api.ts'
import type { Exchange } from '../../shared/exchange.ts'
import type { Note, Recording } from '../../shared/recording.ts'

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

/** Makes a recording of a HAR file's text, and answers its id. */
export async function importHar(name: string, text: string): Promise<string> {
  const response = await ask(`/api/recordings?name=${encodeURIComponent(name)}`, { method: 'POST', body: text })
  const { recording } = (await response.json()) as { readonly recording: Recording }
  return recording.id
}
