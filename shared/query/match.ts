/** Query → a test of one subject. Compiled once, asked of thousands. */

import type { FieldRow, MeasureRow, Source, TextRow } from './fields/row.ts'
import { EVERYWHERE, fieldRow } from './fields.ts'
import { type Amount, readAmount } from './measure.ts'
import type { Known, Query, Sign, Subject, Term } from './query.ts'

export interface Matcher {
  readonly fits: (subject: Subject, known: Known) => boolean
  /** What its verdict on a subject depends on beside the subject. */
  readonly from: ReadonlySet<Source>
}

type Test = Matcher['fits']

/** A query that `parseQuery` gave. What names no field of ours fits nothing. */
export function compile(query: Query): Matcher {
  const from = new Set<Source>()
  return { fits: toTest(query, from), from }
}

function toTest(query: Query, from: Set<Source>): Test {
  switch (query.kind) {
    case 'all':
      return () => true
    case 'term':
      return termTest(query, from)
    case 'not': {
      const inner = toTest(query.part, from)
      return (subject, known) => !inner(subject, known)
    }
    case 'and': {
      const tests = query.parts.map((part) => toTest(part, from))
      return (subject, known) => tests.every((test) => test(subject, known))
    }
    case 'or': {
      const tests = query.parts.map((part) => toTest(part, from))
      return (subject, known) => tests.some((test) => test(subject, known))
    }
  }
}

function termTest({ field, sign, value }: Term, from: Set<Source>): Test {
  if (field === null) return wordTest(value, from)
  const row = fieldRow(field)
  if (!row) return () => false
  if (row.from) from.add(row.from)
  return rowTest(row, sign, value, from)
}

function rowTest(row: FieldRow, sign: Sign, value: string, from: Set<Source>): Test {
  switch (row.kind) {
    case 'text':
      return textTest(row, sign, value)
    case 'choice': {
      const choice = row.choices.find((one) => one.value === value.toLowerCase())
      if (choice?.from) from.add(choice.from)
      return choice?.holds ?? (() => false)
    }
    default:
      return measureTest(row, sign, value)
  }
}

/** Looked for in every field that holds text. */
function wordTest(value: string, from: Set<Source>): Test {
  const wanted = value.toLowerCase()
  for (const row of EVERYWHERE) if (row.from) from.add(row.from)
  return (subject, known) => EVERYWHERE.some((row) => holdsPart(row.read(subject, known), wanted))
}

function holdsPart(texts: Iterable<string>, wanted: string): boolean {
  for (const text of texts) if (text.toLowerCase().includes(wanted)) return true
  return false
}

function textTest({ match, read }: TextRow, sign: Sign, value: string): Test {
  const wanted = value.toLowerCase()
  if (match === 'part' && sign === ':') return (subject, known) => holdsPart(read(subject, known), wanted)
  const isIt = match === 'below' && sign === ':' ? isBelow(wanted) : (text: string) => text === wanted
  return (subject, known) => {
    for (const text of read(subject, known)) if (isIt(text.toLowerCase())) return true
    return false
  }
}

const isBelow = (wanted: string) => (text: string) => text === wanted || text.startsWith(`${wanted}.`)

function measureTest({ kind, read, plain }: MeasureRow, sign: Sign, value: string): Test {
  const amount = readAmount(kind, value)
  if (!amount) return () => false
  const holds = compare(amount, sign === ':' ? plain : sign)
  const { every } = amount
  return (subject, known) => {
    const measured = read(subject, known)
    return measured !== null && holds(every === undefined ? measured : measured % every)
  }
}

function compare({ first, last, from, to }: Amount, sign: Sign): (measured: number) => boolean {
  switch (sign) {
    case ':':
    case '=':
      return (measured) => measured >= from && measured < to
    case '>':
      return (measured) => measured > last
    case '>=':
      return (measured) => measured >= first
    case '<':
      return (measured) => measured < first
    case '<=':
      return (measured) => measured <= last
  }
}
