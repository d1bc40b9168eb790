/** The headers of HTTP that are seen beside ACME's own: what each says, and where that is written. ROWS ONLY. */

export interface DocumentRow {
  /** `{section}` is replaced; a page has none. */
  readonly url: string
  readonly title: string
}

export const documents: Readonly<Record<string, DocumentRow>> = {
  'RFC 9110': { url: 'https://www.rfc-editor.org/rfc/rfc9110#section-{section}', title: 'HTTP Semantics' },
  'RFC 9111': { url: 'https://www.rfc-editor.org/rfc/rfc9111#section-{section}', title: 'HTTP Caching' },
  'RFC 9112': { url: 'https://www.rfc-editor.org/rfc/rfc9112#section-{section}', title: 'HTTP/1.1' },
  'RFC 6265': {
    url: 'https://www.rfc-editor.org/rfc/rfc6265#section-{section}',
    title: 'HTTP State Management Mechanism',
  },
  'RFC 6797': {
    url: 'https://www.rfc-editor.org/rfc/rfc6797#section-{section}',
    title: 'HTTP Strict Transport Security',
  },
  'RFC 7034': { url: 'https://www.rfc-editor.org/rfc/rfc7034#section-{section}', title: 'X-Frame-Options' },
  'RFC 7838': { url: 'https://www.rfc-editor.org/rfc/rfc7838#section-{section}', title: 'HTTP Alternative Services' },
  'RFC 8288': { url: 'https://www.rfc-editor.org/rfc/rfc8288#section-{section}', title: 'Web Linking' },
  Fetch: { url: 'https://fetch.spec.whatwg.org/#{section}', title: 'Fetch Standard' },
  'RateLimit (draft)': {
    url: 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/',
    title: 'RateLimit header fields for HTTP',
  },
  Cloudflare: {
    url: 'https://developers.cloudflare.com/fundamentals/reference/http-headers/',
    title: 'Cloudflare HTTP headers',
  },
  AWS: {
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html',
    title: 'AWS Signature Version 4 for API requests',
  },
  Azure: {
    url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling',
    title: 'Understand how Azure Resource Manager throttles requests',
  },
}

export interface HttpHeaderRow {
  /** Lower case. */
  readonly header: string
  readonly text: string
  /** A document, and the section where it has any. */
  readonly cite: readonly [document: string, section?: string]
}

/** Those that somebody looks for when something went wrong; the others are as they always are. */
export const TELLING: ReadonlySet<string> = new Set([
  'authorization',
  'location',
  'retry-after',
  'www-authenticate',
  'allow',
  'age',
  'etag',
  'cf-ray',
  'x-auth-key',
  'x-auth-email',
  'x-amz-date',
  'x-amz-security-token',
])

const row = (header: string, text: string, ...cite: HttpHeaderRow['cite']): HttpHeaderRow => ({ header, text, cite })

/** Of one kind, under several names. */
const rows = (headers: readonly string[], text: string, ...cite: HttpHeaderRow['cite']): readonly HttpHeaderRow[] =>
  headers.map((header) => row(header, text, ...cite))

export const httpHeaders: readonly HttpHeaderRow[] = [
  row('host', 'Which of its hosts the server is asked for.', 'RFC 9110', '7.2'),
  row('connection', 'What holds for this connection only, and is not passed on.', 'RFC 9110', '7.6.1'),
  row('via', 'The proxies that the message came through.', 'RFC 9110', '7.6.3'),
  row('content-type', 'What the body is.', 'RFC 9110', '8.3'),
  row('user-agent', 'Which client this is, and its version.', 'RFC 9110', '10.1.5'),
  row('location', 'The URL of what was made, or where to go instead.', 'RFC 9110', '10.2.2'),
  row('retry-after', 'When to ask again, in seconds or as a date.', 'RFC 9110', '10.2.3'),
  row('accept-language', 'The languages the client would like to be answered in.', 'RFC 9110', '12.5.4'),
  row('link', 'Where to go from here.', 'RFC 8288', '3'),
  row('date', "When the answer was made, by the server's clock.", 'RFC 9110', '6.6.1'),
  row('content-encoding', 'How the body was packed for the way; it is shown unpacked here.', 'RFC 9110', '8.4'),
  row('content-language', 'The language of the body.', 'RFC 9110', '8.5'),
  row('content-length', 'Octets of the body on the wire, packed if it was packed.', 'RFC 9110', '8.6'),
  row(
    'etag',
    'A name for this state of what was asked for: a second answer with the same is the same.',
    'RFC 9110',
    '8.8.3',
  ),
  row('last-modified', 'When what was asked for changed last.', 'RFC 9110', '8.8.2'),
  row('if-none-match', 'Asks for a body only if this state is no longer the current one.', 'RFC 9110', '13.1.2'),
  row('expect', 'What the server should confirm before the body is sent.', 'RFC 9110', '10.1.1'),
  row('referer', 'The page the request came from.', 'RFC 9110', '10.1.3'),
  row('te', 'Which transfer codings the client can read.', 'RFC 9110', '10.1.4'),
  row('allow', 'Methods that would be answered at this URL.', 'RFC 9110', '10.2.1'),
  row('server', 'The software that answered, as far as it tells.', 'RFC 9110', '10.2.4'),
  row('www-authenticate', 'What the server wants to be shown before it answers.', 'RFC 9110', '11.6.1'),
  row('authorization', 'Who asks, proven by a secret: whoever has it can ask the same.', 'RFC 9110', '11.6.2'),
  row('proxy-authorization', 'Who asks, proven to the proxy.', 'RFC 9110', '11.7.2'),
  row('accept', 'Which media types the client can read.', 'RFC 9110', '12.5.1'),
  row('accept-encoding', 'How the body of the answer may be packed.', 'RFC 9110', '12.5.3'),
  row('vary', 'Which headers of the request the answer depends on.', 'RFC 9110', '12.5.5'),
  row('accept-ranges', 'Whether parts of it can be asked for.', 'RFC 9110', '14.3'),
  row('upgrade', 'Protocols to go on with on this connection.', 'RFC 9110', '7.8'),
  row('age', 'Seconds the answer has been in a cache. An ACME answer should have none.', 'RFC 9111', '5.1'),
  row('cache-control', 'Who may keep the answer, and for how long.', 'RFC 9111', '5.2'),
  row('expires', 'Until when a cache may hand the answer out again.', 'RFC 9111', '5.3'),
  row('pragma', 'What Cache-Control says, for caches of the last century.', 'RFC 9111', '5.4'),
  row('transfer-encoding', 'The body comes in pieces, so its length need not be known beforehand.', 'RFC 9112', '6.1'),
  row('cookie', 'What the server gave the client to show again. ACME uses none.', 'RFC 6265', '4.2'),
  row('set-cookie', 'Something for the client to show again. ACME clients ignore it.', 'RFC 6265', '4.1'),
  row(
    'strict-transport-security',
    'Browsers shall come by HTTPS only from now on. It means nothing to ACME clients.',
    'RFC 6797',
    '6.1',
  ),
  row('x-frame-options', 'Whether other pages may show this one in a frame. It is for browsers.', 'RFC 7034', '2.1'),
  row('alt-svc', 'Where else, or by which other protocol, the same server answers.', 'RFC 7838', '3'),
  row(
    'access-control-allow-origin',
    'Which web pages may read the answer. It is for browsers.',
    'Fetch',
    'http-access-control-allow-origin',
  ),
  row('x-content-type-options', 'Browsers shall believe the Content-Type.', 'Fetch', 'x-content-type-options-header'),
  ...rows(
    [
      'x-request-id',
      'request-id',
      'x-correlation-id',
      'x-trace-id',
      'x-amzn-requestid',
      'x-amzn-request-id',
      'x-ms-request-id',
      'x-ms-correlation-request-id',
    ],
    "The server's own name for this request: its support can look it up.",
    'RFC 9110',
    '5.1',
  ),
  ...rows(['ratelimit', 'ratelimit-remaining'], 'How much more may be asked for at present.', 'RateLimit (draft)'),
  ...rows(['ratelimit-policy', 'ratelimit-limit'], 'How much may be asked for in which time.', 'RateLimit (draft)'),
  row('ratelimit-reset', 'Seconds until as much as ever may be asked for again.', 'RateLimit (draft)'),
  ...rows(
    ['x-ratelimit-limit', 'x-rate-limit-limit'],
    'How much may be asked for in which time, by the server’s own counting.',
    'RateLimit (draft)',
  ),
  ...rows(
    ['x-ratelimit-remaining', 'x-rate-limit-remaining'],
    'How much more may be asked for, by the server’s own counting.',
    'RateLimit (draft)',
  ),
  ...rows(
    ['x-ratelimit-reset', 'x-rate-limit-reset'],
    'When the counting starts anew: in seconds, or as seconds since 1970.',
    'RateLimit (draft)',
  ),
  row(
    'cf-ray',
    "Cloudflare's name for this request, and where it was served: its support can look it up.",
    'Cloudflare',
  ),
  row(
    'cf-cache-status',
    "Whether the answer came from Cloudflare's cache. An API's is DYNAMIC: it did not.",
    'Cloudflare',
  ),
  row('cf-connecting-ip', "The client's address, as Cloudflare tells the server behind it.", 'Cloudflare'),
  row(
    'x-auth-key',
    'The Global API Key of a Cloudflare account: it may do everything. A token with few rights is safer.',
    'Cloudflare',
  ),
  row('x-auth-email', 'Whose Global API Key is shown.', 'Cloudflare'),
  row('x-amz-date', 'When the request was signed; AWS refuses it some minutes later.', 'AWS'),
  row('x-amz-content-sha256', 'SHA-256 of the body, which the signature covers.', 'AWS'),
  row('x-amz-security-token', 'Shows that the credentials are temporary, and good.', 'AWS'),
  ...rows(
    ['x-ms-ratelimit-remaining-subscription-reads', 'x-ms-ratelimit-remaining-subscription-resource-requests'],
    'How much more may be asked for, by the server’s own counting.',
    'Azure',
  ),
]
