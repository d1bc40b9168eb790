/** Query → the shortest text that is read as the same. */
import type { Query, Term } from './query.ts'

export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return ''
    case 'term':
      return printTerm(query)
    case 'not':
      return `-${query.part.kind === 'term' ? printTerm(query.part) : `(${printQuery(query.part)})`}`
    case 'and':
      return query.parts.map((part) => (part.kind === 'or' ? `(${printQuery(part)})` : printQuery(part))).join(' ')
    case 'or':
      return query.parts.map(printQuery).join(' OR ')
  }
}

export const printTerm = ({ field, sign, value }: Omit<Term, 'kind' | 'from' | 'to'>): string =>
  field === null ? printWord(value) : `${field}:${sign === ':' ? '' : sign}${printValue(value)}`

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** Nothing in it means anything but itself. */
const isPlain = (text: string): boolean => /^[^\s()"<>=\\][^\s()"\\]*$/.test(text)

const printValue = (text: string): string => (isPlain(text) ? text : quoted(text))

/** A bare word must not look like a field, a sign or an operator either. */
const printWord = (text: string): string =>
  isPlain(text) && !/^-|^[a-z][a-z0-9.-]*:(?!\/\/)|^(?:OR|AND|NOT)$/i.test(text) ? text : quoted(text)
