/**
 * The strings of a JSON text with the members they stand in, and a way to change some and leave every other byte.
 * It reads broken JSON too (a comma too many, an answer cut off): what is masked must not depend on who wrote it well.
 */

export interface JsonString {
  readonly value: string
  /** Name of the member it is the value of, or an element of the list that is; null at the top. */
  readonly member: string | null
  /** Same number, same object. */
  readonly object: number
  readonly isName: boolean
  /** Place of the literal with its quotes. */
  readonly start: number
  readonly end: number
}

interface Open {
  readonly object: number
  readonly isList: boolean
  member: string | null
}

const STOP = /["\\]/g
const NEXT = /["{}[\]]/g
const COLON = /\s*:/y

/** In the order of the text, in one pass. Never throws. */
export function readJsonStrings(text: string): readonly JsonString[] {
  const strings: JsonString[] = []
  const open: Open[] = []
  let objects = 0
  NEXT.lastIndex = 0
  for (let match = NEXT.exec(text); match; match = NEXT.exec(text)) {
    const around = open.at(-1)
    const [sign] = match
    if (sign === '"') NEXT.lastIndex = readString(text, match.index, around, strings)
    else if (sign === '{') open.push({ object: ++objects, isList: false, member: null })
    else if (sign === '[') open.push({ object: around?.object ?? 0, isList: true, member: around?.member ?? null })
    else open.pop()
  }
  return strings
}

/** Just after the closing quote, or the end of a text that was cut off. */
function literalEnd(text: string, start: number): number {
  STOP.lastIndex = start + 1
  for (let stop = STOP.exec(text); stop; stop = STOP.exec(text)) {
    if (stop[0] === '"') return stop.index + 1
    STOP.lastIndex = stop.index + 2
  }
  return text.length
}

/** Where the text goes on. */
function readString(text: string, start: number, around: Open | undefined, strings: JsonString[]): number {
  const end = literalEnd(text, start)
  COLON.lastIndex = end
  const isName = around?.isList === false && COLON.test(text)
  const value = textOf(text.slice(start, end))
  strings.push({ value, member: around?.member ?? null, object: around?.object ?? 0, isName, start, end })
  if (isName && around) around.member = value
  return end
}

function textOf(literal: string): string {
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' ? value : ''
  } catch {
    return literal.slice(1).replace(/"$/, '')
  }
}

/** Writes the changed values into the text; null leaves a string as it stands, escapes and all. */
export function replaceJsonStrings(
  text: string,
  strings: readonly JsonString[],
  changed: readonly (string | null)[],
): string {
  const parts: string[] = []
  let from = 0
  for (const [index, { start, end }] of strings.entries()) {
    const value = changed[index]
    if (value === null || value === undefined) continue
    parts.push(text.slice(from, start), JSON.stringify(value))
    from = end
  }
  return parts.join('') + text.slice(from)
}
