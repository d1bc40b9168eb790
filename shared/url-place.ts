/** A URL for a sentence: without what stands before its host or after its path, as both may hold credentials. */
export const urlPlace = (url: string): string =>
  url.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/s, (rest) => (rest.startsWith('?') ? '?…' : ''))
