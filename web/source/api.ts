/** The recorder's HTTP interface, as far as it answers at once. */
import type { ApiError, RecorderInfo, RecordingsList } from '../../shared/api.ts'
import type { Exchange } from '../../shared/exchange.ts'

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
