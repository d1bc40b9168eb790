/** Everything of a fact that can be searched, as texts; what a JWS holds is read, for nobody looks for base64url. */
import { readBase64url, readUtf8 } from '../acme/base64url.ts'
import type { Body, Exchange, Fact, Headers } from '../exchange.ts'

/** Where in a fact a text stands; shown as it is. */
export type SearchPlace =
  | 'address'
  | 'request header'
  | 'request body'
  | 'signed content'
  | 'response header'
  | 'response body'
  | 'failure'
  | 'observation'

export interface SearchText {
  readonly place: SearchPlace
  readonly text: string
}

/** A JWS in a JWS in a JWS is nobody's protocol. */
const MAX_DEPTH = 3

/** The two members of a flattened JWS that say something (RFC 7515 §7.2.2). */
const SIGNED = /"(?:protected|payload)"\s*:\s*"([A-Za-z0-9_-]+)"/g

/** In the order in which a person reads them; in one pass over the fact. Never throws. */
export function* textsOf(fact: Fact): Generator<SearchText> {
  if (fact.kind === 'exchange') yield* textsOfExchange(fact)
  if (fact.kind === 'connection') yield { place: 'address', text: fact.host ?? '' }
  if (fact.kind === 'observation') yield { place: 'observation', text: JSON.stringify(fact.detail) }
  else if (fact.failure) yield { place: 'failure', text: `${fact.failure.code} ${fact.failure.message}` }
}

function* textsOfExchange({ request, response }: Exchange): Generator<SearchText> {
  yield { place: 'address', text: `${request.method} ${request.url}` }
  yield* signedContent(textOf(request.body), 0)
  yield { place: 'request body', text: textOf(request.body) }
  if (response) yield { place: 'response body', text: textOf(response.body) }
  yield* headerLines('request header', request.headers)
  if (response) yield* headerLines('response header', response.headers)
}

const textOf = (body: Body): string => (body.kind === 'text' ? body.text : '')

function* headerLines(place: SearchPlace, headers: Headers): Generator<SearchText> {
  for (const [name, value] of headers) yield { place, text: `${name}: ${value}` }
}

function* signedContent(body: string, depth: number): Generator<SearchText> {
  if (depth === MAX_DEPTH || !/^\s*\{/.test(body)) return
  for (const [, encoded = ''] of body.matchAll(SIGNED)) {
    const bytes = readBase64url(encoded)
    const text = bytes && readUtf8(bytes)
    if (!text) continue
    yield { place: 'signed content', text }
    yield* signedContent(text, depth + 1)
  }
}
