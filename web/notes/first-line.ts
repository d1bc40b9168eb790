/** What of a note fits beside an arrow. */

const MOST = 160

/** Marks of a heading, quotation, list or task at the beginning of a line. */
const BEGINNING = /^(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|\[[ xX]\]\s)/

/** The first line with words in it, without the signs of Markdown; cut with an ellipsis. */
export function firstLine(text: string): string {
  const beginning = text.slice(0, 4096)
  const words = beginning.split('\n').map(plain).find(Boolean) ?? ''
  return words.length > MOST ? `${words.slice(0, MOST).trimEnd()}…` : words
}

function plain(line: string): string {
  let rest = line.slice(0, 1024).trim()
  while (BEGINNING.test(rest)) rest = rest.replace(BEGINNING, '').trim()
  if (/^[-=*_`~|: ]*$/.test(rest)) return ''
  return rest
    .replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/[*`~]+/g, '')
    .trim()
}
