/** An absolute URL stays as it was sent, to the letter: URLs are identities. Null when there is none to be made. */
export function absolute(target: string | null, base: string): string | null {
  if (target === null || URL.canParse(target)) return target
  return URL.canParse(target, base) ? new URL(target, base).href : null
}
