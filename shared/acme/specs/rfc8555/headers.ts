/** The headers that mean something to ACME. */
import type { HeaderRow } from '../row.ts'

export const headers: readonly HeaderRow[] = [
  { header: 'replay-nonce', text: 'The nonce for the next signed request.', cite: '§6.5.1' },
  { header: 'location', text: 'The URL of what was made, or of the account that was found.', cite: '§7.1' },
  {
    header: 'link',
    text: 'Leads on: up to the authorization, index to the directory, next to the next page, alternate to another chain.',
    cite: '§7.1',
  },
  { header: 'retry-after', text: 'When to ask again, in seconds or as a date.', cite: '§6.6' },
  { header: 'user-agent', text: 'Which client this is, and its version.', cite: '§6.1' },
  { header: 'accept-language', text: 'The language in which problems should be worded.', cite: '§6.1' },
  {
    header: 'content-type',
    text: 'What the body is: application/jose+json for what is signed, application/problem+json for a problem.',
    cite: '§6.2',
  },
]
