/** Who may ask: our own page under our own name. A site that points its name at us, or posts to us, is turned away. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { Refusal } from './refusal.ts'

export interface GuardOptions {
  /** What the page is bound to: an address, `localhost`, or `0.0.0.0` and `::` for all. */
  readonly host: string
  /** Needed when others can reach it; then it is what keeps them out, under whatever name they come. */
  readonly token?: string
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const EVERY_ADDRESS = new Set(['0.0.0.0', '[::]'])
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const COOKIE = 'acmescope-token'

const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host.toLowerCase())

/** A name that someone else's DNS can point at us is what matters; an address cannot be borrowed. */
function isOwnHost(hostname: string, bound: string): boolean {
  if (LOOPBACK.has(hostname) || hostname === bound) return true
  return EVERY_ADDRESS.has(bound) && isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
}

function isOwnOrigin(c: Context, own: URL): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === own.host
  const site = c.req.header('sec-fetch-site')
  return site === undefined || site === 'same-origin' || site === 'none'
}

export function guardOwnNames({ host, token }: GuardOptions): MiddlewareHandler {
  const bound = inUrl(host)
  return async (c, next) => {
    const url = new URL(c.req.url)
    if (token === undefined && !isOwnHost(url.hostname, bound)) throw new Refusal('foreign-host')
    if (!SAFE_METHODS.has(c.req.method) && !isOwnOrigin(c, url)) throw new Refusal('foreign-origin')
    await next()
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compared in constant time, whatever the lengths. */
const isSame = (given: string | undefined, token: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), digest(token))

/** The token comes once in the address, and is kept in a cookie that no script can read. */
export function guardToken({ token }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    if (token === undefined) return next()
    if (isSame(c.req.query('token'), token)) {
      setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Strict', path: '/' })
      return c.redirect(withoutToken(c.req.url))
    }
    const bearer = c.req.header('authorization')?.replace(/^Bearer /i, '')
    if (isSame(getCookie(c, COOKIE), token) || isSame(bearer, token)) return next()
    throw new Refusal('token-needed')
  }
}

function withoutToken(address: string): string {
  const url = new URL(address)
  url.searchParams.delete('token')
  return url.pathname + url.search
}
