/** Looks for a person's words in one fact. What is secret is found, and not shown. */
import type { Fact } from '../exchange.ts'
import { maskExchange } from '../redact/mask.ts'
import { type SearchPlace, textsOf } from './texts.ts'

export interface SearchHit {
  /** Of the exchange, connection or observation. */
  readonly exchange: string
  readonly sequence: number
  /** Empty for what is no exchange, as is the URL of what went nowhere. */
  readonly method: string
  readonly url: string
  readonly status: number | null
  readonly place: SearchPlace
  /** Null where the words are part of what is secret. */
  readonly context: SearchContext | null
}

export interface SearchContext {
  readonly before: string
  readonly match: string
  readonly after: string
}

/** Characters on each side of a match. */
const AROUND_BEFORE = 24
const AROUND_AFTER = 90

/** Words as they stand, whatever their case. */
export const toPattern = (words: string): RegExp => new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i')

/** The first place that holds them; null when none does. */
export function searchFact(fact: Fact, pattern: RegExp): SearchHit | null {
  const found = firstIn(fact, pattern)
  if (found === null) return null
  const masked = fact.kind === 'exchange' ? maskExchange(fact).shown : fact
  const shown = firstIn(masked, pattern)
  return { ...headOf(masked), place: shown?.place ?? found.place, context: shown?.context ?? null }
}

function firstIn(fact: Fact, pattern: RegExp): (Pick<SearchHit, 'place'> & { readonly context: SearchContext }) | null {
  for (const { place, text } of textsOf(fact)) {
    const match = pattern.exec(text)
    if (match) return { place, context: contextOf(text, match.index, match[0]) }
  }
  return null
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** What stands around a match, on one line. */
export function contextOf(text: string, at: number, match: string): SearchContext {
  const [from, end] = [Math.max(0, at - AROUND_BEFORE), at + match.length]
  const after = text.slice(end, end + AROUND_AFTER)
  return {
    before: (from > 0 ? '…' : '') + onOneLine(text.slice(from, at)),
    match: onOneLine(match),
    after: onOneLine(after) + (end + AROUND_AFTER < text.length ? '…' : ''),
  }
}

function headOf(fact: Fact): Pick<SearchHit, 'exchange' | 'sequence' | 'method' | 'url' | 'status'> {
  const { id: exchange, sequence } = fact
  if (fact.kind === 'exchange') {
    const { request, response } = fact
    return { exchange, sequence, method: request.method, url: request.url, status: response?.status ?? null }
  }
  const url = fact.kind === 'connection' ? (fact.host ?? '') : ''
  return { exchange, sequence, method: '', url, status: null }
}
