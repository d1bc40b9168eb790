/** One entry of a HAR, anyone's → an exchange. Tolerant: what cannot be read is noted in words and left open. */
import { isObject } from '../acme/json.ts'
import type { JsonObject } from '../acme/model.ts'
import type {
  Exchange,
  Failure,
  FailureStage,
  HeaderField,
  Headers,
  RequestMessage,
  ResponseMessage,
  Timings,
} from '../exchange.ts'
import { countOf, type Note, objectOf, textOf } from './fields.ts'
import { rawRequestText, readRequestBody, readResponseBody, restoreBody } from './read-body.ts'
import { type StoredExchange, storedExchange } from './stored.ts'

/**
 * Reads an entry; null, with a note, when there is no telling what was asked for.
 * @param sequence its place among the entries, from 1: its sequence number and its id unless the entry knows better
 * @param before start of the entry before, for one that does not tell its own
 */
export function readEntry(entry: unknown, sequence: number, before: string, note: Note): Exchange | null {
  if (!isObject(entry)) return skip(note, 'it is no object')
  if (!isObject(entry.request)) return skip(note, 'it has no request')
  if (typeof entry.request.url !== 'string') return skip(note, 'its request has no URL')
  const stored = readStored(entry, note)
  const request = readRequest(entry.request, entry.request.url, stored, note)
  const base = { kind: 'exchange', startedAt: readStart(entry, before, note), request } as const
  const response = readResponse(entry, request.method, stored, note)
  if (stored) {
    const { request: _, response: __, ...rest } = stored
    return { ...rest, ...base, ...(response && { response }) }
  }
  return {
    ...base,
    id: `har-${sequence}`,
    sequence,
    client: { address: null, port: null },
    state: 'complete',
    timings: readTimings(entry),
    ...(response && { response }),
    ...toFailure(saidError(entry), response !== null),
  }
}

function skip(note: Note, why: string): null {
  note(`${why}, skipped`)
  return null
}

function readStored(entry: JsonObject, note: Note): StoredExchange | null {
  if (entry._acmescope === undefined) return null
  const { success, data } = storedExchange.safeParse(entry._acmescope)
  if (!success) note('its _acmescope part cannot be read, taken as any other entry')
  return data ?? null
}

/** Years of four digits, as ISO 8601 writes them: whoever shows a time takes it apart by its places. */
const FIRST_DATE = Date.parse('0001-01-01T00:00:00Z')
const LAST_DATE = Date.parse('9999-12-31T23:59:59.999Z')

function readStart(entry: JsonObject, before: string, note: Note): string {
  const at = typeof entry.startedDateTime === 'string' ? Date.parse(entry.startedDateTime) : Number.NaN
  if (at >= FIRST_DATE && at <= LAST_DATE) return new Date(at).toISOString()
  note('its startedDateTime cannot be read, kept as that of the entry before')
  return before
}

function readRequest(request: JsonObject, url: string, stored: StoredExchange | null, note: Note): RequestMessage {
  const body = readRequestBody(request, note)
  return {
    method: textOf(request, 'method', '?', note),
    url,
    httpVersion: readVersion(request, stored, note),
    headers: readHeaders(request, 'request', note),
    body: stored ? restoreBody(body, rawRequestText(request), stored.request.body) : body,
  }
}

/** Status 0 is how HAR says that no answer came, unless we wrote it and know better. */
function readResponse(
  entry: JsonObject,
  method: string,
  stored: StoredExchange | null,
  note: Note,
): ResponseMessage | null {
  const response = objectOf(entry, 'response', note)
  const status = statusOf(response.status)
  if (stored ? stored.response === null : status === 0 || !Number.isInteger(status)) return null
  const headers = readHeaders(response, 'response', note)
  const body = readResponseBody(response, headers, method, note)
  const raw = isObject(response.content) && typeof response.content.text === 'string' ? response.content.text : null
  return {
    status: Number.isInteger(status) ? status : 0,
    statusText: textOf(response, 'statusText', '', note),
    httpVersion: readVersion(response, stored, note),
    headers,
    body: stored?.response ? restoreBody(body, raw, stored.response.body) : body,
  }
}

/** NaN for what is neither a number nor its digits. */
function statusOf(value: unknown): number {
  if (value === undefined || value === null) return 0
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
}

/** `h2`, `http/2.0` (Chrome), `HTTP/2` (Firefox) are one thing. */
function readVersion(message: JsonObject, stored: StoredExchange | null, note: Note): string {
  const version = textOf(message, 'httpVersion', '', note)
  if (stored) return version
  const number = /^(?:http\/|h)(1\.0|1\.1|2|3)(?:\.0)?$/i.exec(version)?.[1]
  return number ? `HTTP/${number}` : version
}

function readHeaders(message: JsonObject, whose: string, note: Note): Headers {
  const list = message.headers ?? []
  if (!Array.isArray(list)) {
    note(`the headers of its ${whose} are no list, left out`)
    return []
  }
  const fields = list.map(readHeader)
  const lost = fields.filter((field) => field === null).length
  if (lost) note(`${lost} of the headers of its ${whose} cannot be read, left out`)
  return fields.filter((field) => field !== null)
}

function readHeader(field: unknown): HeaderField | null {
  if (!isObject(field) || typeof field.name !== 'string') return null
  if (typeof field.value === 'string') return [field.name, field.value]
  return typeof field.value === 'number' ? [field.name, String(field.value)] : null
}

/** `time` is the whole; a writer that does not know it says -1, or nothing. */
function readTimings(entry: JsonObject): Timings {
  const stages = isObject(entry.timings) ? entry.timings : {}
  const [send, wait, receive] = [countOf(stages, 'send'), countOf(stages, 'wait'), countOf(stages, 'receive')]
  const known = [send, wait, receive].filter((stage) => stage !== null)
  const total = countOf(entry, 'time') ?? (known.length ? known.reduce((sum, stage) => sum + stage, 0) : null)
  return {
    ...(send !== null && { send }),
    ...(wait !== null && { wait }),
    ...(receive !== null && { receive }),
    ...(total !== null && { total }),
  }
}

/** Chrome's `net::ERR_…` names, by what they begin with after `ERR_`. */
const STAGES: readonly (readonly [beginning: string, stage: FailureStage])[] = [
  ['NAME_', 'upstream-dns'],
  ['DNS_', 'upstream-dns'],
  ['CERT_', 'upstream-tls'],
  ['SSL_', 'upstream-tls'],
  ['CONNECTION_', 'upstream-connect'],
  ['ADDRESS_', 'upstream-connect'],
  ['HTTP2_', 'upstream-http'],
  ['EMPTY_RESPONSE', 'upstream-http'],
]

/** Chrome, Firefox and others each have a place for it. */
function saidError(entry: JsonObject): string | null {
  const response = isObject(entry.response) ? entry.response : {}
  const said = [response._error, entry._error, entry._upstreamError].find((text) => typeof text === 'string' && text)
  return typeof said === 'string' ? said : null
}

function toFailure(said: string | null, answered: boolean): { readonly failure?: Failure } {
  if (said === null && answered) return {}
  if (said === null) return { failure: { stage: 'aborted', code: 'NO_RESPONSE', message: 'The file holds no answer.' } }
  const name = /ERR_([A-Z0-9_]+)/.exec(said)?.[1]
  const stage = STAGES.find(([beginning]) => name?.startsWith(beginning))?.[1] ?? 'aborted'
  return { failure: { stage, code: name ? `ERR_${name}` : 'NO_RESPONSE', message: said.slice(0, 500) } }
}
