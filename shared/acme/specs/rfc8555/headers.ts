/** The headers that mean something to ACME, and what their values say. */
import type { HeaderRow, HeaderValueRow } from '../row.ts'

export const headers: readonly HeaderRow[] = [
  { header: 'replay-nonce', text: 'The nonce for the next signed request.', cite: '§6.5.1' },
  { header: 'location', text: 'The URL of what was made, or of the account that was found.', cite: '§7.1' },
  { header: 'link', text: 'Where to go from here.', cite: '§7.1' },
  { header: 'retry-after', text: 'When to ask again, in seconds or as a date.', cite: '§6.6' },
  { header: 'user-agent', text: 'Which client this is, and its version.', cite: '§6.1' },
  { header: 'accept-language', text: 'The language in which problems should be worded.', cite: '§6.1' },
  { header: 'content-type', text: 'What the body is.', cite: '§6.2' },
]

export const headerValues: readonly HeaderValueRow[] = [
  { header: 'content-type', value: 'application/jose+json', text: 'A signed request: a flattened JWS.', cite: '§6.2' },
  { header: 'content-type', value: 'application/json', text: 'An object of ACME.', cite: '§7.1' },
  {
    header: 'content-type',
    value: 'application/problem+json',
    text: 'What went wrong, as a problem document.',
    cite: '§6.7',
  },
  {
    header: 'content-type',
    value: 'application/pem-certificate-chain',
    text: 'A certificate and its issuers, each certifying the one before it.',
    cite: '§9.1',
  },
  {
    header: 'cache-control',
    value: 'no-store',
    text: 'No cache may keep it, so that no nonce is given out twice.',
    cite: '§7.2',
  },
  { header: 'link', value: 'index', text: 'The directory this belongs to.', cite: '§7.1' },
  { header: 'link', value: 'up', text: 'What this belongs to, as a challenge to its authorization.', cite: '§7.5.1' },
  { header: 'link', value: 'next', text: 'The next page of the list.', cite: '§7.1.2.1' },
  { header: 'link', value: 'alternate', text: 'Another chain for the same certificate.', cite: '§7.4.2' },
  { header: 'link', value: 'terms-of-service', text: 'What the account has to agree to.', cite: '§7.3.3' },
  { header: 'link', value: 'help', text: 'Which limit was hit, for people.', cite: '§6.6' },
]
