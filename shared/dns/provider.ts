/** What a DNS provider's API must say for itself, so that the analysis can tell what was written, where and with what success. */
import type { DnsOperation } from '../acme/model.ts'

/** One exchange with the API. A body that is no JSON is `undefined`; so is one that is missing. */
export interface DnsExchange {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly requestJson: unknown
  readonly responseJson: unknown
  /** Null when nothing was answered. */
  readonly status: number | null
}

export interface DnsZone {
  readonly id: string | null
  readonly name: string | null
}

/** What is known of a record; a delete by id says nothing but the id. `value` is normalised by `txtValue`. */
export interface DnsRecord {
  readonly id: string | null
  readonly type: string | null
  readonly name: string | null
  readonly value: string | null
}

export interface DnsError {
  /** The provider's own code, as text. */
  readonly code: string
  readonly message: string
}

/** What one exchange says, without knowing any other. */
export interface DnsReading {
  /** Null when this is not about zones, records or tokens. */
  readonly operation: DnsOperation | null
  readonly zone: DnsZone | null
  /** What was asked for or written; the answer's own words where it gives them. */
  readonly record: DnsRecord | null
  /** The records a look-up answered with. */
  readonly listed: readonly DnsRecord[]
  readonly accepted: boolean
  readonly errors: readonly DnsError[]
  /** How many results a look-up had; null for anything else, and when it was refused. */
  readonly found: number | null
}

export interface DnsOperationRow {
  readonly operation: DnsOperation
  readonly method: string
  /** Of the URL's path, whole. Named groups: `zone`, `record`. */
  readonly path: RegExp
  /** The provider's own name for it. */
  readonly title: string
}

export interface Provider {
  /** As environment variables and plugins call it: `cloudflare`. */
  readonly name: string
  readonly label: string
  readonly hosts: readonly string[]
  readonly operations: readonly DnsOperationRow[]
  /** Never throws, whatever the bodies hold. */
  readonly read: (exchange: DnsExchange) => DnsReading
}

export interface MatchedOperation {
  readonly row: DnsOperationRow
  readonly zone: string | null
  readonly record: string | null
}

/** Which row a request is, and the ids its path names; null for a path or method nobody described. */
export function matchOperation(
  rows: readonly DnsOperationRow[],
  { method, url }: Pick<DnsExchange, 'method' | 'url'>,
): MatchedOperation | null {
  const path = parseUrl(url)?.pathname.replace(/\/$/, '') ?? ''
  for (const row of rows) {
    const groups = row.method === method ? row.path.exec(path) : null
    if (groups) return { row, zone: groups.groups?.zone ?? null, record: groups.groups?.record ?? null }
  }
  return null
}

/** Null when the text is no absolute URL. */
export const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)
