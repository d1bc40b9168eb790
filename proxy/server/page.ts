/** The built page: its files, and under any other path the page itself, so that every view has an address. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { NONCE, type SecureHeadersVariables, secureHeaders } from 'hono/secure-headers'
import { Refusal } from './refusal.ts'

export type PageEnv = { readonly Variables: SecureHeadersVariables }

/** Stands in the built page where the nonce of each answer goes (vite's `html.cspNonce`). */
const NONCE_PLACE = '__CSP_NONCE__'

/** Where the build puts the page, seen from the sources and from the build alike. */
export const builtPage = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/web' : '../../web', import.meta.url))

/** Captured bytes are hostile; whatever slips through a view can load nothing and send nothing anywhere. */
export const pageHeaders = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", NONCE],
      styleSrc: ["'self'", NONCE],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      manifestSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
  })

async function sendPage(c: Context<PageEnv>, folder: string): Promise<Response> {
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
  if (html === null) throw new Refusal('page-missing')
  c.header('cache-control', 'no-store')
  return c.html(html.replaceAll(NONCE_PLACE, c.get('secureHeadersNonce') ?? ''))
}

/** Names under assets/ carry the hash of what they hold; the page itself never stays. */
function cacheControl(path: string, status: number): string {
  return status === 200 && path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}

export function createPage(folder: string): Hono<PageEnv> {
  const page = new Hono<PageEnv>()
  page.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', cacheControl(c.req.path, c.res.status))
  })
  page.get('/', (c) => sendPage(c, folder))
  page.get('/index.html', (c) => sendPage(c, folder))
  if (existsSync(folder)) page.use(serveStatic({ root: folder }))
  page.get('*', (c) => sendPage(c, folder))
  return page
}
