/** A recorded request → the curl command that sends the same once more, for a POSIX shell. */
import type { Body, HeaderField, RequestMessage } from '../exchange.ts'
import { shellQuoted } from '../shell.ts'
import { shownText } from '../shown-text.ts'
import { bodyBase64, oneLine, sendable, sendableUrl } from './sendable.ts'

/**
 * A command over several lines, and before it in comments what is to be known of it.
 * @param remarks of the caller's, each a line
 */
export function toCurl(request: RequestMessage, remarks: readonly string[] = []): string {
  const comments = [...remarks, ...sendable(request).remarks].map((remark) => `# ${oneLine(remark)}`)
  const options = curlOptions(request)
  if (options === null) return [...comments, '# no curl command: the URL is no web address'].join('\n')
  const command = options.map((option) => option.map(shellQuoted).join(' ')).join(' \\\n  ')
  return [...comments, `${pipeOf(request.body)}curl ${command}`].join('\n')
}

/** One after the other what curl is given, an option with its value; null where there is nothing to ask. */
export function curlOptions(request: RequestMessage): readonly (readonly string[])[] | null {
  const { body, httpVersion, method } = request
  const url = sendableUrl(request.url)
  if (url === null) return null
  const { headers } = sendable(request)
  return [
    // Brackets and braces are no pattern here, and dots in a path stay.
    ['--globoff', ...(/\/\.{1,2}(?:[/?#]|$)/.test(url) ? ['--path-as-is'] : []), url],
    ...methodOf(method, body),
    ...(VERSIONS.get(httpVersion) ?? []),
    ...headers.map(([name, value]) => ['--header', value === '' ? `${name};` : `${name}: ${value}`]),
    ...unsent(headers, body).map((name) => ['--header', `${name}:`]),
    ...(has(headers, 'accept-encoding') ? [['--compressed']] : []),
    ...bodyOf(method, body),
  ]
}

const VERSIONS: ReadonlyMap<string, readonly [readonly [string]]> = new Map([
  ['HTTP/1.0', [['--http1.0']]],
  ['HTTP/1.1', [['--http1.1']]],
  ['HTTP/2', [['--http2']]],
  ['HTTP/2.0', [['--http2']]],
] as const)

/** A method follows from the body or its absence, or is said. */
function methodOf(method: string, body: Body): readonly (readonly string[])[] {
  if (method === 'GET' && !hasBody(body)) return []
  if (method === 'HEAD' && !hasBody(body)) return [['--head']]
  return method === 'POST' ? [] : [['--request', TOKEN.test(method) ? method : 'GET']]
}

const TOKEN = /^[A-Za-z][A-Za-z-]{0,40}$/

const has = (headers: readonly HeaderField[], wanted: string): boolean =>
  headers.some(([name]) => name.toLowerCase() === wanted)

/** What curl would say by itself and the client did not. */
const unsent = (headers: readonly HeaderField[], body: Body): readonly string[] =>
  ['Accept', 'User-Agent', ...(hasBody(body) ? ['Content-Type'] : [])].filter(
    (name) => !has(headers, name.toLowerCase()),
  )

const hasBody = ({ kind }: Body): boolean => kind === 'text' || kind === 'base64'

/** Linux takes no longer argument than 128 KiB. */
const LONGEST_ARGUMENT = 100_000

/** Text that can stand in a command and be pasted: nothing in it hides, and no carriage return sends it off. */
const isPlain = (body: Body): boolean =>
  body.kind === 'text' &&
  body.text.length <= LONGEST_ARGUMENT &&
  !body.text.includes('\r') &&
  shownText(body.text) === body.text

function bodyOf(method: string, body: Body): readonly (readonly string[])[] {
  if (!hasBody(body)) return method === 'POST' ? [['--data-raw', '']] : []
  return body.kind === 'text' && isPlain(body) ? [['--data-raw', body.text]] : [['--data-binary', '@-']]
}

/** Any other body comes in through a pipe. */
const pipeOf = (body: Body): string =>
  hasBody(body) && !isPlain(body) ? `printf %s '${bodyBase64(body)}' | base64 --decode | ` : ''
