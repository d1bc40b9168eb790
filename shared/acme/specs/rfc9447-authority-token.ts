/** RFC 9447, a challenge answered with a token of an authority that vouches for the client. */
import type { Spec } from './row.ts'

export const rfc9447: Spec = {
  document: {
    id: 'RFC 9447',
    title: 'Automated Certificate Management Environment (ACME) Challenges Using an Authority Token',
    url: 'https://www.rfc-editor.org/rfc/rfc9447#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'Challenges for an Authority Token',
      text: 'The client gets a signed token from an authority that knows what it may have, and hands it to the CA. The challenge can say which kind of token and which authority.',
    },
    {
      section: '3.3',
      title: 'Binding Challenges',
      text: 'The token names the account key it was made for. So it is of no use to anybody else.',
    },
    {
      section: '4',
      title: 'Authority Token Challenge tkauth-type Registration',
      text: 'The kind atc is a JWT with a claim of that name: the type and value of the identifier, and the fingerprint of the account key. It must say when it ends and carry an id of its own.',
    },
  ],
  challenges: [{ type: 'tkauth-01', proof: 'a token of the authority that vouches for the client', cite: '§3' }],
  fields: [
    {
      object: 'challenge tkauth-01',
      field: 'tkauth-type',
      text: 'The kind of token wanted; atc is a JWT.',
      cite: '§3',
    },
    {
      object: 'challenge tkauth-01',
      field: 'token-authority',
      text: 'The authority whose token the CA accepts.',
      cite: '§3',
    },
    {
      object: 'challenge tkauth-01',
      field: 'token',
      text: 'A random value that tells this challenge from others.',
      cite: '§3',
    },
    { object: 'authorityToken', field: 'iss', text: 'The authority that made the token.', cite: '§4' },
    { object: 'authorityToken', field: 'exp', text: 'When the token ends, in seconds since 1970.', cite: '§4' },
    { object: 'authorityToken', field: 'jti', text: 'The id of the token.', cite: '§4' },
    {
      object: 'authorityToken',
      field: 'atc',
      holds: 'authorityTokenClaim',
      text: 'What the authority vouches for, and for whom.',
      cite: '§4',
    },
    {
      object: 'authorityTokenClaim',
      field: 'tktype',
      word: 'identifier',
      text: 'The type of the identifier.',
      cite: '§4',
    },
    { object: 'authorityTokenClaim', field: 'tkvalue', text: 'The value of the identifier.', cite: '§4' },
    {
      object: 'authorityTokenClaim',
      field: 'fingerprint',
      text: 'The account key the token was made for.',
      cite: '§3.3',
    },
    {
      object: 'authorityTokenClaim',
      field: 'ca',
      text: 'Whether the certificate may certify others.',
      cite: '§4',
    },
  ],
}
