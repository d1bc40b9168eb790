/**
 * Captured words in Markdown (CommonMark, GitHub's and GitLab's flavours) as nothing but words: no link, no mention, no
 * reference to an issue, no HTML, no heading, no cell of a table.
 */
import { oneLine } from './text.ts'

/** In a word that trackers make a link of by themselves: an address, a mention, an issue. As code it stays what it is. */
const LINKED = /:\/\/|@|#\d|\bwww\.|\b(?:mailto|xmpp):|\bgh-\d/i

const SPECIAL = /[\\`*_[\]<>~|&$#!]/g
/** At the beginning of a line these make a list, a rule or a heading. */
const LEADING = /^(?:[-+=:](?=[-+=:\s]|$)|\d{1,9}[.)](?=\s|$))/

/** A sentence, on one line. */
export const prose = (text: string, most?: number): string =>
  oneLine(text, most)
    .replace(/\S+/g, (word) => (LINKED.test(word) ? code(word) : escaped(word)))
    .replace(LEADING, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)

const escaped = (text: string): string => text.replace(SPECIAL, '\\$&')

/** A word of the wire, on one line, as code. */
export function code(text: string, most?: number): string {
  const line = oneLine(text, most)
  if (line === '') return ''
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}

/** Text of ours in which words between backticks are code already. */
export const advice = (text: string): string =>
  oneLine(text)
    .split(/`([^`]+)`/)
    .map((part, at) => (at % 2 ? code(part) : spaced(part)))
    .join('')

/** `prose` trims, and the spaces around code are wanted. */
function spaced(text: string): string {
  const words = prose(text)
  if (words === '') return text === '' ? '' : ' '
  return `${text.startsWith(' ') ? ' ' : ''}${words}${text.endsWith(' ') ? ' ' : ''}`
}

/** Code in a cell of a table, where a bar would end the cell even so: it is written as in a URL. */
export const cellCode = (text: string, most?: number): string => code(text.replaceAll('|', '%7C'), most)

/** A document on lines of its own. Its lines stay; what steers or hides in them does not. */
export function block(text: string, language: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}\n… ${text.length - most} characters more` : text
  const body = cut
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(plainLine)
    .join('\n')
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1))
  return `${fence}${language}\n${body}\n${fence}`
}

function plainLine(line: string): string {
  const space = /^ */.exec(line)?.[0] ?? ''
  return space + oneLine(line.slice(space.length), line.length + 1)
}
