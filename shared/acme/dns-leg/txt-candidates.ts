/**
 * What could be the TXT value of a challenge in any request: 43 characters of base64url (RFC 8555 §8.4, a SHA-256),
 * however they are wrapped. Which of them a challenge expects is known only to the fold; the text is not kept for it.
 */

/** A request to change a record is small. */
const MAX_TEXT = 64 * 1024
/** Found in one request; an upload of a whole zone has other things of that length. */
const MAX_FOUND = 256
/** How often one encoding may be wrapped in another: JSON in a form, a form in JSON. */
const MAX_WRAPS = 2

// Only where a run begins, so that one that is too short is looked at once.
const RUN = /(?<![\w-])[\w-]{43,}/g
/** 43 octets and more, in either alphabet. */
const BASE64 = /(?<![\w+/-])[\w+/-]{58,}/g
const MAY_BE_ESCAPED = /[%\\&]/
const ESCAPED = /%([0-9a-f]{2})|\\u([0-9a-f]{4})|&#x([0-9a-f]{1,4});|&#(\d{1,5});|\\(["\\/])/gi

const NONE: readonly string[] = []

/**
 * In one pass for each of a few layers.
 * @param url absolute; its host is no place for a value
 * @param body empty when there is none
 */
export function txtCandidates(url: string, body: string): readonly string[] {
  const found = new Set<string>()
  // A slash ends a value in a URL, and is part of base64 elsewhere.
  for (const text of [url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replaceAll('/', ' '), body]) {
    if (text.length <= MAX_TEXT) look(text, found)
  }
  return found.size ? [...found].map(detached) : NONE
}

function look(text: string, found: Set<string>): void {
  let layer = text
  for (let wraps = 0; wraps <= MAX_WRAPS; wraps++) {
    take(layer, found)
    for (const [run] of layer.matchAll(BASE64)) take(unwrapped(run), found)
    const inner = MAY_BE_ESCAPED.test(layer) ? unescaped(layer) : layer
    if (inner === layer) return
    layer = inner
  }
}

/** What is left of an escaped quote may stand before a value (`%22…`), and nothing can stand behind it. */
function take(text: string, found: Set<string>): void {
  for (const [run] of text.matchAll(RUN)) {
    if (found.size < MAX_FOUND) found.add(run.slice(-43))
  }
}

const unescaped = (text: string): string =>
  text.replace(ESCAPED, (_, percent, unicode, hex, decimal, plain) => {
    if (plain) return plain
    return String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(percent ?? unicode ?? hex, 16))
  })

/** One character for each octet; padding may be missing. */
function unwrapped(run: string): string {
  const whole = run.length % 4 === 1 ? run.slice(0, -1) : run
  return atob(whole.replaceAll('-', '+').replaceAll('_', '/'))
}

/** A copy: a piece of a text would keep the whole text in memory. */
const detached = (piece: string): string => Array.from(piece).join('')
