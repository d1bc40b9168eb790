/** Looks up what a header of HTTP says. */
import type { Reference } from '../reference.ts'
import { documents, type HttpHeaderRow, httpHeaders, TELLING } from './header-rows.ts'

const known = new Map(httpHeaders.map((row) => [row.header, row]))

export interface HttpHeader {
  /** In a sentence of ours. */
  readonly text: string
  readonly reference: Reference
  /** Somebody looks for it when something went wrong. */
  readonly isTelling: boolean
}

/** @param name in any case; null for one that nobody we know describes */
export function httpHeader(name: string): HttpHeader | null {
  const row = known.get(name.toLowerCase())
  return row ? { text: row.text, reference: referenceOf(row), isTelling: isTelling(row) } : null
}

/** Whatever counts requests, or gives them a name of the server's. */
const isTelling = ({ header, cite: [document, section] }: HttpHeaderRow): boolean =>
  TELLING.has(header) || document === 'RateLimit (draft)' || document === 'Azure' || section === '5.1'

/** Throws where a row cites a document that nobody wrote down: a mistake of ours, found by the first test. */
function referenceOf({ cite: [document, section = ''] }: HttpHeaderRow): Reference {
  const row = documents[document]
  if (!row) throw new Error(`No document is called ${document}`)
  return { document, section, title: row.title, url: row.url.replace('{section}', section) }
}
