/**
 * What a message says, line by line, as it is searched: `name: value` for each header and each member of what was decoded.
 * Bodies themselves are not in the page's memory; what they decode to is, and is the same on the command line.
 */
import type { Content, Jws, Step } from '../acme/model.ts'
import type { Headers } from '../exchange.ts'

export function* headerLines(headers: Headers): Iterable<string> {
  for (const [name, value] of headers) yield `${name}: ${value}`
}

/** Of a signed request its protected header and its payload, of a CSR the names it asks for. */
export function* requestLines({ decoded }: Step): Iterable<string> {
  yield* contentLines(decoded.request)
  const { csr } = decoded
  if (csr && !('error' in csr)) yield* [csr.subject, ...csr.names]
}

export const responseLines = ({ decoded }: Step): Iterable<string> => contentLines(decoded.response)

function* contentLines(content: Content): Iterable<string> {
  switch (content.kind) {
    case 'json':
      return yield* jsonLines(content.value)
    case 'jws':
      return yield* jwsLines(content.jws)
    case 'certificates':
      for (const { subject, issuer, serial, sans } of content.chain) yield* [subject, issuer, serial, ...sans]
      return
    case 'text':
    case 'malformed':
      return yield content.text
    case 'none':
    case 'opaque':
      return
  }
}

function* jwsLines({ header, payload, inner }: Jws): Iterable<string> {
  yield* jsonLines(header)
  if (payload.kind === 'json') yield* jsonLines(payload.value)
  if (payload.kind === 'text') yield payload.text
  // An inner one holds no other (see parse-jws.ts), so this ends.
  if (inner) yield* jwsLines(inner.jws)
}

/** Each member as `name: value`, each element as it is, however deep; without recursion, since nobody vouches for depth. */
function* jsonLines(root: unknown): Iterable<string> {
  const open: unknown[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) yield String(value)
    else if (Array.isArray(value)) for (const one of value) open.push(one ?? null)
    else
      for (const [name, member] of Object.entries(value)) {
        if (typeof member !== 'object' || member === null) yield `${name}: ${member}`
        else {
          yield name
          open.push(member)
        }
      }
  }
}
