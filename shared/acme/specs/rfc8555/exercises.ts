/** What a step shows of a section without being cited for it. */
import type { ExerciseRow } from '../row.ts'

export const exercises: readonly ExerciseRow[] = [
  { by: 'json', why: 'Carries JSON, which is UTF-8', cite: '§5' },
  { by: 'atCa', why: 'Goes to the CA over HTTPS', cite: '§6.1' },
  { by: 'signedUrl', why: 'Names its own URL in the protected header', cite: '§6.4.1' },
  { by: 'signed', why: 'Spends a nonce', cite: '§6.5' },
  { by: 'nonceGiven', why: 'Its answer brings a nonce', cite: '§6.5.1' },
  { by: 'linked', why: 'Its answer leads on to another URL', cite: '§7.1' },
  { by: 'shows account', why: 'Its answer shows the account', cite: '§7.1.2' },
  { by: 'shows order', why: 'Its answer shows the order', cite: '§7.1.3' },
  { by: 'shows authorization', why: 'Its answer shows the authorization', cite: '§7.1.4' },
  { by: 'shows challenge', why: 'Its answer shows challenges', cite: '§7.1.5' },
  { by: 'statusChange', why: 'Its answer shows another status than before', cite: '§7.1.6' },
  { by: 'csr', why: 'The key in its CSR is another one than that of the account, or should be', cite: '§11.1' },
  { by: 'shows challenge', why: 'Its answer brings tokens', cite: '§11.3' },
  { by: 'chain', why: 'Its answer is a chain', cite: '§11.4' },
]
