// Header fields as node:http and node:http2 must be handed them so that they leave as they came: order, case and repeats.
import type { OutgoingHttpHeaders } from 'node:http'
import type { HeaderField, Headers } from '../../../shared/exchange.ts'

/**
 * An object from which node:http2 makes the fields of this list, in its order. It takes one key for each name, and would put
 * repeats beside their first; but it makes keys lower case only when it writes them, so that other spellings are other places.
 */
export function toHttp2Fields(fields: Headers): OutgoingHttpHeaders {
  const object: Record<string, string | string[]> = {}
  let previous = ''
  for (const [name, value] of onlyOnce(fields)) {
    const lower = name.toLowerCase()
    const key = previous.toLowerCase() === lower ? previous : (unusedSpelling(object, lower) ?? lower)
    const before = object[key]
    object[key] = before === undefined ? value : [before, value].flat()
    previous = key
  }
  return object
}

/** Null when there are no more. */
function unusedSpelling(object: object, name: string): string | null {
  const letters = [...name].flatMap((letter, at) => (/[a-z]/.test(letter) ? [at] : []))
  for (let spelling = 0; spelling < 2 ** Math.min(letters.length, 10); spelling += 1) {
    const key = [...name]
      .map((letter, at) =>
        (spelling >> letters.indexOf(at)) & 1 && letters.includes(at) ? letter.toUpperCase() : letter,
      )
      .join('')
    if (!Object.hasOwn(object, key)) return key
  }
  return null
}

/** Fields of which node:http2 refuses a second, with the whole message: its own list, without those of requests to proxies. */
const SINGLE: ReadonlySet<string> = new Set(
  `access-control-allow-credentials access-control-max-age access-control-request-method age authorization content-encoding
  content-language content-length content-location content-md5 content-range content-type date dnt etag expires from host
  if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards
  proxy-authorization range referer retry-after tk upgrade-insecure-requests user-agent x-content-type-options`.split(
    /\s+/,
  ),
)

/** The first of what may be there once. */
function onlyOnce(fields: Headers): Headers {
  const seen = new Set<string>()
  return fields.filter(([name]) => {
    const lower = name.toLowerCase()
    const isMore = seen.has(lower)
    seen.add(lower)
    return !isMore || !(SINGLE.has(lower) || lower.startsWith(':'))
  })
}

/**
 * An HTTP/2 request's fields for a server that speaks HTTP/1.1 only: `Host` from `:authority`, cookies in one field
 * (RFC 9113 section 8.2.3), and a body of which nobody said how long it is in chunks.
 */
export function toHttp1Fields(fields: Headers, hasBody: boolean): Headers {
  const [authority] = fields.filter(([name]) => name === ':authority')
  const plain = fields.filter(([name]) => !name.startsWith(':'))
  const has = (wanted: string): boolean => plain.some(([name]) => name === wanted)
  const host: Headers = authority && !has('host') ? [['Host', authority[1]]] : []
  const framing: Headers = hasBody && !has('content-length') ? [['Transfer-Encoding', 'chunked']] : []
  return [...host, ...oneCookie(plain), ...framing]
}

function oneCookie(fields: Headers): Headers {
  const cookies = fields.filter(([name]) => name === 'cookie')
  const joined = cookies.map(([, value]) => value).join('; ')
  return fields.flatMap((field): HeaderField[] => {
    if (field[0] !== 'cookie') return [field]
    return field === cookies[0] ? [['cookie', joined]] : []
  })
}

/** `[name, value, name, value …]`, as Node tells raw fields, to pairs. */
export const paired = (flat: readonly string[]): Headers =>
  flat.flatMap((name, at): HeaderField[] => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : []))
