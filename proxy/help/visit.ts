// Who opens the proxy's own address, in a browser or with curl, finds here what a client needs: nothing of it is secret.
import { type Environment, environmentScript } from './environment.ts'
import { pageHeaders, toHtml, toText } from './page.ts'

/** A request that is for the proxy itself. */
export interface Visit {
  readonly method: string
  /** Without a query. */
  readonly path: string
  /** As the visitor called us; undefined when it was not said. */
  readonly host: string | undefined
  readonly accept: string | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What a visitor may know. */
export interface HelpFacts {
  /** Of the authority, as a client shows it. */
  readonly authority: string
  readonly fingerprintSha256: string
  readonly pem: string
  readonly der: Buffer
  /** The roots of the recorder's machine, and ours. */
  readonly bundle: string
  /** Where its page is, without its token. */
  readonly window: string
  /** Whether clients must give credentials; which ones, nobody learns here. */
  readonly needsCredentials: boolean
  /** `127.0.0.1:8555`, for a visitor whose own word cannot be used. */
  readonly address: string
}

/** Answers a visit. Nothing that a visitor says stands in an answer, but a host of a form that holds nothing else. */
export function answerVisit(visit: Visit, facts: HelpFacts): Reply {
  const isRead = visit.method === 'GET' || visit.method === 'HEAD'
  if (!isRead) return text(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' })
  const at: Environment = { ...facts, host: hostOf(visit.host) ?? facts.address }
  switch (visit.path) {
    case '/':
      return isForBrowser(visit) ? html(toHtml(at)) : text(200, toText(at))
    case '/ca.pem':
      return file('acmescope.pem', 'application/x-pem-file', Buffer.from(facts.pem))
    case '/ca.der':
      // The type by which browsers and phones offer to install it.
      return file('acmescope.crt', 'application/x-x509-ca-cert', facts.der)
    case '/bundle.pem':
      return file('acmescope-bundle.pem', 'application/x-pem-file', Buffer.from(facts.bundle))
    case '/env':
      return text(200, environmentScript(at))
    default:
      return text(
        404,
        `# There is /, /ca.pem, /ca.der, /bundle.pem and /env here. This is the proxy; its page is at ${facts.window}`,
      )
  }
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

const hostOf = (host: string | undefined): string | null => (host !== undefined && HOST.test(host) ? host : null)

const isForBrowser = ({ accept }: Visit): boolean => accept?.includes('text/html') ?? false

const COMMON = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }

const text = (status: number, words: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { ...COMMON, ...headers, 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from(words.endsWith('\n') ? words : `${words}\n`),
})

const html = (page: string): Reply => ({
  status: 200,
  headers: { ...COMMON, ...pageHeaders, vary: 'accept' },
  body: Buffer.from(page),
})

const file = (name: string, type: string, body: Buffer): Reply => ({
  status: 200,
  headers: { ...COMMON, 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  body,
})
