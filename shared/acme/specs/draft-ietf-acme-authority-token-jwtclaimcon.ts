/** draft-ietf-acme-authority-token-jwtclaimcon: what a STIR certificate may claim, vouched for by an authority. */
import type { Spec } from './row.ts'

export const jwtClaimConstraints: Spec = {
  document: {
    id: 'ACME JWTClaimConstraints (draft)',
    title: 'JWTClaimConstraints profile of ACME Authority Token',
    url: 'https://datatracker.ietf.org/doc/html/draft-ietf-acme-authority-token-jwtclaimcon#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'Identifiers for JWTClaimConstraints',
      text: 'The identifier is the extension that limits what a STIR certificate may claim, DER in base64url. This follows a draft that is not finished: names and section numbers may differ.',
    },
  ],
  identifiers: [
    { type: 'JWTClaimConstraints', text: 'limits on claims (RFC 8226), DER in base64url; after a draft', cite: '§3' },
    {
      type: 'EnhancedJWTClaimConstraints',
      text: 'limits on claims (RFC 9118), DER in base64url; after a draft',
      cite: '§3',
    },
  ],
}
