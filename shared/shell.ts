/** Words for a POSIX shell. */

/** One word: within single quotes nothing means anything but the quote that ends them. */
export const shellQuoted = (text: string): string =>
  /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
