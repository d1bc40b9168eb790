/** Where the recording shows an object: any value that names one is a link to it. */
import type { Analysis } from '../../shared/acme/model.ts'

/** Exchange that first showed the object at `url`; null when none did. */
export function firstShown(analysis: Analysis, url: string | null): string | null {
  if (url === null) return null
  const { accounts, orders, authorizations, challenges, certificates, directories } = analysis
  const object = [accounts, orders, authorizations, challenges, certificates, directories]
    .map((objects) => objects.get(url))
    .find((found) => found !== undefined)
  return object?.exchanges[0] ?? null
}

/** `…/acct/123`: the end of a long URL, which is what tells two apart. */
export function shortUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const parts = new URL(url).pathname.split('/').filter(Boolean)
  return parts.length <= 2 ? new URL(url).pathname : `…/${parts.slice(-2).join('/')}`
}
