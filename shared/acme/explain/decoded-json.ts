/** A step → what its exchange says, as JSON: the JWS taken apart, the answer beside it. For whoever copies it. */

import type { Content, Step } from '../model.ts'
import { type ShownJws, showJws } from '../show.ts'

export interface DecodedJson {
  readonly number: number
  readonly operation: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly jws?: ShownJws
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number | null
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  } | null
}

/** What a body holds, as far as it was decoded; null where there is nothing. */
function contentValue(content: Content): unknown {
  switch (content.kind) {
    case 'json':
      return content.value
    case 'text':
    case 'malformed':
      return content.text
    case 'certificates':
      return content.chain.map(({ pem }) => pem)
    case 'jws':
      return content.jws.raw
    default:
      return null
  }
}

export function toDecodedJson({ sequence, operation, method, url, status, decoded }: Step): DecodedJson {
  const { jws, request, response, location, replayNonce, links, retryAfter } = decoded
  const headers = {
    ...(location !== null && { Location: location }),
    ...(replayNonce !== null && { 'Replay-Nonce': replayNonce }),
    ...(links.length > 0 && { Link: links.map((link) => `<${link.url}>;rel="${link.rel}"`).join(', ') }),
    ...(retryAfter !== null && { 'Retry-After': String(retryAfter) }),
  }
  const sent = jws ? { jws: showJws(jws) } : { body: contentValue(request) }
  return {
    number: sequence,
    operation,
    request: { method, url, ...sent },
    response: decoded.head.response ? { status, headers, body: contentValue(response) } : null,
  }
}
