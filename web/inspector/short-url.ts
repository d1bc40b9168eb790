/** Long addresses in short. */

/** `…/acct/123`: the end of a long URL, which is what tells two apart. */
export function shortUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const parts = new URL(url).pathname.split('/').filter(Boolean)
  return parts.length <= 2 ? new URL(url).pathname : `…/${parts.slice(-2).join('/')}`
}
