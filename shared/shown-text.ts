/** Captured words on their way to a screen: nothing in them may hide, or turn the reading direction round. */

/**
 * Controls (but tab and line breaks), direction controls, what is invisible, lone surrogates: what a name can be
 * disguised with. Emoji keep their variation selectors. Unicode's own lists: UAX #9 §2 (direction), UAX #44 (ignorable).
 */
const UNSEEN = /(?![\t\n\r])\p{Cc}|(?!\p{VS})\p{DI}|\p{Cs}|\p{Zl}|\p{Zp}|[\uFFF9-\uFFFB]/gu

const codePoint = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`

/** The text with `⟨U+202E⟩` in place of each character that would not be seen; the same string where there is none. */
export const shownText = (text: string): string => text.replace(UNSEEN, codePoint)
