/** Captured words on their way into a report: kept readable, and kept from being anything but words. */

/** A finding may quote what a CA said, and a CA may say a megabyte. In characters. */
const MAX_TEXT = 4_000

/**
 * Text on one line, in which nothing steers a terminal, breaks a document or turns the reading direction round: control
 * characters, lone surrogates and noncharacters (XML 1.0 §2.2 has no place for them) are shown as U+FFFD, and white
 * space of any kind is one space. What is longer than `most` characters ends with an ellipsis.
 */
export function oneLine(text: string, most = MAX_TEXT): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text
  return short.replace(SPACE, ' ').trim().replace(UNFIT, '\uFFFD')
}

const SPACE = /\s+/g
/** `\p{Cs}` under the u flag is a surrogate without its partner; the ranges are Unicode's direction controls. */
const UNFIT = /\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** `1 error`, `2 warnings` */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`
