// `--proxy-auth USER:PASSWORD`: who may use the proxy at all.
import { createHash, timingSafeEqual } from 'node:crypto'

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** `USER:PASSWORD`, where the password may hold colons; null for anything else. SOCKS5 has room for 255 bytes each (RFC 1929). */
export function parseCredentials(text: string): Credentials | null {
  const [, user, password] = /^([^:]+):(.+)$/s.exec(text) ?? []
  if (user === undefined || password === undefined) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no header carries them (RFC 7617 section 2)
  if ([user, password].some((each) => Buffer.byteLength(each) > 255 || /[\x00-\x1f\x7f]/.test(each))) return null
  return { user, password }
}

/** Takes as long for wrong credentials as for right ones. */
export function isSame(one: Credentials, other: Credentials): boolean {
  const digest = ({ user, password }: Credentials) => createHash('sha256').update(`${user}:${password}`).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** What `Proxy-Authorization` holds (RFC 7617 section 2); null: nothing that can be read as a user and a password. */
export function fromBasic(header: string | undefined): Credentials | null {
  const [, encoded] = /^basic +([\w+/=-]+) *$/i.exec(header ?? '') ?? []
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  return user === undefined || password === undefined ? null : { user, password }
}

/** The proxy's URL as its clients want it, with their credentials in it, percent-encoded. */
export function withCredentials(url: string, { user, password }: Credentials): string {
  const encoded = [user, password].map((each) => encodeURIComponent(each)).join(':')
  return url.replace('://', `://${encoded}@`)
}

/** The same for people to see: the word stands for the password. */
export const withPlaceholder = (url: string, { user }: Credentials): string =>
  withCredentials(url, { user, password: 'PASSWORD' })
