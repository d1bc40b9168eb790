/** Text → Query, or what is wrong with it. Takes any text, never throws, and takes no more than linear time. */

import type { ChoiceRow, FieldRow } from './fields/row.ts'
import { fieldRow, nearestField } from './fields.ts'
import { lex, type TermToken, type Token } from './lex.ts'
import { expectedOf, readAmount } from './measure.ts'
import type { Query, QueryError, Term } from './query.ts'

export type Parsed =
  | { readonly query: Query; readonly error: null }
  | { readonly query: null; readonly error: QueryError }

/** More characters than anybody types; what is longer was pasted by mistake. */
const MAX_LENGTH = 2000
/** Brackets within brackets. */
const MAX_DEPTH = 20

/**
 * Words that stand together must all fit; `OR` between them asks for either, and binds more loosely. `-` or `NOT` turns
 * what follows round, brackets hold together. A word with a field and a colon before it is looked for there only.
 */
export function parseQuery(text: string): Parsed {
  if (text.length > MAX_LENGTH)
    return wrong(MAX_LENGTH, text.length, `a query has at most ${MAX_LENGTH} characters`, 'take some away')
  const reading: Reading = { tokens: lex(text), at: 0, depth: 0, end: text.length }
  if (reading.tokens.length === 0) return { query: { kind: 'all' }, error: null }
  const query = readOr(reading)
  if ('message' in query) return { query: null, error: query }
  const rest = reading.tokens[reading.at]
  return rest
    ? wrong(rest.from, rest.to, 'a bracket too many', 'take it away, or open one before it')
    : { query, error: null }
}

interface Reading {
  readonly tokens: readonly Token[]
  readonly end: number
  at: number
  depth: number
}

type Part = Query | QueryError

const toError = (from: number, to: number, message: string, fix: string): QueryError => ({ message, fix, from, to })

const wrong = (...given: Parameters<typeof toError>): Parsed => ({ query: null, error: toError(...given) })

const isError = (part: Part): part is QueryError => 'message' in part

/** Of parts of one kind one query, those within those taken out. */
function join(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  const [only, ...others] = flat
  return only !== undefined && others.length === 0 ? only : { kind, parts: flat }
}

function readOr(reading: Reading): Part {
  const parts: Query[] = []
  do {
    const part = readAnd(reading)
    if (isError(part)) return part
    parts.push(part)
  } while (take(reading, 'or'))
  return join('or', parts)
}

function readAnd(reading: Reading): Part {
  const parts: Query[] = []
  do {
    const part = readNot(reading)
    if (isError(part)) return part
    parts.push(part)
    take(reading, 'and')
  } while (startsPart(reading.tokens[reading.at]) || reading.tokens[reading.at - 1]?.kind === 'and')
  return join('and', parts)
}

const startsPart = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'term' || token.kind === '(' || token.kind === 'not')

function take(reading: Reading, kind: Token['kind']): boolean {
  if (reading.tokens[reading.at]?.kind !== kind) return false
  reading.at++
  return true
}

function readNot(reading: Reading): Part {
  let isTurned = false
  while (take(reading, 'not')) isTurned = !isTurned
  const part = readOne(reading)
  if (isError(part) || !isTurned) return part
  return part.kind === 'not' ? part.part : { kind: 'not', part }
}

function readOne(reading: Reading): Part {
  const token = reading.tokens[reading.at]
  if (token?.kind === 'term') {
    reading.at++
    return toTerm(token)
  }
  if (token?.kind === '(') return readBrackets(reading, token)
  return missing(reading, token)
}

/** What stands here instead of a condition. */
function missing({ tokens, at, end }: Reading, token: Token | undefined): QueryError {
  const before = tokens[at - 1]
  const [from, to] = token ? [token.from, token.to] : [before?.from ?? end, end]
  if (before?.kind === '(')
    return toError(from, to, 'nothing between the brackets', 'write a condition there, or take them away')
  if (before?.kind === 'or' || token?.kind === 'or')
    return toError(from, to, 'OR stands between two conditions', 'write one on each side, or quote it: "OR"')
  if (before?.kind === 'and' || token?.kind === 'and')
    return toError(from, to, 'AND stands between two conditions', 'write one on each side, or quote it: "AND"')
  if (before?.kind === 'not')
    return toError(from, to, 'nothing to leave out', 'write a condition right after it, or quote it')
  return toError(from, to, 'a bracket too many', 'take it away, or open one before it')
}

function readBrackets(reading: Reading, open: Token): Part {
  if (reading.depth === MAX_DEPTH)
    return toError(open.from, open.to, `brackets more than ${MAX_DEPTH} deep`, 'take some away')
  reading.at++
  reading.depth++
  const inner = readOr(reading)
  reading.depth--
  if (isError(inner) || take(reading, ')')) return inner
  return toError(open.from, open.to, 'this bracket is not closed', 'close it with )')
}

// ───────────────────────────── one condition

function toTerm(token: TermToken): Term | QueryError {
  const { from, to, valueFrom, value, sign } = token
  if (!token.isClosed) return toError(valueFrom, to, 'this quote is not closed', 'close it with "')
  if (token.field === null)
    return value === '' ? toError(from, to, 'nothing between the quotes', 'take them away') : term(token, null)
  const row = fieldRow(token.field)
  if (!row) return unknownField(token, token.field)
  if (value === '')
    return toError(from, to, `${row.name}:${sign === ':' ? '' : sign} needs a value`, `for example ${row.example}`)
  const complaint = complaintOf(row, token)
  return complaint === null ? term(token, row.name) : toError(valueFrom, to, ...complaint)
}

const term = ({ from, to, sign, value }: TermToken, field: string | null): Term => ({
  kind: 'term',
  field,
  sign,
  value,
  from,
  to,
})

function unknownField({ from, value }: TermToken, name: string): QueryError {
  const near = nearestField(name)
  const fix = near === null ? `quote it to search for the words: "${name}:${value}"` : `did you mean ${near}:?`
  return toError(from, from + name.length, `there is no field ${name}`, fix)
}

type Complaint = readonly [message: string, fix: string]

function complaintOf(row: FieldRow, { sign, value }: TermToken): Complaint | null {
  const isBound = sign !== ':' && sign !== '='
  switch (row.kind) {
    case 'text':
      return isBound
        ? [`${row.name} is no number, so nothing is ${wordOf(sign)} it`, `write ${row.example}, or quote the value`]
        : null
    case 'choice':
      return isBound ? [`${row.name} is one of a few words`, `write ${row.example}`] : choiceComplaint(row, value)
    default:
      return readAmount(row.kind, value) === null
        ? [`${row.name} is ${expectedOf(row.kind)}`, `for example ${row.example}`]
        : null
  }
}

const wordOf = (sign: TermToken['sign']): string => (sign.startsWith('>') ? 'above' : 'below')

function choiceComplaint({ name, choices }: ChoiceRow, value: string): Complaint | null {
  if (choices.some((choice) => choice.value === value.toLowerCase())) return null
  return [`${name} knows no ${value}`, `one of ${choices.map((choice) => choice.value).join(', ')}`]
}
