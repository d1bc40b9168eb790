/** HAR's postData and content → Body. What is not there is said to be missing, never taken for empty. */
import { isDeeper, isObject, listField, MAX_LEVELS, stringField } from '../acme/json.ts'
import type { JsonObject } from '../acme/model.ts'
import { type Body, EMPTY_BODY, type Headers, headerValue } from '../exchange.ts'
import { decodeBase64, decodeText } from './bytes.ts'
import { countOf, type Note } from './fields.ts'
import type { StoredBody } from './stored.ts'

/** A body that was written by us comes back as the kind it had. */
export function restoreBody(found: Body, raw: string | null, stored: StoredBody): Body {
  if (stored.kind === 'omitted') return stored
  if (stored.kind === 'empty') return EMPTY_BODY
  if (stored.kind === 'base64') return raw === null ? found : { kind: 'base64', base64: raw }
  return found.kind === 'empty' ? { kind: 'text', text: '' } : found
}

/** The text of a body as the file holds it, encoded or not. */
export function rawRequestText(request: JsonObject): string | null {
  const encoded = isObject(request._content) ? request._content.text : undefined
  if (typeof encoded === 'string') return encoded
  return isObject(request.postData) && typeof request.postData.text === 'string' ? request.postData.text : null
}

/**
 * Reads `request.postData`; or `request._content`, which writers use for bytes that are no text (HTTP Toolkit, and we).
 */
export function readRequestBody(request: JsonObject, note: Note): Body {
  if (isObject(request._content) && typeof request._content.text === 'string') return readText(request._content, note)
  if (isObject(request.postData)) {
    const body = readText(request.postData, note)
    if (body.kind !== 'empty') return body
    const params = listField(request.postData, 'params')
    if (params.length) return fromParams(request.postData, params, note)
  }
  const size = countOf(request, 'bodySize')
  return size ? missing(size) : EMPTY_BODY
}

/** Some writers give a form's fields only. */
function fromParams(postData: JsonObject, params: readonly unknown[], note: Note): Body {
  if (stringField(postData, 'mimeType')?.toLowerCase().startsWith('multipart/')) {
    return { kind: 'omitted', bytes: null, reason: 'the file holds its form fields only' }
  }
  note('the body of its request was put together from its form fields')
  const fields = params.filter(isObject).map(({ name, value }) => [plainText(name), plainText(value)])
  return { kind: 'text', text: new URLSearchParams(fields).toString() }
}

/** Nothing of what is no text: to ask an object for one is to run what the file says its `toString` is. */
const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

/** Reads `response.content`. An answer to HEAD has a Content-Length and no body (RFC 9110 §9.3.2). */
export function readResponseBody(response: JsonObject, headers: Headers, method: string, note: Note): Body {
  const content = isObject(response.content) ? response.content : {}
  const body = readText(content, note)
  if (body.kind !== 'empty' || method === 'HEAD') return body
  const size = countOf(content, 'size') || countOf(response, 'bodySize') || declaredLength(headers, response.status)
  return size ? missing(size) : EMPTY_BODY
}

function declaredLength(headers: Headers, status: unknown): number | null {
  if (status === 204 || status === 304) return null
  const length = Number(headerValue(headers, 'content-length') ?? Number.NaN)
  return Number.isSafeInteger(length) && length > 0 ? length : null
}

const missing = (bytes: number): Body => ({ kind: 'omitted', bytes, reason: 'the file does not hold it' })

function readText(content: JsonObject, note: Note): Body {
  const { text, encoding } = content
  if (text === undefined || text === null || text === '') return EMPTY_BODY
  if (typeof text !== 'string') {
    if (isDeeper(text, MAX_LEVELS)) return { kind: 'omitted', bytes: null, reason: 'no text, and nested too deeply' }
    note('a body is no text, kept as JSON')
    return { kind: 'text', text: JSON.stringify(text) }
  }
  if (typeof encoding !== 'string' || encoding === '') return { kind: 'text', text }
  if (encoding.toLowerCase() === 'base64') return fromBase64(text, note)
  note(`a body is said to be encoded as ${encoding.slice(0, 40)}, kept as it stands`)
  return { kind: 'text', text }
}

/** Text is text, however the file wrote it down. */
function fromBase64(base64: string, note: Note): Body {
  const bytes = decodeBase64(base64)
  if (!bytes) {
    note('a body is said to be base64 and is not, left out')
    return { kind: 'omitted', bytes: null, reason: 'its base64 in the file cannot be decoded' }
  }
  const text = decodeText(bytes)
  return text === null ? { kind: 'base64', base64 } : { kind: 'text', text }
}
