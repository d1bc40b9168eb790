/** Text → tokens, in one pass. Never throws; a quote that is not closed ends with the text and says so. */
import type { Sign } from './query.ts'

interface Place {
  readonly from: number
  readonly to: number
}

/** `-host:="api example"`, without the minus. */
export interface TermToken extends Place {
  readonly kind: 'term'
  /** As typed, without its colon; null for a bare word. */
  readonly field: string | null
  readonly sign: Sign
  /** Without its quotes. */
  readonly value: string
  /** Where sign and value begin. */
  readonly valueFrom: number
  readonly isQuoted: boolean
  readonly isClosed: boolean
}

export type Token = (Place & { readonly kind: '(' | ')' | 'not' | 'or' | 'and' }) | TermToken

const FIELD = /[a-z][a-z0-9.-]*:(?!\/\/)/iy
const SIGN = /[<>]=?|=/y
const SPACE = /\s/

const words = { OR: 'or', AND: 'and', NOT: 'not' } as const

export function lex(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at++
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

function readToken(text: string, at: number): Token {
  const char = text.charAt(at)
  if (char === '(' || char === ')') return { kind: char, from: at, to: at + 1 }
  if (char === '-' && /[^\s)]/.test(text.charAt(at + 1))) return { kind: 'not', from: at, to: at + 1 }
  const term = readTerm(text, at)
  const word = term.field === null && !term.isQuoted ? words[term.value as keyof typeof words] : undefined
  return word === undefined ? term : { kind: word, from: term.from, to: term.to }
}

function readTerm(text: string, from: number): TermToken {
  const name = match(FIELD, text, from)
  const valueFrom = from + name.length
  const sign = name === '' ? '' : match(SIGN, text, valueFrom)
  const { value, to, isQuoted, isClosed } = readValue(text, valueFrom + sign.length)
  const field = name === '' ? null : name.slice(0, -1)
  return { kind: 'term', field, sign: (sign || ':') as Sign, value, valueFrom, isQuoted, isClosed, from, to }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

const BARE = /[^\s()"]+/y
/** Up to the closing quote; a backslash stands before a quote or another backslash. */
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)("?)/y

/** Bare and quoted pieces that stand together are one value, as in a shell. */
function readValue(text: string, from: number) {
  const pieces: string[] = []
  let at = from
  let [isQuoted, isClosed] = [false, true]
  for (;;) {
    const bare = match(BARE, text, at)
    pieces.push(bare)
    at += bare.length
    QUOTED.lastIndex = at
    const quoted = QUOTED.exec(text)
    if (!quoted) return { value: pieces.join(''), to: Math.max(at, from), isQuoted, isClosed }
    const [whole, inner = '', end] = quoted
    pieces.push(inner.replace(/\\(["\\])/g, '$1'))
    at += whole.length
    isQuoted = true
    isClosed = end !== ''
  }
}
