/** What could be written where the cursor stands: fields, their values, and values of this recording. */

import type { ChoiceRow, FieldRow, TextRow } from './fields/row.ts'
import { FIELDS, fieldRow } from './fields.ts'
import { lex, type TermToken } from './lex.ts'
import { printTerm } from './print.ts'
import type { Known, Sign, Subject } from './query.ts'

export interface Suggestion {
  readonly kind: 'field' | 'value'
  /** What takes the place of the text between `from` and `to`. */
  readonly text: string
  /** In a few words: what it means, or how often it is there. */
  readonly detail: string
}

export interface Completion {
  readonly from: number
  readonly to: number
  readonly suggestions: readonly Suggestion[]
}

/** A value and how many subjects have it. */
export interface Offered {
  readonly value: string
  readonly count: number
}

const MOST = 12
const MOST_WORDS = 5

/**
 * @param cursor offset into the text
 * @param offersOf values a field has in this recording, the most frequent first
 */
export function complete(text: string, cursor: number, offersOf: (row: TextRow) => readonly Offered[]): Completion {
  const token = lex(text).find((one) => one.from < cursor && cursor <= one.to)
  if (token?.kind !== 'term') return { from: cursor, to: cursor, suggestions: fieldsLike('') }
  const { from, to } = token
  const row = token.field === null ? null : fieldRow(token.field)
  if (token.field !== null && !row) return { from, to, suggestions: [] }
  return { from, to, suggestions: row ? valuesFor(row, token, offersOf) : wordsFor(token.value, offersOf) }
}

/** The text with a suggestion taken, and where the cursor stands then: right after a field, for its value; else past a gap. */
export function withTaken(text: string, { from, to }: Omit<Completion, 'suggestions'>, taken: string) {
  const [before, rest] = [text.slice(0, from), text.slice(to)]
  const isUnfinished = taken.endsWith(':')
  const gap = isUnfinished || rest.startsWith(' ') ? '' : ' '
  return {
    text: `${before}${taken}${gap}${rest}`,
    cursor: from + taken.length + (isUnfinished ? 0 : 1),
    isUnfinished,
  }
}

// ───────────────────────────── a bare word

function fieldsLike(word: string): readonly Suggestion[] {
  const names = FIELDS.filter(({ name, aliases }) => [name, ...aliases].some((one) => one.startsWith(word)))
  return names.map(({ name, meaning }) => ({ kind: 'field', text: `${name}:`, detail: meaning }))
}

/** The fields it may be the beginning of, and the values of this recording that it stands in. */
function wordsFor(word: string, offersOf: (row: TextRow) => readonly Offered[]): readonly Suggestion[] {
  const wanted = word.toLowerCase()
  const values = FIELDS.flatMap((row) => {
    if (row.kind === 'choice') return choicesLike(row, ':', wanted)
    return row.kind === 'text' && row.isOffered && WIDE.has(row.name) ? offersLike(row, ':', wanted, offersOf) : []
  })
  return [...fieldsLike(wanted).slice(0, MOST_WORDS), ...values].slice(0, MOST)
}

/** Fields whose values are offered for a bare word; of the others they come with the field's name. */
const WIDE: ReadonlySet<string> = new Set(['op', 'host', 'name', 'type', 'state', 'finding'])

// ───────────────────────────── a field's value

function valuesFor(
  row: FieldRow,
  { sign, value }: TermToken,
  offersOf: (row: TextRow) => readonly Offered[],
): readonly Suggestion[] {
  const wanted = value.toLowerCase()
  switch (row.kind) {
    case 'choice':
      return choicesLike(row, sign, wanted)
    case 'text':
      return row.isOffered ? offersLike(row, sign, wanted, offersOf).slice(0, MOST) : []
    default:
      return value === '' ? [{ kind: 'value', text: row.example, detail: row.meaning }] : []
  }
}

const choicesLike = ({ name, choices }: ChoiceRow, sign: Sign, wanted: string): readonly Suggestion[] =>
  choices
    .filter(({ value }) => value.startsWith(wanted))
    .map(({ value, meaning }) => ({ kind: 'value', text: printTerm({ field: name, sign, value }), detail: meaning }))

function offersLike(
  row: TextRow,
  sign: Sign,
  wanted: string,
  offersOf: (row: TextRow) => readonly Offered[],
): readonly Suggestion[] {
  return offersOf(row)
    .filter(({ value }) => value.toLowerCase().includes(wanted))
    .map(({ value, count }) => ({
      kind: 'value',
      text: printTerm({ field: row.name, sign, value }),
      detail: String(count),
    }))
}

// ───────────────────────────── values of a recording

/** Distinct values that are counted of a field; of more nobody finds one in a list. */
const MAX_VALUES = 500
/** Longer ones are no names. */
const MAX_VALUE = 200

/** The values a field has among the subjects, the most frequent first. */
export function offersIn(row: TextRow, subjects: Iterable<Subject>, known: Known): readonly Offered[] {
  const counts = new Map<string, number>()
  for (const subject of subjects)
    for (const value of new Set(row.read(subject, known))) {
      const count = counts.get(value) ?? 0
      if (count > 0 || (counts.size < MAX_VALUES && value.length <= MAX_VALUE)) counts.set(value, count + 1)
    }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}
