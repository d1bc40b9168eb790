/** A value of the wire → what of the recording goes by it: every value that names another thing leads to it. */
import { type FoundKind, objectAt as findObject } from '../course/found.ts'
import type { Analysis, DnsChange, Operation } from '../model.ts'

export type Named =
  /** `exchange`: the first that showed it; null when none did. */
  | { readonly kind: 'object'; readonly object: FoundKind; readonly url: string; readonly exchange: string | null }
  /** A URL that belongs to an object, as its finalize URL; `owner` is null where none is known. */
  | { readonly kind: 'resource'; readonly operation: Operation; readonly owner: NamedObject | null }
  | { readonly kind: 'nonce'; readonly issuedBy: string | null; readonly usedBy: readonly string[] }
  /** A key's thumbprint. */
  | { readonly kind: 'key'; readonly account: NamedObject }
  /** Id of a DNS record: the exchanges that wrote it. */
  | { readonly kind: 'record'; readonly exchanges: readonly string[] }

export type NamedObject = Extract<Named, { kind: 'object' }>

/** Longer than any name, in characters. */
const MAX_NAME = 4096
const MOST_SHOWN = 5

/** Null for a value that names nothing here. Costs the same however long the recording is. */
export function namedBy(analysis: Analysis, value: string): Named | null {
  if (value === '' || value.length > MAX_NAME) return null
  return (
    objectAt(analysis, value) ?? resourceAt(analysis, value) ?? nonceOf(analysis, value) ?? byIndex(analysis, value)
  )
}

/** Long enough to be no word: nonces, ids, thumbprints; and whole URLs, without the full stop that ends a sentence. */
const TOKEN = /https?:\/\/[^\s"'<>]*[^\s"'<>.,;:)]|[\w-]{16,}/g
const MOST_MENTIONED = 3

/** What a sentence speaks of, if it is no name itself: the values in it that name something here. */
export function mentionedIn(analysis: Analysis, text: string): readonly string[] {
  if (text.length > MAX_NAME || namedBy(analysis, text)) return []
  const tokens = new Set(text.match(TOKEN) ?? [])
  return [...tokens].filter((token) => namedBy(analysis, token) !== null).slice(0, MOST_MENTIONED)
}

/** The object at a URL; null when there is none. */
export function objectAt(analysis: Analysis, url: string): NamedObject | null {
  const found = findObject(analysis, url)
  return found && { kind: 'object', object: found.kind, url, exchange: found.object.exchanges[0] ?? null }
}

function resourceAt(analysis: Analysis, url: string): Named | null {
  const resource = analysis.resources.get(url)
  if (!resource) return null
  const owner = resource.owner ?? resource.directory
  return { kind: 'resource', operation: resource.operation, owner: owner === null ? null : objectAt(analysis, owner) }
}

function nonceOf({ nonces }: Analysis, value: string): Named | null {
  const nonce = nonces.get(value)
  return nonce ? { kind: 'nonce', issuedBy: nonce.issuedBy, usedBy: nonce.usedBy.slice(0, MOST_SHOWN) } : null
}

// ───────────────────────────── what no map of the analysis has for its key

interface Index {
  readonly keys: ReadonlyMap<string, string>
  readonly records: ReadonlyMap<string, readonly string[]>
}

/** An analysis is another object when it has grown. */
const indexes = new WeakMap<Analysis, Index>()

function indexOf(analysis: Analysis): Index {
  const known = indexes.get(analysis)
  if (known) return known
  const keys = new Map<string, string>()
  for (const { thumbprint, url } of analysis.accounts.values()) if (thumbprint !== null) keys.set(thumbprint, url)
  const index = { keys, records: recordsIn(analysis.dnsChanges) }
  indexes.set(analysis, index)
  return index
}

function recordsIn(changes: readonly DnsChange[]): Index['records'] {
  const records = new Map<string, string[]>()
  for (const { recordId, exchange } of changes) {
    if (recordId === null) continue
    const known = records.get(recordId)
    if (known === undefined) records.set(recordId, [exchange])
    else if (known.length < MOST_SHOWN && known.at(-1) !== exchange) known.push(exchange)
  }
  return records
}

function byIndex(analysis: Analysis, value: string): Named | null {
  const { keys, records } = indexOf(analysis)
  const account = keys.get(value)
  const object = account === undefined ? null : objectAt(analysis, account)
  if (object) return { kind: 'key', account: object }
  const exchanges = records.get(value)
  return exchanges ? { kind: 'record', exchanges } : null
}
