/**
 * A question about the exchanges of a recording, as people type it: `host:cloudflare status:>=400 -op:newNonce`.
 *
 * Text → tokens (`lex`) → Query (`parse`) → a test of one exchange or connection (`match`), and back to text (`print`).
 * What can be asked for is a table (`fields/`). The page's table and `acmescope show --where` ask in the same words.
 */
import type { Analysis, Step } from '../acme/model.ts'
import type { Connection } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import type { Note } from '../recording.ts'

export type Sign = ':' | '=' | '>' | '>=' | '<' | '<='

/** One condition. Positions are offsets into the text it was read from. */
export interface Term {
  readonly kind: 'term'
  /** Name of a row of `fields/`; null for a bare word, which is looked for everywhere. */
  readonly field: string | null
  readonly sign: Sign
  readonly value: string
  readonly from: number
  readonly to: number
}

export type Query =
  /** Nothing was asked: everything fits. */
  | { readonly kind: 'all' }
  /** Two or more; no `and` within an `and`, no `or` within an `or`. */
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | Term

/** What is wrong with a query, where, and what to do. */
export interface QueryError {
  /** Without a full stop. */
  readonly message: string
  readonly fix: string
  readonly from: number
  readonly to: number
}

/** What a query is asked of. */
export type Subject = Step | Connection

export const isStep = (subject: Subject): subject is Step => 'operation' in subject

export const idOf = (subject: Subject): string => (isStep(subject) ? subject.exchange : subject.id)

export const timeOf = (subject: Subject): string => (isStep(subject) ? subject.time : subject.startedAt)

/** What is known beside the subject itself. */
export interface Known {
  readonly analysis: Analysis
  /** Exchange or connection → all findings that speak of it. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  /** Exchange or connection → what people remarked on it. */
  readonly notes: ReadonlyMap<string, readonly string[]>
}

/** Findings by what they speak of. */
export function findingsBySubject(findings: readonly Finding[]): Known['findings'] {
  const found = new Map<string, Finding[]>()
  for (const finding of findings)
    for (const id of finding.exchanges) {
      const known = found.get(id)
      if (known) known.push(finding)
      else found.set(id, [finding])
    }
  return found
}

/** Notes by what they are written on; those on a whole recording are on nothing in it. */
export function notesBySubject(notes: readonly Note[]): Known['notes'] {
  const found = new Map<string, string[]>()
  for (const { exchange, text } of notes) {
    const known = found.get(exchange ?? '')
    if (known) known.push(text)
    else if (exchange !== null) found.set(exchange, [text])
  }
  return found
}
