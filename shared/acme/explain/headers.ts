/** The headers of a message → what each says, in words, and what its value names. For whoever looks at it. */
import type { Headers } from '../../exchange.ts'
import { httpHeader } from '../../http/headers.ts'
import type { Reference } from '../../reference.ts'
import { absolute } from '../absolute-url.ts'
import { readLinks } from '../decode.ts'
import { headerRow, headerValueRow, reference } from '../registry/registry.ts'

export interface ExplainedHeader {
  /** As sent. */
  readonly name: string
  readonly value: string
  /** What the header is for; null when nobody we know describes it. */
  readonly text: string | null
  readonly reference: Reference | null
  /** One that matters to what happened; the others are as they always are. */
  readonly matters: boolean
  /** What this value says, where it is a word of a table. */
  readonly says: readonly Saying[]
  /** URLs and nonces in it that something in the recording may go by. */
  readonly names: readonly string[]
}

export interface Saying {
  readonly text: string
  readonly reference: Reference
}

export interface MessageContext {
  /** Of the request: what relative addresses are relative to. */
  readonly url: string
  /** Whether a CA was spoken to; a DNS API means other things by the same headers. */
  readonly isAcme: boolean
}

/** As many, in the same order. Bounded per header, whatever it holds. */
export const explainHeaders = (headers: Headers, context: MessageContext): readonly ExplainedHeader[] =>
  headers.map(([name, value]) => {
    const words = wordsFor(name, context)
    const read = readValue(name.toLowerCase(), value.slice(0, MAX_READ), context)
    return { name, value, ...words, ...read, matters: words.matters || read.says.length > 0 }
  })

/** Of a value, in characters. */
const MAX_READ = 8 * 1024
const MAX_LINKS = 50

const NOTHING = { text: null, reference: null, matters: false }

function wordsFor(name: string, { isAcme }: MessageContext): Pick<ExplainedHeader, 'text' | 'reference' | 'matters'> {
  const row = headerRow(name)
  const acme = row && { text: row.text, reference: reference(row.cite), matters: true }
  const http = httpHeader(name)
  const general = http && { text: http.text, reference: http.reference, matters: http.isTelling }
  return (isAcme ? (acme ?? general) : (general ?? acme)) ?? NOTHING
}

function readValue(header: string, value: string, context: MessageContext): Pick<ExplainedHeader, 'says' | 'names'> {
  switch (header) {
    case 'link': {
      const links = readLinks(value, context.url).slice(0, MAX_LINKS)
      return {
        says: says(
          header,
          links.flatMap(({ rel }) => rel.split(/\s+/)),
          context,
        ),
        names: links.map(({ url }) => url),
      }
    }
    case 'content-type':
    case 'cache-control':
      return { says: says(header, value.split(/[;,]/), context), names: [] }
    case 'location':
    case 'content-location':
      return { says: [], names: [absolute(value, context.url) ?? value] }
    case 'replay-nonce':
      return { says: [], names: [value] }
    default:
      return { says: [], names: [] }
  }
}

function says(header: string, words: readonly string[], { isAcme }: MessageContext): readonly Saying[] {
  if (!isAcme) return []
  const rows = new Set(words.flatMap((word) => headerValueRow(header, word.trim()) ?? []))
  return [...rows].map(({ text, cite }) => ({ text, reference: reference(cite) }))
}
