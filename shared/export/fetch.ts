/** A recorded request → the call of `fetch` that sends the same once more, for a browser's console or Node. */
import type { Body, HeaderField, RequestMessage } from '../exchange.ts'
import { bodyBase64, oneLine, sendable, sendableUrl } from './sendable.ts'

/**
 * One statement, and before it in comments what is to be known of it. A browser replaces some headers by its own.
 * @param remarks of the caller's, each a line
 */
export function toFetch(request: RequestMessage, remarks: readonly string[] = []): string {
  const { body, method } = request
  const { headers, remarks: own } = sendable(request)
  const url = sendableUrl(request.url)
  const told = [
    ...remarks,
    ...own,
    ...(isBodiless(method, body) ? [] : [`without its body, as fetch sends none by ${method}`]),
  ]
  const comments = told.map((remark) => `// ${oneLine(remark)}`)
  if (url === null) return [...comments, '// no fetch: the URL is no web address'].join('\n')
  const sent = headers.filter(isByteString)
  const members = [
    `  method: ${literal(method)},`,
    ...(sent.length ? ['  headers: [', ...sent.map((field) => `    ${fieldOf(field)},`), '  ],'] : []),
    ...bodyOf(method, body),
  ]
  return [...comments, `await fetch(${literal(url)}, {`, ...members, '})'].join('\n')
}

/** A JavaScript string; JSON's is one since ES2019, and the two line separators are escaped for who reads it by lines. */
const literal = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (separator) => (separator === '\u2028' ? '\\u2028' : '\\u2029'))

const fieldOf = ([name, value]: HeaderField): string => `[${literal(name)}, ${literal(value)}]`

/** `fetch` refuses the whole request for another one. */
const isByteString = ([, value]: HeaderField): boolean => /^[\0-\xff]*$/.test(value)

const isBodiless = (method: string, { kind }: Body): boolean =>
  !(method === 'GET' || method === 'HEAD') || (kind !== 'text' && kind !== 'base64')

function bodyOf(method: string, body: Body): readonly string[] {
  if (method === 'GET' || method === 'HEAD') return []
  if (body.kind === 'text') return [`  body: ${literal(body.text)},`]
  if (body.kind !== 'base64') return []
  return [`  body: Uint8Array.from(atob(${literal(bodyBase64(body))}), (character) => character.charCodeAt(0)),`]
}
