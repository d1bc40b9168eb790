/** Which notes are laid out as Markdown. Parsing it takes quadratic time, and a deep stack, for texts that are made to. */

const LONGEST = 16 * 1024
const MOST_BRACKETS = 1000
/** Quotations in quotations in lists …: nobody writes more, and each costs a level of the stack. */
const DEEP = /^(?:[ \t]{0,8}(?:>|[-*+]|\d{1,9}[.)])){17}/m

/** False: shown as it was written. */
export const isLayable = (text: string): boolean =>
  text.length <= LONGEST && !DEEP.test(text) && (text.match(/[[\]]/g)?.length ?? 0) <= MOST_BRACKETS
