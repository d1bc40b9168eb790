/** The words of a cure, and in them what is typed as it stands: commands, options, variables, settings, paths. */

export interface Piece {
  readonly kind: 'words' | 'typed'
  readonly text: string
}

const TYPED = [
  // `certbot --eab-kid KID`: we wrote it so
  '`[^`]+`',
  // --dns.propagation.wait 60s, --eab-kid KID, --ca-bundle FILE
  '(?<![\\w-])--[a-z][\\w.-]*(?:[ =](?:[A-Z][A-Z_]+|\\d+[a-z]*)(?![\\w.]))?',
  // SSL_CERT_FILE, UACME_CAINFO=FILE, ACCOUNT_KEY_ALGO
  '(?<![\\w…])…?_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:=[\\w/."]+)?',
  // dns_cloudflare_api_token
  '\\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+',
  // acme.dnsChallenge.resolvers, acme.json, www.example.test
  '(?<![\\w@/.-])[a-zA-Z][\\w-]*(?:\\.[a-zA-Z][\\w-]*)+(?:\\[\\](?:\\.\\w+)*)?',
  // Zone:Read
  '\\b[A-Z][A-Za-z]+:[A-Z][a-z]+\\b',
  // /etc/ssl/certs, ~/.acme.sh/ca
  '(?<![\\w/:.])(?:~|\\.)?/[\\w.%-]+(?:/[\\w.%-]*)*(?<![.,])',
].join('|')

/** Longer than any cure of ours: a captured name in it can be any length. */
const MOST = 4_000

/** In order; together they are the text, but for the backticks. */
export function curePieces(cure: string): readonly Piece[] {
  const text = cure.slice(0, MOST)
  const pieces: Piece[] = []
  const words = (part: string) => part !== '' && pieces.push({ kind: 'words', text: part })
  let from = 0
  for (const { 0: typed, index } of text.matchAll(new RegExp(TYPED, 'g'))) {
    words(text.slice(from, index))
    pieces.push({ kind: 'typed', text: typed.startsWith('`') ? typed.slice(1, -1) : typed })
    from = index + typed.length
  }
  words(text.slice(from))
  return pieces
}
