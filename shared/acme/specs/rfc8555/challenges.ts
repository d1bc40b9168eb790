/** The challenge and identifier types RFC 8555 defines. */
import type { ChallengeRow, IdentifierRow } from '../row.ts'

export const challenges: readonly ChallengeRow[] = [
  { type: 'http-01', proof: 'the key authorization, served on port 80', cite: '§8.3' },
  { type: 'dns-01', proof: 'the digest of the key authorization, in a TXT record', cite: '§8.4' },
]

export const identifiers: readonly IdentifierRow[] = [{ type: 'dns', text: 'a domain name', cite: '§7.1.4' }]
