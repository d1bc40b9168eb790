/** The headers that mean something to ACME. */
import type { HeaderRow } from '../row.ts'

export const headers: readonly HeaderRow[] = [
  { header: 'replay-nonce', text: 'The nonce for the next signed request.', cite: '§6.5.1' },
  { header: 'location', text: 'The URL of what was made, or of the account that was found.', cite: '§7.1' },
  {
    header: 'link',
    text: 'Where to go from here: up, next, alternate, index, terms-of-service.',
    cite: '§7.1',
  },
  { header: 'retry-after', text: 'When to ask again, in seconds or as a date.', cite: '§6.6' },
  { header: 'user-agent', text: 'Which client this is, and its version.', cite: '§6.1' },
  { header: 'accept-language', text: 'The language in which problems should be worded.', cite: '§6.1' },
  {
    header: 'content-type',
    text: 'What the body is; jose+json when it is signed, problem+json when it is a problem.',
    cite: '§6.2',
  },
]
