/** How much of a value is masked: often enough to see what is wrong with a token, and never what it is. */

/** Characters of the original that something else stands in the place of; 0 where nothing is masked. */
export function hiddenLength(shown: string, original: string): number {
  if (shown === original) return 0
  const most = Math.min(shown.length, original.length)
  let start = 0
  while (start < most && shown[start] === original[start]) start++
  let end = 0
  while (end < most - start && shown.at(-1 - end) === original.at(-1 - end)) end++
  return original.length - start - end
}
