/** A message as HTTP/1.1 writes one down, whatever version it was sent in: for a bug report or a diff. */
import type { Body, Exchange, Headers, RequestMessage, ResponseMessage } from '../exchange.ts'
import { bodyBytes } from './sendable.ts'

export const requestText = ({ method, url, httpVersion, headers, body }: RequestMessage): string =>
  messageText(`${method} ${url} ${httpVersion}`, headers, body)

export const responseText = ({ status, statusText, httpVersion, headers, body }: ResponseMessage): string =>
  messageText(`${httpVersion} ${status} ${statusText}`.trimEnd(), headers, body)

/** Request and answer, an empty line between them; what never came is said. */
export const exchangeText = ({ request, response, failure }: Exchange): string =>
  [
    requestText(request),
    response ? responseText(response) : `(no answer${failure ? `: ${failure.code} ${failure.message}` : ''})`,
  ].join('\n\n')

export const headersText = (headers: Headers): string => headers.map(([name, value]) => `${name}: ${value}`).join('\n')

const messageText = (start: string, headers: Headers, body: Body): string =>
  [start, ...(headers.length ? [headersText(headers)] : []), '', bodyText(body)].join('\n').trimEnd()

function bodyText(body: Body): string {
  if (body.kind === 'text') return body.text
  if (body.kind === 'base64') return `(${bodyBytes(body).length} bytes, as base64)\n${body.base64}`
  return body.kind === 'omitted' ? `(body not recorded: ${body.reason})` : ''
}
