/** ACME clients by what they say in User-Agent. The first row that fits counts: libraries come after their users. */

export interface ClientRow {
  /** Stable: what is known of a client (cures.ts) is found by it. */
  readonly id: string
  readonly pattern: RegExp
  readonly label: string
  /** Names of its program, for a recording of one command. */
  readonly programs?: readonly string[]
  /** It says no more than which library asked. */
  readonly isLibrary?: true
  /** Names of what runs programs of its kind, which may be any client. */
  readonly interpreters?: readonly string[]
}

const rows = [
  { id: 'traefik', pattern: /traefik\/v?([\d.]+)?/i, label: 'Traefik', programs: ['traefik'] },
  { id: 'cert-manager', pattern: /cert-manager[^\s/]*\/v?([\d.]+)?/i, label: 'cert-manager' },
  { id: 'caddy', pattern: /Caddy\/v?([\d.]+)?/i, label: 'Caddy', programs: ['caddy'] },
  { id: 'certmagic', pattern: /CertMagic/i, label: 'CertMagic' },
  { id: 'certbot', pattern: /CertbotACMEClient\/([\d.]+)/i, label: 'certbot', programs: ['certbot', 'letsencrypt'] },
  { id: 'acme.sh', pattern: /acme\.sh\/([\d.]+)?/i, label: 'acme.sh', programs: ['acme.sh'] },
  { id: 'dehydrated', pattern: /dehydrated\/([\d.]+)?/i, label: 'dehydrated', programs: ['dehydrated'] },
  { id: 'uacme', pattern: /uacme\/([\d.]+)?/i, label: 'uacme', programs: ['uacme'] },
  { id: 'acme-tiny', pattern: /acme-tiny/i, label: 'acme-tiny', programs: ['acme-tiny', 'acme_tiny.py'] },
  { id: 'acmetool', pattern: /acmetool/i, label: 'acmetool', programs: ['acmetool'] },
  { id: 'win-acme', pattern: /win-acme\/([\d.]+)?|simple-acme/i, label: 'win-acme', programs: ['wacs', 'wacs.exe'] },
  { id: 'posh-acme', pattern: /Posh-ACME\/([\d.]+)?/i, label: 'Posh-ACME', programs: ['pwsh'] },
  { id: 'mod_md', pattern: /mod_md\/([\d.]+)?/i, label: 'Apache mod_md', programs: ['httpd', 'apache2'] },
  { id: 'nginx-acme', pattern: /nginx-acme\/([\d.]+)?/i, label: 'nginx-acme', programs: ['nginx'] },
  { id: 'haproxy', pattern: /HAProxy/i, label: 'HAProxy', programs: ['haproxy'] },
  { id: 'step', pattern: /\bstep(?:-http-client)?\/([\d.]+)?/i, label: 'step', programs: ['step'] },
  { id: 'lego', pattern: /lego-cli\/([\w.-]+)?|goacme-lego/i, label: 'lego', programs: ['lego'] },
  { id: 'lego', pattern: /xenolf-acme\/([\d.]+)?/i, label: 'lego' },
  { id: 'node-acme-client', pattern: /node-acme-client\/([\d.]+)?/i, label: 'acme-client (Node)' },
  {
    id: 'node',
    pattern: /^(?:node|undici)\b|^axios\//i,
    label: 'Node client',
    isLibrary: true,
    interpreters: ['node', 'npx', 'tsx'],
  },
  {
    id: 'python',
    pattern: /python-(?:requests|httpx|urllib)/i,
    label: 'Python client',
    isLibrary: true,
    interpreters: ['python3', 'python'],
  },
  { id: 'go', pattern: /Go-http-client/i, label: 'Go client', isLibrary: true, interpreters: ['go'] },
  { id: 'curl', pattern: /curl\/([\d.]+)?/i, label: 'curl', isLibrary: true, programs: ['curl'] },
] as const satisfies readonly ClientRow[]

/** One row for each pattern, so some clients more than once. */
export const KNOWN_CLIENTS: readonly KnownClient[] = rows

export type ClientId = (typeof rows)[number]['id']
export type KnownClient = ClientRow & { readonly id: ClientId }

/** A client says what it is at the beginning, and in fewer characters. */
const MAX_AGENT = 500
const MAX_LABEL = 40

const beginning = (userAgent: string | null): string => userAgent?.slice(0, MAX_AGENT) ?? ''

/** Null for a User-Agent that nobody wrote down, and where none was sent. */
export function clientRow(userAgent: string | null): KnownClient | null {
  const said = beginning(userAgent)
  return said === '' ? null : (rows.find(({ pattern }) => pattern.test(said)) ?? null)
}

/** The client a program is, by the name of its file; null for a script or an interpreter. */
export const clientOfProgram = (program: string): KnownClient | null =>
  KNOWN_CLIENTS.find(({ programs }) => programs?.includes(program.toLowerCase())) ?? null

/** What a program is written in, by what runs it: as much as is known of one that never came to say what it is. */
export const kindOfProgram = (program: string): KnownClient | null =>
  KNOWN_CLIENTS.find(({ interpreters }) => interpreters?.includes(program.toLowerCase())) ?? null

/** `Traefik 2.11.0`; the first word of an unknown User-Agent; `Client` where none was sent. */
export function clientLabel(userAgent: string | null): string {
  const said = beginning(userAgent)
  const row = clientRow(userAgent)
  const version = row?.pattern.exec(said)?.[1]
  const label = row ? [row.label, version].filter(Boolean).join(' ') : said.split(/\s/)[0]
  return label?.slice(0, MAX_LABEL) || 'Client'
}
