/** The challenge types RFC 8555 defines. */
import type { ChallengeRow } from '../row.ts'

export const challenges: readonly ChallengeRow[] = [
  { type: 'http-01', proof: 'the key authorization, served on port 80', cite: '§8.3' },
  { type: 'dns-01', proof: 'the digest of the key authorization, in a TXT record', cite: '§8.4' },
]
