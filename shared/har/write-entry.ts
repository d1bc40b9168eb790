/** One exchange → one entry of a HAR. */
import {
  type Body,
  type Exchange,
  type Failure,
  type Headers,
  headerValue,
  headerValues,
  type RequestMessage,
  type ResponseMessage,
  type Timings,
} from '../exchange.ts'
import { base64Length, byteLength } from './bytes.ts'
import type { HarContent, HarEntry, HarPair, HarRequest, HarResponse } from './model.ts'
import type { StoredBody, StoredExchange } from './stored.ts'

export const toEntry = (exchange: Exchange): HarEntry => ({
  startedDateTime: exchange.startedAt,
  ...toTimes(exchange.timings),
  request: toRequest(exchange.request),
  response: toResponse(exchange.response, exchange.failure),
  cache: {},
  _acmescope: toStored(exchange),
})

function toStored(exchange: Exchange): StoredExchange {
  const { id, sequence, state, inbound, client, timings, tls, failure, request, response } = exchange
  return {
    id,
    sequence,
    state,
    ...(inbound && { inbound }),
    client,
    timings,
    ...(tls && { tls }),
    ...(failure && { failure }),
    request: { body: toStoredBody(request.body) },
    response: response ? { body: toStoredBody(response.body) } : null,
  }
}

const toStoredBody = (body: Body): StoredBody => (body.kind === 'omitted' ? body : { kind: body.kind })

/** HAR wants all three and none negative, and `time` to be their sum: what was not measured apart counts as waiting. */
function toTimes({ send = 0, wait, receive = 0, total }: Timings): Pick<HarEntry, 'time' | 'timings'> {
  const waited = wait ?? Math.max(0, (total ?? 0) - send - receive)
  return { time: total ?? send + waited + receive, timings: { send, wait: waited, receive } }
}

const toRequest = (request: RequestMessage): HarRequest => ({
  method: request.method,
  url: request.url,
  httpVersion: request.httpVersion,
  cookies: headerValues(request.headers, 'cookie').flatMap((value) => value.split(';').map(toCookie)),
  headers: toPairs(request.headers),
  queryString: toQuery(request.url),
  ...toPostData(request),
  headersSize: -1,
  bodySize: bodySize(request.body),
})

function toPostData({ headers, body }: RequestMessage): Pick<HarRequest, 'postData' | '_content'> {
  const mimeType = headerValue(headers, 'content-type') ?? ''
  if (body.kind === 'text') return { postData: { mimeType, text: body.text } }
  if (body.kind === 'omitted') return { postData: { mimeType, text: '', comment: body.reason } }
  if (body.kind === 'empty') return {}
  return {
    postData: { mimeType, text: '', comment: 'no text: its bytes are in _content' },
    _content: { size: base64Length(body.base64), encoding: 'base64', text: body.base64 },
  }
}

const NO_RESPONSE: ResponseMessage = {
  status: 0,
  statusText: '',
  httpVersion: '',
  headers: [],
  body: { kind: 'omitted', bytes: null, reason: 'nothing was answered' },
}

const toResponse = (answered: ResponseMessage | undefined, failure: Failure | undefined): HarResponse => {
  const response = answered ?? NO_RESPONSE
  return {
    status: response.status,
    statusText: response.statusText,
    httpVersion: response.httpVersion,
    cookies: headerValues(response.headers, 'set-cookie').map(toCookie),
    headers: toPairs(response.headers),
    content: toContent(response),
    redirectURL:
      response.status >= 300 && response.status < 400 ? (headerValue(response.headers, 'location') ?? '') : '',
    headersSize: -1,
    bodySize: bodySize(response.body),
    ...(failure && { _error: `${failure.code}: ${failure.message}` }),
  }
}

function toContent({ headers, body }: ResponseMessage): HarContent {
  const mimeType = headerValue(headers, 'content-type') ?? ''
  const size = Math.max(0, bodySize(body))
  if (body.kind === 'text') return { size, mimeType, text: body.text }
  if (body.kind === 'base64') return { size, mimeType, text: body.base64, encoding: 'base64' }
  return body.kind === 'empty' ? { size, mimeType } : { size, mimeType, comment: body.reason }
}

function bodySize(body: Body): number {
  if (body.kind === 'text') return byteLength(body.text)
  if (body.kind === 'base64') return base64Length(body.base64)
  return body.kind === 'empty' ? 0 : (body.bytes ?? -1)
}

const toPairs = (headers: Headers): readonly HarPair[] => headers.map(([name, value]) => ({ name, value }))

/** Name and value; the attributes of a Set-Cookie are in its header. */
function toCookie(text: string): HarPair {
  const [pair = ''] = text.split(';', 1)
  const at = pair.indexOf('=')
  return { name: pair.slice(0, Math.max(0, at)).trim(), value: pair.slice(at + 1).trim() }
}

const toQuery = (url: string): readonly HarPair[] =>
  URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : []
