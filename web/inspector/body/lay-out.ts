/** Bodies laid out to be read: JSON and XML, each indented by its own structure. */

/** Longer ones are shown as sent: laying them out would hold up the page. */
const LAID_OUT_UP_TO = 2_000_000

export interface LaidOut {
  readonly text: string
  readonly isJson: boolean
}

/** Null for what is neither, or too much of it. */
export function layOut(text: string): LaidOut | null {
  if (text.length > LAID_OUT_UP_TO) return null
  if (/^\s*[[{]/.test(text)) return layOutJson(text)
  const xml = /^\s*<(?:\?xml|[A-Za-z][\w.:-]*[\s>])/.test(text) && !IS_PAGE.test(text) ? layOutXml(text) : null
  return xml === null ? null : { text: xml, isJson: false }
}

/** Pages and pictures are written by people, with a layout of their own. */
const IS_PAGE = /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|svg)/i

function layOutJson(text: string): LaidOut | null {
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), isJson: true }
  } catch {
    return null
  }
}

const PIECE = /<[^<>]*>|[^<>]+/g
/** Of lines, so that what is nested without end is no wall of spaces. */
const DEEPEST = 40

/** A line for each element; one that holds nothing but text stays on its line. Null for what is not well formed. */
function layOutXml(xml: string): string | null {
  const lines: string[] = []
  let depth = 0
  let holdsText = false
  for (const [piece] of xml.matchAll(PIECE)) {
    const isTag = piece.startsWith('<')
    if (!isTag && piece.trim() === '') continue
    const closes = piece.startsWith('</')
    if (closes) depth--
    if (depth < 0) return null
    if (!isTag || (closes && holdsText)) lines.push(`${lines.pop() ?? ''}${piece.trim()}`)
    else lines.push('  '.repeat(Math.min(depth, DEEPEST)) + piece)
    holdsText = !isTag
    if (isTag && !closes && !/^<[?!]|\/>$/.test(piece)) depth++
  }
  return depth === 0 ? lines.join('\n') : null
}
